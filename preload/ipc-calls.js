// SPDX-License-Identifier: LGPL-2.1-or-later

// The calls of a document that wait for their answers.
//
// A call ends once: with its answer, with what its signal or its timeout says, or because it could
// not be sent. What comes for it afterwards is for nobody, and is dropped.

'use strict';

const { SafeMap } = require('./primordials');
const { remoteError } = require('./remote-error');

const REPLY = 2;

/**
 * @returns {object} See the functions.
 */
function createCalls() {
  const calls = new SafeMap();

  function take(id) {
    const call = calls.get(id);
    if (call !== undefined) {
      calls.delete(id);
      if (call.stop !== null) {
        call.stop();
      }
    }
    return call;
  }

  return {
    /** Begins a call, with the functions of its promise. */
    add(id, channel, resolve, reject) {
      calls.set(id, { channel, reject, resolve, stop: null });
    },

    /** Gives a call the function that ends the watch over it. */
    guard(id, stop) {
      calls.get(id).stop = stop;
    },

    /** Ends a call with an error of this side. Tells whether somebody waited. */
    reject(id, error) {
      const call = take(id);
      call?.reject(error);
      return call !== undefined;
    },

    /** Ends a call with its answer, a message of the kind REPLY or REPLY_ERROR. */
    settle(kind, id, args) {
      const call = take(id);
      if (call === undefined) {
        return;
      }
      if (kind === REPLY) {
        call.resolve(args[0]);
      } else {
        call.reject(remoteError("Error invoking remote method '" + call.channel + "': ", args));
      }
    },
  };
}

module.exports = { createCalls };
