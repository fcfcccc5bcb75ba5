// SPDX-License-Identifier: LGPL-2.1-or-later

// Takes apart what the main process sends.
//
// The answer to a call may be followed by a message, in one batch or in the next. Who awaits the
// answer must run before the message is heard: in Electron each comes in a task of its own. So a
// turn ends before a message that follows an answer, and that message has the next one.

'use strict';

const { ArrayIsArray, ArrayPrototypeShift, Error } = require('./primordials');
const { runTurn } = require('./turn');
const { parse } = require('./values');

// The kinds of answers; the others are messages, which somebody listens to.
const REPLY = 2;
const REPLY_ERROR = 3;

const isAnswer = (message) => message[0] === REPLY || message[0] === REPLY_ERROR;

/**
 * @param {object} native The door to C.
 * @param {{receive: Function}} ipc
 * @returns {{deliver: function(string): void}}
 */
function createInbox(native, ipc) {
  const batches = [];
  let next = 0;
  let isRunning = false;

  // `side` is the number of the batch's binary values, or 0.
  function take(text, side) {
    try {
      const { value, tagged } = parse(text);
      if (!ArrayIsArray(value)) {
        throw new Error('it is no array');
      }
      const bytes = side === 0 ? null : (at, size) => native.readSide(side, at, size);
      batches[batches.length] = { messages: value, tagged, side, bytes };
    } catch (error) {
      leave(side);
      native.log('warning', 'The main process sent a batch that cannot be read: ' + error);
    }
  }

  function leave(side) {
    if (side !== 0) {
      native.releaseSide(side);
    }
  }

  // The next message, if it may be part of a turn that has given answers already.
  function takeNext(hasAnswered) {
    while (batches.length > 0) {
      const { messages, tagged, side, bytes } = batches[0];
      if (next === messages.length) {
        ArrayPrototypeShift(batches);
        leave(side);
        next = 0;
        continue;
      }
      const message = messages[next];
      const isValid = ArrayIsArray(message) && ArrayIsArray(message[3]);
      if (isValid && hasAnswered && !isAnswer(message)) {
        return null;
      }
      next++;
      if (isValid) {
        return { message, tagged, bytes };
      }
      native.log('warning', 'The main process sent a message that is none');
    }
    return null;
  }

  function receiveTurn() {
    let hasAnswered = false;
    for (let found = takeNext(false); found !== null; found = takeNext(hasAnswered)) {
      ipc.receive(found.message, found.tagged, found.bytes);
      hasAnswered ||= isAnswer(found.message);
    }
  }

  /**
   * Takes a batch of messages. Never throws.
   *
   * A listener may stop in the debugger, and C call again meanwhile: that only adds to the end.
   *
   * @param {string} text
   * @param {number} side The number of the binary values that came with it, or 0.
   */
  function deliver(text, side) {
    take(text, side);
    if (isRunning) {
      return;
    }
    isRunning = true;
    while (batches.length > 0) {
      runTurn(receiveTurn);
    }
    isRunning = false;
  }

  return { deliver };
}

module.exports = { createInbox };
