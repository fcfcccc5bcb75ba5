// SPDX-License-Identifier: LGPL-2.1-or-later

// What ipcRenderer sends, on its way to C.
//
// A message is put into a queue as text, and the queue goes out as one frame at the end of the turn,
// or at once when it is long. Everything of a document goes through the one queue: so send, invoke
// and sendSync arrive in the order of their calls.

'use strict';

const { Error, queueMicrotask } = require('./primordials');
const { encode } = require('./values');
const { takeBytes } = require('./values-bytes');
const { takeStreams } = require('./values-streams');
const { report } = require('./report');

const LONG_QUEUE = 256 * 1024;
const MANY_MESSAGES = 1000;

/**
 * @param {object} native The door to C.
 * @param {object} sockets See createSockets().
 * @param {object} streams See createStreams().
 * @param {function(number, any): void} fail Ends a call that could not be sent, with an error.
 * @returns {object} See the functions.
 */
function createQueue(native, sockets, streams, fail) {
  let lastId = 0;
  let firstQueuedId = 1;
  let queue = '';
  let queued = 0;
  let queuedBytes = null;
  let queuedStreams = null;
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

  // Sockets go in the order of their places: streams, then ports.
  function sendSockets(text, bytes, list, numbers) {
    const all = list === null ? [] : sockets.release(streams.send(list));
    for (let i = 0; i < numbers.length; i++) {
      all[all.length] = numbers[i];
    }
    native.sendPorts(text, bytes, all);
  }

  function sendQueue() {
    const bytes = takeQueuedBytes();
    const list = queuedStreams;
    queuedStreams = null;
    if (list !== null) {
      sendSockets(takeQueue(), bytes, list, []);
    } else if (bytes !== null) {
      native.sendBytes(takeQueue(), bytes);
    } else {
      native.send(takeQueue());
    }
  }

  function flush() {
    if (queued === 0) {
      return;
    }
    const firstId = firstQueuedId;
    firstQueuedId = lastId + 1;
    try {
      sendQueue();
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
  // So does one with streams, which are locked when the call returns.
  function makeRoom(text) {
    const bytes = takeBytes();
    const list = takeStreams();
    if (text.length > LONG_QUEUE || bytes !== null || list !== null) {
      flush();
    }
    queuedBytes ??= bytes;
    queuedStreams ??= list;
  }

  function put(message) {
    queue = queued === 0 ? message : queue + ',' + message;
    queued++;
    if (queuedBytes !== null || queuedStreams !== null || queue.length > LONG_QUEUE ||
        queued >= MANY_MESSAGES) {
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
    if (takeStreams() !== null) {
      throw new Error('A stream cannot be sent with sendSync: the page stands still meanwhile');
    }
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
    const list = takeStreams();
    const numbers = takePorts();
    const first = list === null ? 0 : list.length;
    let places = '';
    for (let i = 0; i < numbers.length; i++) {
      places += (i === 0 ? '' : ',') + (first + i);
    }
    flush();
    sendSockets('[[' + kind + ',0,' + channel + ',' + text + ',[' + places + ']]]', bytes, list,
      numbers);
  }

  return { makeRoom, nextId: () => ++lastId, put, send, sendPorts, sendSync };
}

module.exports = { createQueue };
