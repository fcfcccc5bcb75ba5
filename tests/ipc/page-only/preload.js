// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

const { contextBridge, ipcRenderer } = require('electron');

/** Runs the program of the manifest, and has it read a text: all that it wrote, and its exit code. */
const greet = (name) => new Promise((resolve, reject) => {
  const { port1, port2 } = new MessageChannel();
  const decoder = new TextDecoder();
  let output = '';
  port1.onmessage = ({ data }) => {
    if (data.type === 'error') reject(new Error(data.message));
    if (data.type === 'stdout') output += decoder.decode(data.data, { stream: true });
    if (data.type === 'exit') resolve(`${output}${data.code}`);
  };
  port1.postMessage({ type: 'stdin', data: new TextEncoder().encode(`${name}\n`) });
  port1.postMessage({ type: 'end' });
  ipcRenderer.postMessage('mullion:program.greet', null, [port2]);
});

/** Publishes a value, and gives what came back. */
const publish = (value) => new Promise((resolve, reject) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    if (data.type === 'error') reject(new Error(data.message));
    if (data.type === 'message') resolve(data.value);
  };
  port1.postMessage(value);
  ipcRenderer.postMessage('mullion:topic.news', null, [port2]);
});

// The whole of an app's bridge: each function names its channel, and the page
// gets no way to name another.
contextBridge.exposeInMainWorld('app', {
  argv: process.argv.slice(1),
  readText: (path) => ipcRenderer.invoke('mullion:text-files.read', path),
  writeText: (path, text) => ipcRenderer.invoke('mullion:text-files.write', path, text),
  listTexts: (path) => ipcRenderer.invoke('mullion:text-files.list', path),
  removeText: (path) => ipcRenderer.invoke('mullion:text-files.remove', path),
  ask: (options) => ipcRenderer.invoke('mullion:dialogs.message', options),
  chooseFile: (options) => ipcRenderer.invoke('mullion:dialogs.open', options),
  appInfo: (...args) => ipcRenderer.invoke('mullion:app.info', ...args),
  systemInfo: () => ipcRenderer.invoke('mullion:system.info'),
  greet,
  publish,
  // Not in the manifest, so nobody is there.
  openExternal: (url) => ipcRenderer.invoke('mullion:open-external', url),
});
