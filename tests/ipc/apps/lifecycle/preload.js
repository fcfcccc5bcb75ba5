// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// What the C tests drive from the page's world, with scripts of their own.

const { contextBridge, ipcRenderer } = require('electron');

const heard = [];
ipcRenderer.on('push', (event, ...args) => {
  heard.push([event.senderId ?? 0, ...args]);
});

contextBridge.exposeInMainWorld('api', {
  on: (channel, listener) => {
    ipcRenderer.on(channel, (event, ...args) => listener(...args));
  },
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  sendSync: (channel, ...args) => ipcRenderer.sendSync(channel, ...args),
  sendTo: (id, channel, ...args) => ipcRenderer.sendTo(id, channel, ...args),
  flood: (n) => {
    for (let i = 0; i < n; i++) {
      ipcRenderer.send('flood', i);
    }
  },
  heard: () => heard,
  hasRemote: () => require('electron').remote !== undefined,
});
