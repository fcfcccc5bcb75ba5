// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Ports on their way between main and page, in the ways that an app has.

const { contextBridge, ipcRenderer } = require('electron');

// As Electron's guide does it.
ipcRenderer.on('port', (event, message) => {
  window.postMessage({ arrived: message }, '*', event.ports);
});

// Through a function of the page.
let receiver = null;
ipcRenderer.on('port-over-bridge', (event, message) => {
  receiver(message, event.ports);
});

// They stay with the preload, which sends back whatever comes.
ipcRenderer.on('port-echo', (event) => {
  const [port] = event.ports;
  port.onmessage = ({ data, ports }) => port.postMessage(data, [...ports]);
});

ipcRenderer.on('port-close', (event) => {
  event.ports[0].close();
});

const attempt = (fn) => {
  try {
    fn();
    return 'nothing was thrown';
  } catch (error) {
    return `${error}`;
  }
};

contextBridge.exposeInMainWorld('api', {
  send: (channel, message, ports) => ipcRenderer.postMessage(channel, message, ports),
  onPorts: (fn) => { receiver = fn; },

  /** Opens a channel; one end goes to main, with what was posted to the other before. */
  open: (...early) => {
    const { port1, port2 } = new MessageChannel();
    early.forEach((message) => port1.postMessage(message));
    ipcRenderer.postMessage('opened', null, [port2]);
    return port1;
  },

  bad: {
    twice: () => attempt(() => {
      const { port1 } = new MessageChannel();
      ipcRenderer.postMessage('opened', null, [port1, port1]);
    }),
    detached: () => attempt(() => {
      const { port1, port2 } = new MessageChannel();
      port1.postMessage(null, [new MessageChannel().port1]);
      window.postMessage(null, '*', [port2]);
      ipcRenderer.postMessage('opened', null, [port2]);
    }),
    sentBefore: () => attempt(() => {
      const { port2 } = new MessageChannel();
      ipcRenderer.postMessage('nobody', null, [port2]);
      ipcRenderer.postMessage('opened', null, [port2]);
    }),
    others: () => [{}, null, 1, 'port', new ArrayBuffer(8), new Event('x'), Object.create(MessagePort.prototype)]
      .map((value) => attempt(() => ipcRenderer.postMessage('opened', null, [value]))),
    noArray: () => attempt(() => ipcRenderer.postMessage('opened', null, { length: 0 })),
    message: () => attempt(() => {
      const { port2 } = new MessageChannel();
      ipcRenderer.postMessage('opened', () => {}, [port2]);
    }),
    many: () => attempt(() => {
      const ports = [];
      while (ports.length < 300) {
        ports.push(new MessageChannel().port1);
      }
      for (let i = 0; i < 300; i += 100) {
        ipcRenderer.postMessage('kept', null, ports.slice(i, i + 100));
      }
    }),
  },
});
