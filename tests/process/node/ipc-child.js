// SPDX-License-Identifier: LGPL-2.1-or-later
// Does what its parent says over the IPC channel.
'use strict';

const net = require('node:net');

const handlers = {
  echo: (message) => process.send(message.payload),
  describe: () => process.send({ argv: process.argv.slice(2), execArgv: process.execArgv,
    connected: process.connected, fd: process.env.NODE_CHANNEL_FD ?? null }),
  serve: (message, socket) => {
    socket.end(`${message.payload} from node`);
    process.send('served');
  },
  accept: (message, server) => server.on('connection', (socket) => {
    socket.end('accepted by node');
    server.close();
  }),
  datagram: (message, socket) => socket.once('message', (text) => {
    process.send(String(text));
    socket.close();
  }),
  give: (message) => {
    const socket = net.connect(message.payload, () => {
      process.send('before');
      process.send('handle', socket);
      process.send('after');
    });
  },
  last: () => {
    process.send('last');
    process.exit(7);
  },
  disconnect: () => process.disconnect(),
};

process.on('message', (message, handle) => handlers[message.type](message, handle));
