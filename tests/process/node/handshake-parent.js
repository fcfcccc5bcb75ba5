// SPDX-License-Identifier: LGPL-2.1-or-later
// node handshake-parent.js PROGRAM: starts a program that answers { type, payload } messages, one a
// line, and looks at its answers.
'use strict';

const assert = require('node:assert');
const { spawn } = require('node:child_process');
const readline = require('node:readline');

const child = spawn(process.argv[2], ['lines'], { stdio: ['pipe', 'pipe', 'inherit'] });
const send = (message) => child.stdin.write(`${JSON.stringify(message)}\n`);
const answers = [];

readline.createInterface({ input: child.stdout }).on('line', (line) => {
  answers.push(JSON.parse(line));
  if (answers.length === 3) child.stdin.end();
});

send({ type: 'handshake', payload: { name: 'nöde' } });
send({ type: 'add', payload: { numbers: [1, 2.5, -4] } });
send({ type: 'nonsense', payload: null });

child.on('close', (code) => {
  assert.strictEqual(code, 0);
  assert.deepStrictEqual(answers, [
    { type: 'handshake', payload: { name: 'c', hello: 'nöde' } },
    { type: 'sum', payload: -0.5 },
    { type: 'error', payload: 'unknown type nonsense' },
  ]);
  console.log('shaken');
});
