// SPDX-License-Identifier: LGPL-2.1-or-later
// node ipc-server.js unix ROOT APPSPACE ID | tcp: a server of the library node-ipc. What it hears
// it says again, to the sender or to all, and standard output tells who comes and goes.
'use strict';

const ipc = require('node-ipc');

const [way, root, appspace, id] = process.argv.slice(2);

ipc.config.silent = true;
if (way === 'unix') Object.assign(ipc.config, { socketRoot: root, appspace, id });

const tell = (text) => process.stdout.write(`${text}\n`);
const started = () => {
  ipc.server.on('echo', (data, socket) => ipc.server.emit(socket, 'echo', data));
  ipc.server.on('shout', (data) => ipc.server.broadcast('shout', data));
  ipc.server.on('hello', (data, socket) => tell(`hello ${socket.id}`));
  ipc.server.on('bye', (data, socket) => socket.end());
  ipc.server.on('error', (error) => tell(`error ${error.message}`));
  ipc.server.on('connect', () => tell('connect'));
  ipc.server.on('socket.disconnected', (socket, name) => tell(`disconnected ${name}`));
  tell(way === 'unix' ? 'ready' : `ready ${ipc.server.server.address().port}`);
};

if (way === 'unix') ipc.serve(started);
else {
  // Port 0 is none to node-ipc: any that is free is asked of the system first.
  const probe = require('node:net').createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => {
      ipc.serveNet('127.0.0.1', port, started);
      ipc.server.start();
    });
  });
}
if (way === 'unix') ipc.server.start();
// Closing the server removes the file of its socket.
process.stdin.on('end', () => {
  ipc.server.stop();
  setImmediate(() => process.exit(0));
}).resume();
