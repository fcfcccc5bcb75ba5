// SPDX-License-Identifier: LGPL-2.1-or-later
// node ws-peer.js server | client URL [PROTOCOL]: an end of a WebSocket, of the library ws. It says each
// message again, as text or binary, closes when it hears "close", and tells what happens on standard
// output. It ends with its standard input.
'use strict';

const { WebSocket, WebSocketServer } = require('ws');

const [way, url, protocol] = process.argv.slice(2);

const tell = (text) => process.stdout.write(`${text}\n`);

const follow = (socket) => {
  socket.on('message', (data, isBinary) => {
    if (data.toString() === 'close') socket.close(4002, 'as you like');
    else socket.send(data, { binary: isBinary });
  });
  socket.on('close', (code, reason) => tell(`close ${code} ${reason}`));
  socket.on('error', (error) => tell(`error ${error.message}`));
};

if (way === 'server') {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('listening', () => tell(`ready ${server.address().port}`));
  server.on('connection', (socket) => {
    tell(`connection ${socket.protocol}`);
    follow(socket);
  });
} else {
  const socket = new WebSocket(url, protocol === undefined ? [] : [protocol]);
  socket.on('open', () => tell(`open ${socket.protocol}`));
  socket.on('unexpected-response', (request, response) => tell(`status ${response.statusCode}`));
  follow(socket);
}

process.stdin.on('end', () => process.exit(0)).resume();
