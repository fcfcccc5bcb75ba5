// SPDX-License-Identifier: LGPL-2.1-or-later

// ipcRenderer: messages to the main process and from it. It lives in the preload world and trusts
// the main process.

'use strict';

const {
  Error,
  JSONStringify,
  NumberIsSafeInteger,
  Promise,
  String,
} = require('./primordials');
const { EventEmitter } = require('./events');
const { encode, revive } = require('./values');
const { readAnswer } = require('./ipc-answer');
const { createCalls } = require('./ipc-calls');
const { channelText } = require('./ipc-channels');
const { conversionError } = require('./ipc-checks');
const { emit } = require('./ipc-emit');
const { createHandlers } = require('./ipc-handlers');
const { readLimits, throwIfAborted, watch } = require('./ipc-limits');
const { createQueue } = require('./ipc-queue');
const { consoleError } = require('./platform');
const { createPorts, readTransfer } = require('./ports');
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

/**
 * Makes the ipcRenderer of a document and what only the runtime may use of it.
 *
 * @param {object} native The door to C.
 * @param {object} sockets See createSockets().
 * @param {object} streams See createStreams().
 * @returns {{ipcRenderer: IpcRenderer, control: Function, controlSync: Function, result: Function,
 *   deliver: Function}}
 */
function createIpc(native, sockets, streams) {
  const ports = createPorts(sockets);
  const calls = createCalls();
  const queue = createQueue(native, sockets, streams, (id, error) => calls.reject(id, error));
  const { put, send } = queue;

  const callSync = (kind, channel, args) => readAnswer(native, queue.sendSync(kind, channel, args));

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
      queue.makeRoom(text);
      const id = queue.nextId();
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
      const list = readTransfer(transfer);
      if (list.length === 0) {
        send(POST_MESSAGE, 0, name, [message]);
      } else {
        queue.sendPorts(POST_MESSAGE, name, [message], () => sockets.release(ports.give(list)));
      }
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

  // For UI tests: the main process has the page call it, in the place of the preload script.
  handlers.handle('$mullion.invoke', (event, channel, ...args) => invoke(channel, args, null));
  handlers.handle('$mullion.send', (event, channel, ...args) => {
    send(SEND, 0, channelText(channel, 1), args);
  });

  function receive(message, tagged, bytes, list, open) {
    const kind = message[0];
    try {
      const args = tagged ? revive(message[3], bytes, open) : message[3];
      if (kind === DELIVERED) {
        emit(ipcRenderer, message[1], message[2], args, () => ports.take(list)) || ports.drop(list);
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
