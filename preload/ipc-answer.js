// SPDX-License-Identifier: LGPL-2.1-or-later

// Reads the answer to a synchronous message: one message, of the kind REPLY or REPLY_ERROR.

'use strict';

const { remoteError } = require('./remote-error');
const { parse, revive } = require('./values');

const REPLY_ERROR = 3;

function readArguments(native, args) {
  const side = native.takeAnswerSide();
  if (side === 0) {
    return revive(args, null);
  }
  try {
    return revive(args, (at, size) => native.readSide(side, at, size));
  } finally {
    native.releaseSide(side);
  }
}

/**
 * Reads an answer.
 *
 * @param {object} native The door to C, which has the answer's binary values.
 * @param {string} text
 * @returns {any}
 * @throws {Error} When the answer is an error.
 */
function readAnswer(native, text) {
  const { value: message, tagged } = parse(text);
  const args = tagged ? readArguments(native, message[3]) : message[3];
  if (message[0] === REPLY_ERROR) {
    throw remoteError('', args);
  }
  return args[0];
}

module.exports = { readAnswer };
