// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Runs in every document that is given it, and says so.

const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('api', {
  ask: () => ipcRenderer.invoke('ask'),
});
ipcRenderer.send('here');
