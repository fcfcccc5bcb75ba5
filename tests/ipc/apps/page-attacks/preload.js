// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// One channel is granted. What comes from the main process is told to the page.

const { contextBridge, ipcRenderer } = require('electron');

const texts = [];
ipcRenderer.on('text', (event, text) => texts.push(text));
ipcRenderer.on('port', (event) => window.postMessage('port', '*', event.ports));

contextBridge.exposeInMainWorld('api', {
  // The other one is not granted.
  save: (text) => ipcRenderer.invoke('notes:save', text),
  erase: () => ipcRenderer.invoke('disk:erase'),
  texts: () => texts,
});
