// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

const settle = (promise) => promise.then(() => 'given', (error) => error.name);

// What a page asks for that is the user's, and what came of it.
globalThis.wishes = {
  // Whether this machine knows where it is does not matter here.
  geolocation: () => new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      () => resolve('given'),
      ({ code }) => resolve(code === 1 ? 'denied' : 'given'),
      { timeout: 1 },
    );
  }),
  camera: () => settle(navigator.mediaDevices.getUserMedia({ video: true })),
  microphone: () => settle(navigator.mediaDevices.getUserMedia({ audio: true })),
  both: () => settle(navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
  display: () => settle(navigator.mediaDevices.getDisplayMedia({ video: true })),
  notifications: () => Notification.requestPermission(),
  clipboard: () => settle(navigator.clipboard.readText()),
  pointerLock: () => new Promise((resolve) => {
    document.onpointerlockchange = () => resolve('given');
    document.onpointerlockerror = () => resolve('refused');
    document.documentElement.requestPointerLock();
  }),
};

globalThis.devices = () => navigator.mediaDevices.enumerateDevices()
  .then((list) => list.map(({ kind, label }) => `${kind} ${label}`).join());

globalThis.focused = () => new Promise((resolve) => {
  if (document.hasFocus()) resolve(true);
  else addEventListener('focus', () => resolve(true), { once: true });
});
globalThis.query = (name) => navigator.permissions.query({ name }).then(({ state }) => state);
