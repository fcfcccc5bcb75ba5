// SPDX-License-Identifier: LGPL-2.1-or-later
// The preload script of the Gallery: all that its pages may do, and nothing else. It runs in a
// world of its own before the first script of the page. The page never gets ipcRenderer, only the
// functions below, and each of those names its own channel.
'use strict';

// #region head
const { actions, contextBridge, ipcRenderer, remote, webUtils } = require('electron');

/**
 * Listens on a channel, and returns the function that stops it. A page cannot take a listener
 * away by its identity, as a function is another one on each side of the bridge.
 */
function subscribe(channel, callback) {
  const listener = (event, ...args) => callback(...args);
  ipcRenderer.on(channel, listener);
  return () => {
    ipcRenderer.removeListener(channel, listener);
  };
}
// #endregion

// #region welcome
const welcome = {
  versions: () => ({ ...process.versions }),
  platform: () => `${process.platform} ${process.arch || ''}`.trim(),

  /** One after another: what a page waits for that needs each answer before the next question. */
  async callInTurn(count) {
    for (let i = 0; i < count; i += 1) {
      await ipcRenderer.invoke('welcome:ping', i);
    }
  },

  /** All at once: they leave in one batch, and their answers come back in few. */
  async callAtOnce(count) {
    const calls = Array.from({ length: count }, (_, i) => ipcRenderer.invoke('welcome:ping', i));
    return (await Promise.all(calls)).length;
  },
};
// #endregion

// #region notes
const notes = {
  list: () => ipcRenderer.invoke('notes:list'),
  read: (name) => ipcRenderer.invoke('notes:read', name),
  save: (name, text) => ipcRenderer.invoke('notes:save', name, text),
  remove: (name) => ipcRenderer.invoke('notes:remove', name),
};
// #endregion

// #region messages
const messages = {
  /** Fire and forget: any number of arguments, no promise. */
  send: (...args) => ipcRenderer.send('messages:add', ...args),
  /** What event.reply answers, on the channel that was used to ask. */
  onReply: (callback) => subscribe('messages:add', callback),
  /** What event.sender.send says besides, on a channel of its own. */
  onNotice: (callback) => subscribe('messages:notice', callback),
};
// #endregion

// #region invoke
const invoke = {
  now: (a, b) => ipcRenderer.invoke('invoke:multiply', a, b),
  later: (milliseconds) => ipcRenderer.invoke('invoke:later', milliseconds),
  ask: (question) => ipcRenderer.invoke('invoke:ask', question),
  reject: () => ipcRenderer.invoke('invoke:open-file'),
};
// #endregion

// #region cancel
const cancel = {
  /** A signal of the page comes across the bridge, and ends the call wherever it is. */
  count: (limit, signal, timeout) =>
    ipcRenderer.with({ signal, timeout }).invoke('cancel:count', limit),
  onStopped: (callback) => subscribe('cancel:stopped', callback),
};
// #endregion

// #region binary
const binary = {
  filter: (name, pixels) => ipcRenderer.invoke('binary:filter', name, pixels),
};
// #endregion

// #region streams
const streams = {
  /** A ReadableStream, which comes through the bridge as one. */
  open: () => ipcRenderer.invoke('streams:open'),
  hash: (stream) => ipcRenderer.invoke('streams:hash', stream),
  onMade: (callback) => subscribe('streams:made', callback),
  onEnded: (callback) => subscribe('streams:ended', callback),
};
// #endregion

// #region sync
const sync = {
  /** Blocks this page till the main process has set event.returnValue. */
  reverse: (text) => ipcRenderer.sendSync('sync:reverse', text),
  /** The same, from a listener that takes its time. */
  slow: (milliseconds) => ipcRenderer.sendSync('sync:slow', milliseconds),
};
// #endregion

// #region push
// The greeting comes once, right after did-finish-load: keep it for a page that asks later.
let greeting = null;
ipcRenderer.on('push:loaded', (event, text) => {
  greeting = text;
});

const push = {
  greeting: () => greeting,
  startClock: () => ipcRenderer.send('push:clock', true),
  stopClock: () => ipcRenderer.send('push:clock', false),
  onTick: (callback) => subscribe('push:tick', callback),
  work: () => ipcRenderer.invoke('push:work'),
  onProgress: (callback) => subscribe('push:progress', callback),
};
// #endregion

// #region ask
const ask = {
  /** Answers what the main process asks, with what the page's function returns. */
  answer(callback) {
    ipcRenderer.handle('ask:question', (event, question) => callback(question));
    return () => ipcRenderer.removeHandler('ask:question');
  },
  begin: () => ipcRenderer.send('ask:begin'),
  onOutcome: (callback) => subscribe('ask:outcome', callback),
};
// #endregion

