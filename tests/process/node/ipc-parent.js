// SPDX-License-Identifier: LGPL-2.1-or-later
// node ipc-parent.js PROGRAM fork|spawn SERIALIZATION: starts a program that is linked with Mullion,
// and talks with it over the IPC channel.
'use strict';

const assert = require('node:assert');
const { fork, spawn } = require('node:child_process');
const net = require('node:net');

const [program, way, serialization] = process.argv.slice(2);
const child = way === 'fork'
  ? fork('unused', ['argument'], { execPath: program, execArgv: [], serialization })
  : spawn(program, [], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], serialization });

const next = () => new Promise((resolve) => {
  child.once('message', (message, handle) => resolve([message, handle]));
});

const read = (socket) => new Promise((resolve, reject) => {
  let text = '';
  socket.setEncoding('utf8').on('error', reject);
  socket.on('data', (chunk) => { text += chunk; });
  socket.on('end', () => resolve(text));
});

const values = ['é€😀', 1.5, true, { list: [1, [2, { three: 3 }]], text: 'x'.repeat(300000) }];

async function main() {
  for (const value of values) {
    child.send(value);
    assert.deepStrictEqual((await next())[0], value);
  }

  // A connection goes to the child, which answers on it.
  const server = net.createServer((socket) => child.send('serve', socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.on('listening', resolve));
  const served = next();
  const answer = read(net.connect(server.address().port, '127.0.0.1'));
  assert.strictEqual(await answer, 'from c');
  assert.strictEqual((await served)[0], 'served');
  server.close();

  // And one comes from there.
  const listener = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.on('listening', resolve));
  const accepted = new Promise((resolve) => listener.on('connection', resolve));
  const given = next();
  child.send({ give: listener.address().port });
  const [message, socket] = await given;
  assert.strictEqual(message, 'here');
  socket.end('from node');
  assert.strictEqual(await read(await accepted), 'from node');
  listener.close();

  child.disconnect();
  const code = await new Promise((resolve) => child.on('exit', resolve));
  assert.strictEqual(code, 0);
  console.log('talked');
}

main();
