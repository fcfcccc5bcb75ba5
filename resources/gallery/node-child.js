// SPDX-License-Identifier: LGPL-2.1-or-later
// What the Gallery has Node.js run: it answers each question on the way that it came.
'use strict';

const readline = require('node:readline');

const answer = ({ number, text }) => ({
  number,
  text: [...text].reverse().join(''),
  version: process.version,
  pid: process.pid,
});

// Lines of JSON over standard input and output.
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
});

// Its own channel.
process.on('message', (question) => process.send(answer(question)));
process.on('disconnect', () => process.exit(0));
