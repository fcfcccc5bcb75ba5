// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('report', (name, ok, detail) => {
  ipcRenderer.send('test:result', { name, ok, detail });
});
contextBridge.exposeInMainWorld('done', () => ipcRenderer.send('test:done'));
