// SPDX-License-Identifier: LGPL-2.1-or-later
// A native messaging host as browsers know it: each message behind its length. Sends back what comes,
// in pieces of one byte where it is short.
'use strict';

const os = require('node:os');

let waiting = Buffer.alloc(0);

function send(message) {
  const text = Buffer.from(JSON.stringify(message));
  const whole = Buffer.alloc(4 + text.length);
  if (os.endianness() === 'LE') whole.writeUInt32LE(text.length);
  else whole.writeUInt32BE(text.length);
  text.copy(whole, 4);

  if (whole.length > 100) process.stdout.write(whole);
  else for (const byte of whole) process.stdout.write(Buffer.of(byte));
}

process.stdin.on('data', (chunk) => {
  waiting = Buffer.concat([waiting, chunk]);
  for (;;) {
    const length = waiting.length < 4 ? Infinity
      : os.endianness() === 'LE' ? waiting.readUInt32LE() : waiting.readUInt32BE();
    if (waiting.length < 4 + length) return;
    send(JSON.parse(waiting.subarray(4, 4 + length).toString()));
    waiting = waiting.subarray(4 + length);
  }
});
