// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

const { contextBridge, webUtils } = require('electron');

// What the page's own listener, which runs later, is told of the drop.
let dropped = [];
window.addEventListener('drop', (event) => {
  dropped = webUtils.getPathsForDrop(event);
}, true);

contextBridge.exposeInMainWorld('api', {
  pathOf: (file) => webUtils.getPathForFile(file),
  dropped: () => dropped,
  echo: (file) => file,
});