// #region menu
const menu = {
  /** Resolves with the id of what was chosen, or null when the menu was closed. */
  popup: (x, y) => ipcRenderer.invoke('menu:popup', x, y),
  showBar: (shown) => ipcRenderer.invoke('menu:show-bar', shown),
  /** What was clicked in the menu bar: its id, its label, and whether it is checked. */
  onClick: (callback) => subscribe('menu:click', callback),
  /** An action of the app's, the same that an item of the menu bar and Ctrl+Shift+G have. */
  toggleGlass: () => actions.activate('app.glass'),
  getGlass: () => actions.getState('app.glass'),
  onGlass: (callback) => actions.on('app.glass', callback),
};
// #endregion

// #region dialogs
const dialogs = {
  /** Resolves with the paths that the user chose, none when the dialog was closed. */
  open: () => ipcRenderer.invoke('dialogs:open'),
  save: () => ipcRenderer.invoke('dialogs:save'),
  ask: () => ipcRenderer.invoke('dialogs:ask'),
};
// #endregion

// #region notification
const notification = {
  show: (title, body) => ipcRenderer.invoke('notification:show', title, body),
  close: () => ipcRenderer.invoke('notification:close'),
  /** What becomes of it: its name is one of Electron's events. */
  onEvent: (callback) => subscribe('notification:event', callback),
};
// #endregion

// #region tray
const tray = {
  show: (toolTip) => ipcRenderer.invoke('tray:show', toolTip),
  hide: () => ipcRenderer.invoke('tray:hide'),
  /** `click`, `menu` with what was chosen there, or `failed` with the reason. */
  onEvent: (callback) => subscribe('tray:event', callback),
};
// #endregion

// #region shell
const shell = {
  openLink: (url) => ipcRenderer.invoke('shell:open-link', url),
  /** Writes the one file that the others are about; resolves with its path. */
  make: () => ipcRenderer.invoke('shell:make'),
  open: () => ipcRenderer.invoke('shell:open'),
  show: () => ipcRenderer.invoke('shell:show'),
  trash: () => ipcRenderer.invoke('shell:trash'),
  beep: () => ipcRenderer.invoke('shell:beep'),
};
// #endregion

// #region app
const app = {
  state: () => ipcRenderer.invoke('app:state'),
  about: () => ipcRenderer.invoke('app:about'),
  setBadge: (count) => ipcRenderer.invoke('app:badge', count),
  /** From 0 to 1, or less than 0 for none. */
  setProgress: (progress) => ipcRenderer.invoke('app:progress', progress),
  /** Resolves with the paths of the list. */
  addRecent: () => ipcRenderer.invoke('app:add-recent'),
  clearRecent: () => ipcRenderer.invoke('app:clear-recent'),
  setLogin: (opens) => ipcRenderer.invoke('app:login', opens),
  relaunch: () => ipcRenderer.invoke('app:relaunch'),
  /** `second-instance`, `open-file` or `open-url`, and what came with it. */
  onOpened: (callback) => subscribe('app:opened', callback),
};
// #endregion

// #region windows
const windows = {
  /** Which one is a name that the main process knows, and never its options. */
  open: (kind) => ipcRenderer.invoke('windows:open', kind),
  close: () => ipcRenderer.invoke('windows:close'),
  toggleFullScreen: () => ipcRenderer.invoke('windows:full-screen'),
  /** Its name is one of Electron's events of a BrowserWindow. */
  onEvent: (callback) => subscribe('windows:event', callback),
};
// #endregion

// #region clipboard
const clipboard = {
  write: (text) => ipcRenderer.invoke('clipboard:write', text),
  readText: () => ipcRenderer.invoke('clipboard:read-text'),
  readHTML: () => ipcRenderer.invoke('clipboard:read-html'),
  formats: () => ipcRenderer.invoke('clipboard:formats'),
};
// #endregion

// #region drag
const baseName = (path) => path.slice(path.lastIndexOf('/') + 1);

const drag = {
  start: () => ipcRenderer.invoke('drag:start'),

  /** The names of what the user drops or chooses: where it lies stays in this world. */
  onFiles(callback) {
    const onDrop = (event) => callback(webUtils.getPathsForDrop(event).map(baseName));
    const onChange = (event) => {
      const files = Array.from(event.target.files || []);
      callback(files.map((file) => baseName(webUtils.getPathForFile(file))));
    };
    window.addEventListener('drop', onDrop);
    window.addEventListener('change', onChange);
    return () => {
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('change', onChange);
    };
  },
};
// #endregion

