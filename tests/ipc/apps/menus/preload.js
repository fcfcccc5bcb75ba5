// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

const { actions, contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('actions', actions);
contextBridge.exposeInMainWorld('invoke', (...args) => ipcRenderer.invoke(...args));

ipcRenderer.on('menu:click', (event, item) => {
  document.title = `clicked ${JSON.stringify(item)}`;
});

window.addEventListener('keydown', (event) => {
  if (event.ctrlKey && event.code === 'KeyJ') {
    event.preventDefault();
    document.title = 'the page has the key';
  }
});
