// SPDX-License-Identifier: LGPL-2.1-or-later
// Sloppy code, as preload scripts are that nobody made strict: `caller` could show its functions.

const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('harness', {
  report: (name, ok, detail) => ipcRenderer.send('test:result', { name, ok, detail }),
  done: () => ipcRenderer.send('test:done'),
});

function setTitle(element, title) {
  element.title = title;
}

function setContent(element, html) {
  element.innerHTML = html;
}

contextBridge.exposeInMainWorld('api', {
  setTitle: (element, title) => setTitle(element, title),
  setContent: (element, html) => setContent(element, html),
  echo: (value) => ipcRenderer.invoke('echo', value),
  get: () => ({ list: [1, { two: 2 }], call: () => ({}) }),
  call: (fn) => fn({ list: [] }),
  fail: async () => { throw new Error('a rejection'); },
  rejectUnhandled: () => { Promise.reject(new Error('nobody handles this')); },
  // Nobody waits for the answer, which is an error.
  invokeInVain: () => { ipcRenderer.invoke('no-such-channel'); },
});