// #region shortcuts
const shortcuts = {
  /** Resolves with an object: which there are, and whether they are taken. */
  list: () => ipcRenderer.invoke('shortcuts:list'),
  register: (accelerator) => ipcRenderer.invoke('shortcuts:register', accelerator),
  unregister: (accelerator) => ipcRenderer.invoke('shortcuts:unregister', accelerator),
  onPressed: (callback) => subscribe('shortcuts:pressed', callback),
};
// #endregion

// #region screens
const screens = {
  /** The displays, and where this window and the pointer are: null where nobody knows. */
  state: () => ipcRenderer.invoke('screens:state'),
  onChanged: (callback) => subscribe('screens:changed', callback),
};
// #endregion

// #region secrets
const secrets = {
  /** Resolves with bytes that only this user can turn back into the text. */
  encrypt: (text) => ipcRenderer.invoke('secrets:encrypt', text),
  decrypt: (bytes) => ipcRenderer.invoke('secrets:decrypt', bytes),
};
// #endregion

// #region downloads
const downloads = {
  start: () => ipcRenderer.invoke('downloads:start'),
  cancel: (id) => ipcRenderer.invoke('downloads:cancel', id),
  /** `{ id, path, state, received, total }`, in bytes and with Electron's names of states. */
  onChanged: (callback) => subscribe('downloads:changed', callback),
};
// #endregion

// #region permissions
// Nothing: the page asks with the functions of the web, and WebKit asks the main process.
// #endregion

// #region print
const print = {
  /** Resolves with the bytes of a PDF file. */
  toPdf: (size, landscape) => ipcRenderer.invoke('print:pdf', size, landscape),
  /** Asks the user where to; resolves with whether it was printed. */
  onPaper: () => ipcRenderer.invoke('print:paper'),
  find: (text) => ipcRenderer.invoke('print:find', text),
  stopFind: () => ipcRenderer.invoke('print:stop-find'),
  /** How many matches there are. */
  onFound: (callback) => subscribe('print:found', callback),
  zoom: (level) => ipcRenderer.invoke('print:zoom', level),
  /** Resolves with the bytes of a PNG file. */
  capture: (x, y, width, height) => ipcRenderer.invoke('print:capture', x, y, width, height),
};
// #endregion

// #region session
const session = {
  cookies: () => ipcRenderer.invoke('session:cookies'),
  setCookie: (name, value) => ipcRenderer.invoke('session:set-cookie', name, value),
  removeCookie: (name) => ipcRenderer.invoke('session:remove-cookie', name),
  clearStorage: () => ipcRenderer.invoke('session:clear-storage'),
  onCookie: (callback) => subscribe('session:cookie-changed', callback),
  /** Whether pages may load what their rules block. */
  block: (isBlocked) => ipcRenderer.invoke('session:block', isBlocked),
};
// #endregion

// #region appearance
const appearance = {
  state: () => ipcRenderer.invoke('appearance:state'),
  setSource: (source) => ipcRenderer.invoke('appearance:set-source', source),
  onUpdated: (callback) => subscribe('appearance:updated', callback),
};
// #endregion

// #region power
const power = {
  state: () => ipcRenderer.invoke('power:state'),
  start: () => ipcRenderer.invoke('power:start'),
  stop: () => ipcRenderer.invoke('power:stop'),
  idle: () => ipcRenderer.invoke('power:idle'),
  /** Its name is one of Electron's events of powerMonitor. */
  onEvent: (callback) => subscribe('power:event', callback),
};
// #endregion

// #region system
const system = {
  /** Figures each second while anybody listens; the last unsubscribe stops the clock in C. */
  watch(callback) {
    const unsubscribe = subscribe('system:figures', callback);
    ipcRenderer.send('system:watch', true);
    return () => {
      unsubscribe();
      ipcRenderer.send('system:watch', false);
    };
  },
};
// #endregion

// #region shared
const shared = {
  all: () => ipcRenderer.invoke('shared:all'),
  set: (key, value) => ipcRenderer.invoke('shared:set', key, value),
  onChange: (callback) => subscribe('shared:changed', callback),
  openWindow: () => ipcRenderer.invoke('shared:open-window'),
};
// #endregion

// #region chat
const chat = {
  join: () => ipcRenderer.invoke('chat:join'),
  leave: () => ipcRenderer.send('chat:leave'),
  onPeers: (callback) => subscribe('chat:peers', callback),

  /** By way of a handler in C, which may look at it, change it or refuse it. */
  viaMain: (id, text) => ipcRenderer.invoke('chat:send', id, text),
  onRelayed: (callback) => subscribe('chat:relayed', callback),

  /** Straight to another page: the main process passes it on unread. */
  sendTo: (id, text) => ipcRenderer.sendTo(id, 'chat:direct', text),
  onDirect(callback) {
    const listener = (event, text) => callback(event.senderId, text);
    ipcRenderer.on('chat:direct', listener);
    return () => {
      ipcRenderer.removeListener('chat:direct', listener);
    };
  },
  openPeer: () => ipcRenderer.invoke('chat:open-peer'),
};
// #endregion

