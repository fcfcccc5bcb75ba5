// SPDX-License-Identifier: LGPL-2.1-or-later
// node ipc-client.js unix ROOT APPSPACE ID | tcp PORT: a client of the library node-ipc. It says its
// name when it is connected, and standard output tells what it hears.
'use strict';

const ipc = require('node-ipc');

const [way, ...where] = process.argv.slice(2);

ipc.config.silent = true;
ipc.config.id = 'node';
ipc.config.retry = 50;
if (way === 'unix') Object.assign(ipc.config, { socketRoot: where[0], appspace: where[1] });

const tell = (text) => process.stdout.write(`${text}\n`);
const talk = (server) => {
  server.on('connect', () => {
    tell('connect');
    server.emit('hello', { id: ipc.config.id, text: 'é€😀\f', list: [1, null, { deep: true }] });
  });
  server.on('disconnect', () => tell('disconnect'));
  server.on('tell', (data) => tell(`tell ${JSON.stringify(data)}`));
  server.on('large', (data) => tell(`large ${data.length}`));
  server.on('leave', () => {
    tell('leave');
    ipc.disconnect('world');
  });
};

if (way === 'unix') ipc.connectTo('world', where.join(''), () => talk(ipc.of.world));
else ipc.connectToNet('world', '127.0.0.1', Number(where[0]), () => talk(ipc.of.world));
process.stdin.on('end', () => process.exit(0)).resume();
