// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Handlers for what the main process asks, each of which ends in a way of its own.

const { contextBridge, ipcRenderer } = require('electron');

const heard = [];
ipcRenderer.on('push', (event, text) => {
  heard.push(text);
});

const HANDLERS = {
  sum: (event, ...numbers) => numbers.reduce((total, number) => total + number, 0),
  later: async (event, text) => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    return `${text}, later`;
  },
  undefined: () => {},
  echo: (event, value) => value,
  event: (event) => [event.sender === ipcRenderer, event.senderId, event.ports.length,
    event.signal.aborted],
  heard: (event, text) => {
    heard.push(text);
    return [...heard];
  },
  throws: () => {
    throw new RangeError('too far');
  },
  rejects: () => Promise.reject('only text'),
  function: () => () => {},
  never: () => new Promise(() => {}),
  waits: (event) => new Promise((resolve, reject) => {
    ipcRenderer.send('waiting');
    event.signal.addEventListener('abort', () => {
      ipcRenderer.send('aborted', event.signal.reason.name);
      reject(event.signal.reason);
    });
  }),
};

for (const [name, handler] of Object.entries(HANDLERS)) {
  ipcRenderer.handle(name, handler);
}
ipcRenderer.handleOnce('once', () => 'the only time');

contextBridge.exposeInMainWorld('api', {
  handle: (channel, handler) => ipcRenderer.handle(channel, handler),
  removeHandler: (channel) => ipcRenderer.removeHandler(channel),
});
