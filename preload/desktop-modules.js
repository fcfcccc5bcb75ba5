// SPDX-License-Identifier: LGPL-2.1-or-later

// What `mullion/desktop` has: the functions of each module, and whether it has events. The main
// process has the same table with the handlers, and mullion-desktop.d.ts has the types; a test
// compares the three.

'use strict';

module.exports = {
  __proto__: null,

  app: {
    methods: [
      'addRecentDocument', 'clearRecentDocuments', 'getBadgeCount', 'getFileIcon',
      'getLocale', 'getLocaleCountryCode', 'getLoginItemSettings', 'getName', 'getPath',
      'getPreferredSystemLanguages', 'getRecentDocuments', 'getVersion',
      'isDefaultProtocolClient', 'quit', 'relaunch', 'setAboutPanelOptions',
      'setAsDefaultProtocolClient', 'setBadgeCount', 'setLoginItemSettings', 'setProgress',
      'showAboutPanel',
    ],
    hasEvents: true,
  },
  capture: {
    methods: ['capturePage'],
    hasEvents: false,
  },
  clipboard: {
    methods: [
      'availableFormats', 'clear', 'has', 'readHTML', 'readImage', 'readText', 'write',
      'writeHTML', 'writeImage', 'writeText',
    ],
    hasEvents: false,
  },
  contentFilters: {
    methods: ['add', 'remove'],
    hasEvents: false,
  },
  dialog: {
    methods: ['showErrorBox', 'showMessageBox', 'showOpenDialog', 'showSaveDialog'],
    hasEvents: false,
  },
  downloads: {
    methods: ['cancel', 'downloadURL'],
    hasEvents: true,
  },
  drag: {
    methods: ['startDrag'],
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
    methods: ['activate', 'getItem', 'popup', 'setApplicationMenu', 'setItem'],
    hasEvents: true,
  },
  nativeTheme: {
    methods: ['getState', 'setThemeSource'],
    hasEvents: true,
  },
  notification: {
    methods: ['close', 'isReplySupported', 'isSupported', 'show'],
    hasEvents: true,
  },
  powerMonitor: {
    methods: ['getSystemIdleState', 'getSystemIdleTime', 'isOnBatteryPower'],
    hasEvents: true,
  },
  powerSaveBlocker: {
    methods: ['isStarted', 'start', 'stop'],
    hasEvents: false,
  },
  print: {
    methods: ['getPrinters', 'print', 'printToPDF', 'savePDF'],
    hasEvents: false,
  },
  safeStorage: {
    methods: [
      'decryptString', 'encryptString', 'getSelectedStorageBackend', 'isEncryptionAvailable',
    ],
    hasEvents: false,
  },
  screen: {
    methods: [
      'getAllDisplays', 'getCursorScreenPoint', 'getDisplayMatching', 'getDisplayNearestPoint',
      'getPrimaryDisplay',
    ],
    hasEvents: true,
  },
  session: {
    methods: [
      'clearCache', 'clearStorageData', 'flushCookies', 'getCookies', 'getSpellCheckerLanguages',
      'getUserAgent', 'isSpellCheckerEnabled', 'removeCookie', 'setCookie', 'setProxy',
      'setSpellCheckerEnabled', 'setSpellCheckerLanguages', 'setUserAgent',
    ],
    hasEvents: true,
  },
  shell: {
    methods: ['beep', 'openExternal', 'openPath', 'showItemInFolder', 'trashItem'],
    hasEvents: false,
  },
  tray: {
    methods: ['hide', 'show'],
    hasEvents: true,
  },
  views: {
    methods: [
      'close', 'create', 'getBounds', 'getState', 'goBack', 'goForward', 'loadURL', 'reload',
      'setBounds', 'setVisible', 'stop',
    ],
    hasEvents: true,
  },
  window: {
    methods: [
      'center', 'close', 'destroy', 'flashFrame', 'focus', 'getBounds', 'getContentBounds',
      'getMaximumSize', 'getMinimumSize', 'getNormalBounds', 'getOpacity', 'getPosition',
      'getSize', 'getTitle', 'hide', 'isAlwaysOnTop', 'isFocused', 'isFullScreen',
      'isKiosk', 'isMaximized', 'isMenuBarVisible', 'isMinimized', 'isNormal',
      'isResizable', 'isVisible', 'isVisibleOnAllWorkspaces', 'maximize', 'minimize',
      'moveTop', 'restore', 'setAlwaysOnTop', 'setBackgroundColor', 'setBounds',
      'setContentBounds', 'setFullScreen', 'setIgnoreMouseEvents', 'setKiosk',
      'setMaximumSize', 'setMenuBarVisibility', 'setMinimumSize', 'setOpacity',
      'setPosition', 'setResizable', 'setSize', 'setSkipTaskbar', 'setTitle',
      'setVisibleOnAllWorkspaces', 'show', 'showInactive', 'unmaximize',
    ],
    hasEvents: true,
  },
  windows: {
    methods: ['close', 'focus', 'getAllWindows'],
    hasEvents: true,
  },
  zoom: {
    methods: ['getZoomFactor', 'getZoomLevel', 'setZoomFactor', 'setZoomLevel'],
    hasEvents: false,
  },
};
