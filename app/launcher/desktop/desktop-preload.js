// SPDX-License-Identifier: LGPL-2.1-or-later
// The preload script of an app whose manifest says "preload": "mullion/desktop". The page gets all of
// the module: what it may use of that is decided in the main process, by the app's capabilities.
'use strict';

const { contextBridge } = require('electron');

contextBridge.exposeInMainWorld('desktop', require('mullion/desktop'));
