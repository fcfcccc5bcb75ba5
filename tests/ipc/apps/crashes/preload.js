// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// A page that keeps what it can, for the tests that kill it.

const { contextBridge, ipcRenderer } = require('electron');

const heard = [];
ipcRenderer.on('push', (event, text) => {
  heard.push(text);
});
ipcRenderer.handle('never', () => new Promise(() => {}));

contextBridge.exposeInMainWorld('api', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  sendSync: (channel) => ipcRenderer.sendSync(channel),
  heard: () => heard,
});