// #region node
const node = {
  /** Asks a Node.js child: `way` is "stdio" or "channel". */
  ask: (way, text) => ipcRenderer.invoke('node:ask', way, text),
  stop: () => ipcRenderer.invoke('node:stop'),
};
// #endregion

// #region node-ipc
const nodeIpc = {
  /** Starts a Node.js program that has the library node-ipc. */
  start: () => ipcRenderer.invoke('node-ipc:start'),
  say: (text) => ipcRenderer.invoke('node-ipc:say', text),
  stop: () => ipcRenderer.send('node-ipc:stop'),
  onPeers: (callback) => subscribe('node-ipc:peers', callback),
  onHeard: (callback) => subscribe('node-ipc:heard', callback),
  onError: (callback) => subscribe('node-ipc:error', callback),
};
// #endregion

// #region bus
const bus = {
  /** `engine` is "local" or "redis"; resolves to the number of the main process. */
  join: (engine) => ipcRenderer.invoke('bus:join', engine),
  /** Runs the Gallery once more, which joins the bus by itself. */
  startInstance: (engine) => ipcRenderer.invoke('bus:start-instance', engine),
  publish: (text) => ipcRenderer.invoke('bus:publish', text),
  leave: () => ipcRenderer.send('bus:leave'),
  onState: (callback) => subscribe('bus:state', callback),
  onMessage: (callback) => subscribe('bus:message', callback),
  onError: (callback) => subscribe('bus:error', callback),
};
// #endregion

// #region ports
const ports = {
  /** One end of a channel goes to C, and the other across the bridge to the page. */
  open() {
    const { port1, port2 } = new MessageChannel();
    ipcRenderer.postMessage('ports:tally', null, [port2]);
    return port1;
  },
  onClosed: (callback) => subscribe('ports:closed', callback),

  /** C gives this page and another one the two ends of a channel, and hears nothing more of it. */
  join(callback) {
    const listener = (event, id) => callback(id, event.ports[0]);
    ipcRenderer.on('ports:line', listener);
    ipcRenderer.send('ports:join');
    return () => {
      ipcRenderer.removeListener('ports:line', listener);
      ipcRenderer.send('ports:leave');
    };
  },
  openPeer: () => ipcRenderer.invoke('ports:open-peer'),
};
// #endregion

// #region legacy
const legacy = {
  /** remote is there only in windows made with enableRemoteModule. */
  isEnabled: () => Boolean(remote),
  get: (key) => remote.getGlobal('sharedObject')[key],
  set(key, value) {
    remote.getGlobal('sharedObject')[key] = value;
  },
  openWindow: () => ipcRenderer.invoke('legacy:open-window'),
};
// #endregion

// #region devtools
const devtools = {
  open: () => ipcRenderer.invoke('devtools:open'),
  close: () => ipcRenderer.invoke('devtools:close'),
  isOpen: () => ipcRenderer.invoke('devtools:is-open'),
  onChange: (callback) => subscribe('devtools:changed', callback),
};
// #endregion

// #region errors
const errors = {
  fails: () => ipcRenderer.invoke('errors:fails'),
  unknown: () => ipcRenderer.invoke('errors:nobody-listens'),
  echo: (value) => ipcRenderer.invoke('errors:echo', value),
  never: () => ipcRenderer.invoke('errors:never'),
  throws() {
    throw new TypeError('The preload script itself threw this');
  },
  channel: (channel) => ipcRenderer.invoke(channel),
};
// #endregion

// #region crash
const crash = {
  /** How often the process of this page has ended, why the last time, and which one it is now. */
  report: () => ipcRenderer.invoke('crash:report'),
  /** No promise: there would be nobody whom it could tell anything. */
  end: () => ipcRenderer.send('crash:end'),
};
// #endregion

// #region expose
contextBridge.exposeInMainWorld('gallery', {
  welcome,
  notes,
  messages,
  invoke,
  cancel,
  binary,
  sync,
  streams,
  push,
  ask,
  menu,
  dialogs,
  notification,
  tray,
  shell,
  app,
  windows,
  screens,
  clipboard,
  drag,
  shortcuts,
  secrets,
  print,
  session,
  downloads,
  appearance,
  power,
  system,
  shared,
  chat,
  ports,
  legacy,
  node,
  nodeIpc,
  bus,
  devtools,
  errors,
  crash,
});
// #endregion
