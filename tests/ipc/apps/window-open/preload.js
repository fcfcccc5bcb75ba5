// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

const { contextBridge } = require('electron');

contextBridge.exposeInMainWorld('preload', process.argv.at(-1));
