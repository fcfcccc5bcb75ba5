// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// A preload script that fails half-way: what it did before stays, and the page loads.

const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('harness', {
  report: (name, ok, detail) => ipcRenderer.send('test:result', { name, ok, detail }),
  done: () => ipcRenderer.send('test:done'),
});

let loaded = false;
process.on('loaded', () => { loaded = true; });

contextBridge.exposeInMainWorld('before', {
  isLoaded: () => loaded,
  getErrors: () => ipcRenderer.invoke('preload-errors'),
  echo: (value) => ipcRenderer.invoke('echo', value),
});

noSuchFunction();

contextBridge.exposeInMainWorld('after', true);
