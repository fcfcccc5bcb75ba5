// SPDX-License-Identifier: LGPL-2.1-or-later

// ipcRenderer: messages to the main process and from it. It lives in the preload world and trusts
// the main process.
//
// A message is put into a queue as text, and the queue goes out as one frame at the end of the
// turn, or at once when it is long. Everything of a document goes through the one queue: so send,
// invoke and sendSync arrive in the order of their calls.

'use strict';

const {
  Error,
  JSONStringify,
  NumberIsSafeInteger,
  Promise,
  String,
  queueMicrotask,
} = require('./primordials');
const { EventEmitter } = require('./events');
const { encode, revive } = require('./values');
const { takeBytes } = require('./values-bytes');
const { readAnswer } = require('./ipc-answer');
const { createCalls } = require('./ipc-calls');
const { channelText } = require('./ipc-channels');
const { checkTransfer, conversionError } = require('./ipc-checks');
const { emit } = require('./ipc-emit');
const { createHandlers } = require('./ipc-handlers');
const { readLimits, throwIfAborted, watch } = require('./ipc-limits');
const { consoleError } = require('./platform');
const { report } = require('./report');

// The kinds of messages; ipc/mullion-wire.h has the same table.
const SEND = 1;
const INVOKE = 2;
const SEND_SYNC = 3;
const POST_MESSAGE = 4;
const SEND_TO = 5;
const RESULT = 6;
const CONTROL = 7;
const CONTROL_SYNC = 8;
const ABORT = 9;
const ANSWER = 10;

const DELIVERED = 1;
const REPLY = 2;
const REPLY_ERROR = 3;
const ASK = 4;
const CANCEL = 5;
const REFUSED = 6;

const LONG_QUEUE = 256 * 1024;
const MANY_MESSAGES = 1000;

/**
 * Makes the ipcRenderer of a document and what only the runtime may use of it.
 *
 * @param {object} native The door to C.
 * @returns {{ipcRenderer: IpcRenderer, control: Function, controlSync: Function, result: Function,
 *   deliver: Function}}
 */
function createIpc(native) {
  const calls = createCalls();
  let lastId = 0;
  let firstQueuedId = 1;
  let queue = '';
  let queued = 0;
  let queuedBytes = null;
  let flushing = false;

  // The calls of a batch that could not be sent are never answered: end them here.
  function rejectFrom(firstId, error) {
    for (let id = firstId; id <= lastId; id++) {
      calls.reject(id, error);
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
      rejectFrom(firstId, error);
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

  function callSync(kind, channel, args) {
    const text = encode(args);
    makeRoom(text);
    const id = ++lastId;
    const message = '[' + kind + ',' + id + ',' + channel + ',' + text + ']';
    const firstId = firstQueuedId;
    queue = queued === 0 ? message : queue + ',' + message;
    firstQueuedId = id + 1;
    let answer = '';
    try {
      const bytes = takeQueuedBytes();
      answer = bytes === null
        ? native.sendSync(takeQueue())
        : native.sendSyncBytes(takeQueue(), bytes);
    } catch (error) {
      rejectFrom(firstId, error);
      throw error;
    }
    return readAnswer(native, answer);
  }

  // The caller waits no more. When the main process cannot be told, nobody is there to be told.
  function abort(id, reason) {
    if (calls.reject(id, reason)) {
      try {
        put('[' + ABORT + ',' + id + ',"",[]]');
      } catch {
        // Said above.
      }
    }
  }

  // Of a call that is on its way: what its arguments' getters did may have aborted it already.
  function limit(id, channel, limits) {
    calls.guard(id, watch(limits, channel, (reason) => abort(id, reason)));
    try {
      throwIfAborted(limits);
    } catch (reason) {
      abort(id, reason);
    }
  }

  function invoke(channel, args, limits) {
    try {
      if (limits !== null) {
        throwIfAborted(limits);
      }
      const name = channelText(channel, 1);
      const text = encode(args);
      makeRoom(text);
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        calls.add(id, channel, resolve, reject);
        put('[' + INVOKE + ',' + id + ',' + name + ',' + text + ']');
        if (limits !== null) {
          limit(id, channel, limits);
        }
      });
    } catch (error) {
      return new Promise((resolve, reject) => {
        reject(error);
      });
    }
  }

  class IpcRenderer extends EventEmitter {
    send(channel, ...args) {
      send(SEND, 0, channelText(channel, 1), args);
    }

    sendSync(channel, ...args) {
      return callSync(SEND_SYNC, channelText(channel, 1), args);
    }

    invoke(channel, ...args) {
      return invoke(channel, args, null);
    }

    with(options) {
      const limits = readLimits(options);
      return { invoke: (channel, ...args) => invoke(channel, args, limits) };
    }

    handle(channel, handler) {
      handlers.handle(channel, handler);
    }

    handleOnce(channel, handler) {
      handlers.handleOnce(channel, handler);
    }

    removeHandler(channel) {
      handlers.removeHandler(channel);
    }

    postMessage(channel, message, transfer) {
      const name = channelText(channel, 0);
      checkTransfer(transfer);
      send(POST_MESSAGE, 0, name, [message]);
    }

    sendTo(webContentsId, channel, ...args) {
      if (!NumberIsSafeInteger(webContentsId) || webContentsId < 0) {
        throw conversionError(0, webContentsId);
      }
      send(SEND_TO, webContentsId, channelText(channel, 1), args);
    }

    sendToHost(channel) {
      channelText(channel, 0);
      throw new Error('ipcRenderer.sendToHost is not available: there is no <webview> whose host ' +
        'could receive the message');
    }
  }

  const ipcRenderer = new IpcRenderer();
  const handlers = createHandlers(ipcRenderer,
    (id, outcome, args) => send(ANSWER, id, outcome, args));

  function receive(message, tagged, bytes) {
    const kind = message[0];
    try {
      const args = tagged ? revive(message[3], bytes) : message[3];
      if (kind === DELIVERED) {
        emit(ipcRenderer, message[1], message[2], args);
      } else if (kind === REPLY || kind === REPLY_ERROR) {
        calls.settle(kind, message[1], args);
      } else if (kind === ASK) {
        handlers.ask(message[1], message[2], args);
      } else if (kind === CANCEL) {
        handlers.cancel(message[1]);
      } else if (kind === REFUSED) {
        consoleError(args[0]);
      } else {
        native.log('warning', 'The main process sent a message of the unknown kind ' + kind);
      }
    } catch (error) {
      // Only values that cannot be read come here.
      if (kind === REPLY) {
        calls.settle(REPLY_ERROR, message[1], [String(error)]);
      } else if (kind === ASK) {
        handlers.refuse(message[1], error);
      } else {
        report(error);
      }
    }
  }

  return {
    ipcRenderer,
    receive,
    control: (name, args) => send(CONTROL, 0, JSONStringify(name), args),
    controlSync: (name, args) => callSync(CONTROL_SYNC, JSONStringify(name), args),
    result: (id, ok, value) => send(RESULT, id, ok ? '""' : '"error"', [value]),
  };
}

module.exports = { createIpc };
