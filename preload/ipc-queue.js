// SPDX-License-Identifier: LGPL-2.1-or-later

// What ipcRenderer sends, on its way to C.
//
// A message is put into a queue as text, and the queue goes out as one frame at the end of the turn,
// or at once when it is long. Everything of a document goes through the one queue: so send, invoke
// and sendSync arrive in the order of their calls.

'use strict';

const { queueMicrotask } = require('./primordials');
const { encode } = require('./values');
const { takeBytes } = require('./values-bytes');
const { report } = require('./report');

const LONG_QUEUE = 256 * 1024;
const MANY_MESSAGES = 1000;

/**
 * @param {object} native The door to C.
 * @param {function(number, any): void} fail Ends a call that could not be sent, with an error.
 * @returns {object} See the functions.
 */
function createQueue(native, fail) {
  let lastId = 0;
  let firstQueuedId = 1;
  let queue = '';
  let queued = 0;
  let queuedBytes = null;
  let flushing = false;

  // The calls of a batch that could not be sent are never answered: end them here.
  function failFrom(firstId, error) {
    for (let id = firstId; id <= lastId; id++) {
      fail(id, error);
    }
  }

  function takeQueue() {
    const batch = '[' + queue + ']';
    queue = '';
    queued = 0;
    return batch;
  }

  function takeQueuedBytes() {
    const bytes = queuedBytes;
    queuedBytes = null;
    return bytes;
  }

  function flush() {
    if (queued === 0) {
      return;
    }
    const firstId = firstQueuedId;
    firstQueuedId = lastId + 1;
    try {
      const bytes = takeQueuedBytes();
      if (bytes === null) {
        native.send(takeQueue());
      } else {
        native.sendBytes(takeQueue(), bytes);
      }
    } catch (error) {
      failFrom(firstId, error);
      throw error;
    }
  }

  function flushLater() {
    flushing = false;
    try {
      flush();
    } catch (error) {
      report(error);
    }
  }

  // A long message goes out alone: what keeps it from being sent is not the others' business. One
  // with binary values does too, and at once: the caller may change their bytes in the next line.
  function makeRoom(text) {
    const bytes = takeBytes();
    if (text.length > LONG_QUEUE || bytes !== null) {
      flush();
    }
    queuedBytes ??= bytes;
  }

  function put(message) {
    queue = queued === 0 ? message : queue + ',' + message;
    queued++;
    if (queuedBytes !== null || queue.length > LONG_QUEUE || queued >= MANY_MESSAGES) {
      flush();
    } else if (!flushing) {
      flushing = true;
      queueMicrotask(flushLater);
    }
  }

  function send(kind, id, channel, args) {
    const text = encode(args);
    makeRoom(text);
    put('[' + kind + ',' + id + ',' + channel + ',' + text + ']');
  }

  /** Sends a message with all that is queued. Returns the text of its answer. */
  function sendSync(kind, channel, args) {
    const text = encode(args);
    makeRoom(text);
    const id = ++lastId;
    const message = '[' + kind + ',' + id + ',' + channel + ',' + text + ']';
    const firstId = firstQueuedId;
    queue = queued === 0 ? message : queue + ',' + message;
    firstQueuedId = id + 1;
    try {
      const bytes = takeQueuedBytes();
      return bytes === null
        ? native.sendSync(takeQueue())
        : native.sendSyncBytes(takeQueue(), bytes);
    } catch (error) {
      failFrom(firstId, error);
      throw error;
    }
  }

  /**
   * Sends a message with sockets, alone and at once.
   *
   * @param {number} kind
   * @param {string} channel
   * @param {any[]} args
   * @param {function(): number[]} takePorts Called when nothing else can fail: the numbers of the
   *   sockets.
   */
  function sendPorts(kind, channel, args, takePorts) {
    const text = encode(args);
    const bytes = takeBytes();
    const numbers = takePorts();
    let places = '';
    for (let i = 0; i < numbers.length; i++) {
      places += (i === 0 ? '' : ',') + i;
    }
    flush();
    native.sendPorts('[[' + kind + ',0,' + channel + ',' + text + ',[' + places + ']]]', bytes,
      numbers);
  }

  return { makeRoom, nextId: () => ++lastId, put, send, sendPorts, sendSync };
}

module.exports = { createQueue };
