// SPDX-License-Identifier: LGPL-2.1-or-later

// Takes apart what the main process sends.
//
// The answer to a call may be followed by a message, in one batch or in the next. Who awaits the
// answer must run before the message is heard: in Electron each comes in a task of its own. WebKit
// runs what was awaiting some time after C has called us, and several batches may come before. So
// a message that follows an answer is kept back until then.

'use strict';

const {
  ArrayIsArray,
  ArrayPrototypeShift,
  Error,
  queueMicrotask,
} = require('./primordials');
const { parse } = require('./values');

// The kind of a message to the page's listeners; the others are answers.
const DELIVERED = 1;

// An answer goes through a few promises before it is where it is awaited: an async function of the
// app, the bridge, a promise of the page. So many turns of the microtask queue are given to them
// before a message that was kept back.
const TURNS = 32;

/**
 * @param {object} native The door to C.
 * @param {{receive: Function}} ipc
 * @returns {{deliver: function(string): void}}
 */
function createInbox(native, ipc) {
  const batches = [];
  let next = 0;
  let isRunning = false;
  let isSettling = false;
  let turns = 0;

  function take(text) {
    try {
      const { value, tagged } = parse(text);
      if (!ArrayIsArray(value)) {
        throw new Error('it is no array');
      }
      batches[batches.length] = { messages: value, tagged };
    } catch (error) {
      native.log('warning', 'The main process sent a batch that cannot be read: ' + error);
    }
  }

  // When nothing was kept back in the first turn, nothing will be: C calls us only after the last.
  function turn() {
    if (batches.length > 0 && turns < TURNS) {
      turns++;
      queueMicrotask(turn);
      return;
    }
    isSettling = false;
    run();
  }

  function noteAnswer() {
    if (!isSettling) {
      isSettling = true;
      turns = 0;
      queueMicrotask(turn);
    }
  }

  // Returns false when the next message must wait.
  function receiveNext({ messages, tagged }) {
    const message = messages[next];
    const isValid = ArrayIsArray(message) && ArrayIsArray(message[3]);
    if (isValid && message[0] === DELIVERED && isSettling) {
      return false;
    }
    next++;
    if (!isValid) {
      native.log('warning', 'The main process sent a message that is none');
      return true;
    }
    ipc.receive(message, tagged);
    if (message[0] !== DELIVERED) {
      noteAnswer();
    }
    return true;
  }

  // A listener may stop in the debugger, and C call again meanwhile: that only adds to the end.
  function run() {
    if (isRunning) {
      return;
    }
    isRunning = true;
    while (batches.length > 0) {
      while (next < batches[0].messages.length) {
        if (!receiveNext(batches[0])) {
          isRunning = false;
          return;
        }
      }
      ArrayPrototypeShift(batches);
      next = 0;
    }
    isRunning = false;
  }

  /**
   * Takes a batch of messages. Never throws.
   *
   * @param {string} text
   */
  function deliver(text) {
    take(text);
    run();
  }

  return { deliver };
}

module.exports = { createInbox };
