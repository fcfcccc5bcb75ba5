// SPDX-License-Identifier: LGPL-2.1-or-later

// What `mullion/desktop` has: the functions of each module, and whether it has events. The main
// process has the same table with the handlers, and mullion-desktop.d.ts has the types; a test
// compares the three.

'use strict';

module.exports = {
  __proto__: null,

  clipboard: {
    methods: ['availableFormats', 'clear', 'readHTML', 'readText', 'write', 'writeHTML',
      'writeText'],
    hasEvents: false,
  },
  dialog: {
    methods: ['showErrorBox', 'showMessageBox', 'showOpenDialog', 'showSaveDialog'],
    hasEvents: false,
  },
  notification: {
    methods: ['close', 'isSupported', 'show'],
    hasEvents: true,
  },
  shell: {
    methods: ['beep', 'openExternal', 'openPath', 'showItemInFolder', 'trashItem'],
    hasEvents: false,
  },
};
