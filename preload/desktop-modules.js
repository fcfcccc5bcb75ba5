// SPDX-License-Identifier: LGPL-2.1-or-later

// What `mullion/desktop` has: the functions of each module, and whether it has events. The main
// process has the same table with the handlers, and mullion-desktop.d.ts has the types; a test
// compares the three.

'use strict';

module.exports = {
  __proto__: null,

  app: {
    methods: [
      'addRecentDocument', 'getBadgeCount', 'getLocale', 'getLoginItemSettings', 'getName',
      'getPath', 'getPreferredSystemLanguages', 'getVersion', 'quit', 'relaunch',
      'setBadgeCount', 'setLoginItemSettings', 'setProgress',
    ],
    hasEvents: false,
  },
  clipboard: {
    methods: [
      'availableFormats', 'clear', 'readHTML', 'readText', 'write', 'writeHTML', 'writeText',
    ],
    hasEvents: false,
  },
  dialog: {
    methods: ['showErrorBox', 'showMessageBox', 'showOpenDialog', 'showSaveDialog'],
    hasEvents: false,
  },
  find: {
    methods: ['findInPage', 'stopFindInPage'],
    hasEvents: false,
  },
  globalShortcut: {
    methods: ['isRegistered', 'register', 'unregister', 'unregisterAll'],
    hasEvents: true,
  },
  menu: {
    methods: ['popup', 'setApplicationMenu'],
    hasEvents: true,
  },
  nativeTheme: {
    methods: ['getState', 'setThemeSource'],
    hasEvents: true,
  },
  notification: {
    methods: ['close', 'isSupported', 'show'],
    hasEvents: true,
  },
  powerMonitor: {
    methods: ['getSystemIdleTime', 'isOnBatteryPower'],
    hasEvents: true,
  },
  powerSaveBlocker: {
    methods: ['isStarted', 'start', 'stop'],
    hasEvents: false,
  },
  print: {
    methods: ['printToPDF', 'savePDF'],
    hasEvents: false,
  },
  safeStorage: {
    methods: ['decryptString', 'encryptString'],
    hasEvents: false,
  },
  screen: {
    methods: [
      'getAllDisplays', 'getCursorScreenPoint', 'getDisplayNearestPoint', 'getPrimaryDisplay',
    ],
    hasEvents: true,
  },
  session: {
    methods: ['clearCache', 'clearStorageData', 'getCookies', 'removeCookie', 'setCookie'],
    hasEvents: false,
  },
  shell: {
    methods: ['beep', 'openExternal', 'openPath', 'showItemInFolder', 'trashItem'],
    hasEvents: false,
  },
  tray: {
    methods: ['hide', 'show'],
    hasEvents: true,
  },
  window: {
    methods: [
      'center', 'close', 'focus', 'getPosition', 'getSize', 'getTitle', 'hide', 'isFocused',
      'isFullScreen', 'isMaximized', 'isVisible', 'maximize', 'minimize', 'restore',
      'setFullScreen', 'setMenuBarVisibility', 'setPosition', 'setSize', 'setTitle', 'show',
      'unmaximize',
    ],
    hasEvents: false,
  },
  zoom: {
    methods: ['getZoomFactor', 'setZoomFactor'],
    hasEvents: false,
  },
};
