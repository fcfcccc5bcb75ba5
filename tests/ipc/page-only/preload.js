// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

const { contextBridge, ipcRenderer } = require('electron');

// The whole of an app's bridge: each function names its channel, and the page
// gets no way to name another.
contextBridge.exposeInMainWorld('app', {
  argv: process.argv.slice(1),
  readText: (path) => ipcRenderer.invoke('mullion:text-files.read', path),
  writeText: (path, text) => ipcRenderer.invoke('mullion:text-files.write', path, text),
  listTexts: (path) => ipcRenderer.invoke('mullion:text-files.list', path),
  removeText: (path) => ipcRenderer.invoke('mullion:text-files.remove', path),
  ask: (options) => ipcRenderer.invoke('mullion:dialogs.message', options),
  chooseFile: (options) => ipcRenderer.invoke('mullion:dialogs.open', options),
  appInfo: (...args) => ipcRenderer.invoke('mullion:app.info', ...args),
  systemInfo: () => ipcRenderer.invoke('mullion:system.info'),
  // Not in the manifest, so nobody is there.
  openExternal: (url) => ipcRenderer.invoke('mullion:open-external', url),
});
