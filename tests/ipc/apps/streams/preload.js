// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Streams on their way between main and page.

const { contextBridge, ipcRenderer } = require('electron');

const attempt = (fn) => {
  try {
    fn();
    return 'nothing was thrown';
  } catch (error) {
    return `${error}`;
  }
};

let receiver = null;
ipcRenderer.on('stream', (event, name, stream) => receiver(name, stream));

const endless = () => new ReadableStream({
  pull(controller) { controller.enqueue(new Uint8Array(1000)); },
});

contextBridge.exposeInMainWorld('api', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  onStream: (fn) => { receiver = fn; },

  /** Chunks that no byte is in, over the bridge and back. */
  objects: () => new ReadableStream({
    start(controller) {
      controller.enqueue({ text: 'a', list: [1n] });
      controller.enqueue(undefined);
      controller.close();
    },
  }),
  failing: () => new ReadableStream({
    pull(controller) { controller.error(new DOMException('worn out', 'DataError')); },
  }),
  collect: async (stream) => {
    const all = [];
    for await (const chunk of stream) {
      all.push(chunk);
    }
    return all;
  },

  /** In the preload itself, without a bridge. */
  readHere: async (channel, ...args) => {
    let size = 0;
    for await (const chunk of await ipcRenderer.invoke(channel, ...args)) {
      size += chunk.byteLength;
    }
    return size;
  },

  /** A stream of which the preload has read a part. Resolves to how much, and the rest. */
  readPart: async (channel, ...args) => {
    const stream = await ipcRenderer.invoke(channel, ...args);
    const reader = stream.getReader();
    const { value } = await reader.read();
    reader.releaseLock();
    return { size: value.byteLength, stream };
  },

  /** A stream that was handed on, as the preload sees it then. */
  isLockedAfter: async (channel, ...args) => {
    const stream = await ipcRenderer.invoke(channel, ...args);
    return { again: () => stream, isLocked: () => stream.locked, stream };
  },

  bad: {
    locked: () => attempt(() => {
      const stream = endless();
      stream.getReader();
      ipcRenderer.send('nobody', stream);
    }),
    sentBefore: () => attempt(() => {
      const stream = endless();
      ipcRenderer.send('nobody', stream);
      ipcRenderer.send('nobody', stream);
    }),
    lockedWritable: () => attempt(() => {
      const stream = new WritableStream();
      stream.getWriter();
      ipcRenderer.send('nobody', stream);
    }),
    sync: () => attempt(() => ipcRenderer.sendSync('nobody', endless())),
    many: () => attempt(() => {
      for (let i = 0; i < 1000; i++) {
        ipcRenderer.send('keep', endless());
      }
    }),
  },
});
