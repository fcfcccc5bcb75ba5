// SPDX-License-Identifier: LGPL-2.1-or-later
// Answers { type, payload } messages, one a line, until its input ends.
'use strict';

const readline = require('node:readline');

const send = (type, payload) => process.stdout.write(`${JSON.stringify({ type, payload })}\n`);

const handlers = {
  handshake: ({ name }) => send('handshake', { name: 'node', hello: name, version: process.version }),
  add: ({ numbers }) => send('sum', numbers.reduce((sum, number) => sum + number, 0)),
};

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const { type, payload } = JSON.parse(line);
  const handler = handlers[type] ?? (() => send('error', `unknown type ${type}`));
  handler(payload);
});
