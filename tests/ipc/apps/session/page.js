// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

const settle = (promise) => promise.then(() => 'given', (error) => error.name);

// What a page asks for that is the user's, and what came of it.
globalThis.wishes = {
  geolocation: () => new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(() => resolve('given'), (error) => resolve(error.code));
  }),
  camera: () => settle(navigator.mediaDevices.getUserMedia({ video: true })),
  both: () => settle(navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
  display: () => settle(navigator.mediaDevices.getDisplayMedia({ video: true })),
};

globalThis.query = (name) => navigator.permissions.query({ name }).then(({ state }) => state);
