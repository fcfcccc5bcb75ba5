// SPDX-License-Identifier: LGPL-2.1-or-later

// setImmediate: a task of its own, as soon as the tasks that wait already have run. A timer will
// not do: nested timers are held back to 4 ms, and a hidden page's ones to a second. A message
// port is not.

'use strict';

const { ObjectPrototypeIsPrototypeOf, ReflectApply, TypeError } = require('./primordials');
const {
  MessageChannel,
  MessagePort,
  MessagePortPostMessage,
  MessagePortSetOnMessage,
} = require('./platform');
const { report } = require('./report');

class Immediate {
  constructor(callback, args) {
    this.callback = callback;
    this.args = args;
  }
}

let waiting = [];
let port = null;

// As in Node, what is asked for during a round waits for the next one.
function runAll() {
  const round = waiting;
  waiting = [];
  for (let i = 0; i < round.length; i++) {
    const { callback, args } = round[i];
    round[i].callback = null;
    try {
      if (callback !== null) {
        ReflectApply(callback, undefined, args);
      }
    } catch (error) {
      report(error);
    }
  }
}

function wake() {
  if (port === null) {
    const channel = new MessageChannel();
    port = channel.port2;
    // The handler keeps its port alive, and the other end keeps this one.
    MessagePortSetOnMessage(channel.port1, runAll);
  }
  MessagePortPostMessage(port, null);
}

/**
 * Runs a function in a task of its own.
 *
 * @param {Function} callback
 * @param {...any} args What the function is called with.
 * @returns {object} For clearImmediate.
 */
function setImmediate(callback, ...args) {
  if (typeof callback !== 'function') {
    throw new TypeError('The "callback" argument must be of type function. Received ' +
      (callback === null ? 'null' : typeof callback));
  }
  const immediate = new Immediate(callback, args);
  if (waiting.length === 0) {
    wake();
  }
  waiting[waiting.length] = immediate;
  return immediate;
}

/**
 * Takes back what setImmediate was asked for, if it has not run yet.
 *
 * @param {object} immediate
 */
function clearImmediate(immediate) {
  if (immediate instanceof Immediate) {
    immediate.callback = null;
  }
}

const isMessagePort = (value) => typeof value === 'object' && value !== null &&
  ObjectPrototypeIsPrototypeOf(MessagePort.prototype, value);

module.exports = { clearImmediate, isMessagePort, setImmediate };
