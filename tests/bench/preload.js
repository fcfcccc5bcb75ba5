// SPDX-License-Identifier: LGPL-2.1-or-later

// What the benchmark's page calls, written as an app would write it.

'use strict';

const { contextBridge, ipcRenderer } = require('electron');

const items = Array.from({ length: 400 }, (_, id) => ({ id, title: `Item ${id}`, done: false }));
const nothing = () => {};
const buffers = new Map();

ipcRenderer.on('bench:ping', (event, value) => ipcRenderer.send('bench:pong', value));

contextBridge.exposeInMainWorld('bench', {
  // Messages.
  invoke: (value) => ipcRenderer.invoke('bench:echo', value),
  send: (value) => ipcRenderer.send('bench:send', value),
  sendSync: (value) => ipcRenderer.sendSync('bench:echo-sync', value),

  echoBytes: async (size) => {
    if (!buffers.has(size)) {
      buffers.set(size, new ArrayBuffer(size));
    }
    const answer = await ipcRenderer.invoke('bench:echo', buffers.get(size));
    return answer.byteLength;
  },

  // Streams.
  openStream: (size) => ipcRenderer.invoke('bench:stream', size),
  takeStream: (stream) => ipcRenderer.invoke('bench:take-stream', stream),
  readStream: async (size) => {
    let read = 0;
    for await (const part of await ipcRenderer.invoke('bench:stream', size)) {
      read += part.byteLength;
    }
    return read;
  },

  // Calls that end in the preload world.
  empty: nothing,
  text: (text) => text,
  object: (object) => object,
  callback: (callback) => callback(),
  list: () => items,

  // The benchmark's own.
  clock: () => ipcRenderer.sendSync('bench:clock'),
  takeArrivals: () => ipcRenderer.sendSync('bench:take-arrivals'),
  options: () => ipcRenderer.sendSync('bench:options'),
  runInMain: (name) => ipcRenderer.invoke('bench:run', name),
  report: (name, samples) => ipcRenderer.sendSync('bench:report', name, samples),
  done: (error) => ipcRenderer.send('bench:done', error),
});
