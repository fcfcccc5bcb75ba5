// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('harness', {
  report: (name, ok, detail) => ipcRenderer.send('test:result', { name, ok, detail }),
  done: () => ipcRenderer.send('test:done'),
});
