// SPDX-License-Identifier: LGPL-2.1-or-later

// Takes apart what the main process sends.
//
// A batch may hold the answer to a call and, behind it, a message. Who awaits the answer must run
// before the message is heard: in Electron each comes in a task of its own. So a batch stops before
// a message that follows an answer, and goes on once C calls again with an empty stack, which is
// when the engine has run all that was awaiting; or, if C does not, in a task of its own.

'use strict';

const { ArrayIsArray, ArrayPrototypeShift } = require('./primordials');
const { setImmediate } = require('./immediate');
const { parse } = require('./values');

// The kind of a message to the page's listeners; the others are answers.
const DELIVERED = 1;

/**
 * @param {object} native The door to C.
 * @param {{receive: Function}} ipc
 * @returns {{deliver: function(string=): boolean}}
 */
function createInbox(native, ipc) {
  const batches = [];
  let next = 0;
  let asked = false;

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

  // Returns whether it stopped before the end.
  function run() {
    let settled = false;
    while (batches.length > 0) {
      const { messages, tagged } = batches[0];
      while (next < messages.length) {
        const message = messages[next];
        if (!ArrayIsArray(message) || !ArrayIsArray(message[3])) {
          native.log('warning', 'The main process sent a message that is none');
          next++;
          continue;
        }
        const isMessage = message[0] === DELIVERED;
        if (isMessage && settled) {
          return true;
        }
        settled ||= !isMessage;
        next++;
        ipc.receive(message, tagged);
      }
      ArrayPrototypeShift(batches);
      next = 0;
    }
    return false;
  }

  function goOn() {
    asked = false;
    deliver();
  }

  function deliver(text) {
    if (text !== undefined) {
      take(text);
    }
    const more = run();
    if (more && !asked) {
      asked = true;
      setImmediate(goOn);
    }
    return more;
  }

  return { deliver };
}

module.exports = { createInbox };
