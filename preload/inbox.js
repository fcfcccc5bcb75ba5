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

const NONE = [];

// Which of the batch's sockets are the message's: it has a list of their places, if there are any.
function portsOf(message, ports) {
  const places = message[4];
  if (!ArrayIsArray(places)) {
    return NONE;
  }
  const own = [];
  for (let i = 0; i < places.length; i++) {
    own[i] = ports[places[i]];
  }
  return own;
}

// Makes streams of the batch's sockets, each of which can be taken once.
const openerOf = (ports, streams) => (place, type) => {
  const socket = ports[place];
  ports[place] = undefined;
  return socket === undefined ? undefined : streams.receive(socket, type);
};

const isAnswer = (message) => message[0] === REPLY || message[0] === REPLY_ERROR;

/**
 * @param {object} native The door to C.
 * @param {{receive: Function}} ipc
 * @param {{adopt: Function}} sockets
 * @param {{receive: Function}} streams
 * @returns {{deliver: function(string, number, number, number): void}}
 */
function createInbox(native, ipc, sockets, streams) {
  const batches = [];
  let next = 0;
  let isRunning = false;

  // `side` is the number of the batch's binary values, or 0.
  function take(text, side, firstPort, nPorts) {
    const ports = nPorts === 0 ? NONE : sockets.adopt(firstPort, nPorts);
    try {
      const { value, tagged } = parse(text);
      if (!ArrayIsArray(value)) {
        throw new Error('it is no array');
      }
      const bytes = side === 0 ? null : (at, size) => native.readSide(side, at, size);
      const open = nPorts === 0 ? null : openerOf(ports, streams);
      batches[batches.length] = { bytes, messages: value, open, ports, side, tagged };
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
      const { bytes, messages, open, ports, side, tagged } = batches[0];
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
        return { bytes, message, open, ports: portsOf(message, ports), tagged };
      }
      native.log('warning', 'The main process sent a message that is none');
    }
    return null;
  }

  function receiveTurn() {
    let hasAnswered = false;
    for (let found = takeNext(false); found !== null; found = takeNext(hasAnswered)) {
      ipc.receive(found.message, found.tagged, found.bytes, found.ports, found.open);
      hasAnswered ||= isAnswer(found.message);
    }
    isRunning = batches.length > 0;
    if (isRunning) {
      runTurn(receiveTurn);
    }
  }

  /**
   * Takes a batch of messages. Never throws.
   *
   * A listener may stop in the debugger, and C call again meanwhile: that only adds to the end.
   *
   * @param {string} text
   * @param {number} side The number of the binary values that came with it, or 0.
   * @param {number} firstPort The number of the first socket that came with it, or 0.
   * @param {number} nPorts How many came.
   */
  function deliver(text, side, firstPort, nPorts) {
    take(text, side, firstPort, nPorts);
    if (isRunning) {
      return;
    }
    isRunning = batches.length > 0;
    if (isRunning) {
      runTurn(receiveTurn);
    }
  }

  return { deliver };
}

module.exports = { createInbox };
