// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Lets the page say anything on any channel, as no app should.

const { contextBridge, ipcRenderer } = require('electron');

const attempt = (call) => {
  try {
    return call();
  } catch (error) {
    return String(error);
  }
};

contextBridge.exposeInMainWorld('api', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args).catch(String),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  sendSync: (channel, ...args) => attempt(() => ipcRenderer.sendSync(channel, ...args)),
  postMessage: (channel, message) => ipcRenderer.postMessage(channel, message),
  // One object in two places.
  shared: (channel) => {
    const note = { title: 'a' };
    return ipcRenderer.invoke(channel, { first: note, second: note }).catch(String);
  },
});
