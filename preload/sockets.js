// SPDX-License-Identifier: LGPL-2.1-or-later

// Sockets: what ports and streams are made of. A socket is one end of a pair whose other end may be
// in the main process or in another page; it carries frames with a kind, a text, binary values and
// sockets in their turn. What a frame means is the business of who opens the socket.
//
// A socket is open, or it can be sent away. One that nobody opens is closed when it is forgotten; one
// that is open lives, with its listeners, until either end closes it or the document ends.

'use strict';

const { Error, SafeMap } = require('./primordials');
const { FinalizationRegistry, FinalizationRegistryRegister, FinalizationRegistryUnregister } =
  require('./platform');
const { report } = require('./report');
const { runTurn } = require('./turn');

/**
 * @typedef {object} SocketFrame
 * @property {number} kind
 * @property {string} text
 * @property {(function(number, number): ArrayBuffer)|null} bytes Reads a binary value, as revive()
 *   of values.js wants it. Only until the listener returns.
 * @property {Socket[]} ports
 */

/**
 * @typedef {object} SocketListeners Each is called in a turn of its own, and may throw.
 * @property {function(SocketFrame): void} frame
 * @property {function(): void} [drained] There is room again, after `queued` was over 256 KiB.
 * @property {function(): void} [closed] The other end is gone: nothing comes any more, and nothing
 *   can be sent. Not called after close().
 */

/**
 * @param {object} native The door to C.
 * @returns {{make: function(): Socket[], adopt: function(number, number): Socket[],
 *   release: function(Socket[]): number[], listener: object}}
 */
function createSockets(native) {
  const opened = new SafeMap();
  const forgotten = new FinalizationRegistry((number) => native.closeSocket(number));

  class Socket {
    #number;

    constructor(number) {
      this.#number = number;
      FinalizationRegistryRegister(forgotten, this, number, this);
    }

    /**
     * Begins to hear frames.
     *
     * @param {SocketListeners} listeners
     * @throws {Error} When the socket is open, closed, or sent away.
     */
    open(listeners) {
      if (!native.openSocket(this.#number)) {
        throw new Error('A port or stream was used after it had been closed or sent away');
      }
      FinalizationRegistryUnregister(forgotten, this);
      opened.set(this.#number, listeners);
    }

    /**
     * Sends a frame, and keeps it as long as the other end does not read. For an open socket.
     *
     * @param {number} kind
     * @param {string} text
     * @param {ArrayBuffer[]|null} buffers Binary values of the text, as takeBytes() has them.
     * @param {Socket[]} ports Sockets that nobody opened. They are gone from here.
     * @returns {boolean} Whether the other end was there.
     * @throws {Error} When this frame cannot be sent.
     */
    send(kind, text, buffers, ports) {
      return native.sendToSocket(this.#number, kind, text, buffers,
        ports.length === 0 ? null : release(ports));
    }

    /** Leaves frames where they are, so that the other end hears of it; the end of it is not heard
     * meanwhile either. */
    setReading(reading) {
      native.setSocketReading(this.#number, reading);
    }

    /** How many bytes the other end has not taken yet. */
    get queued() {
      return native.getSocketQueued(this.#number);
    }

    /** Closes the socket. What was sent before still goes out. */
    close() {
      opened.delete(this.#number);
      FinalizationRegistryUnregister(forgotten, this);
      native.closeSocket(this.#number);
    }

    static give(socket) {
      FinalizationRegistryUnregister(forgotten, socket);
      return socket.#number;
    }
  }

  const { give } = Socket;

  /**
   * The numbers of sockets that C takes away in the next call.
   *
   * @param {Socket[]} sockets
   * @returns {number[]}
   */
  function release(sockets) {
    const numbers = [];
    for (let i = 0; i < sockets.length; i++) {
      numbers[i] = give(sockets[i]);
    }
    return numbers;
  }

  /** The sockets that came with a frame: their numbers follow one another. */
  function adopt(first, count) {
    const sockets = [];
    for (let i = 0; i < count; i++) {
      sockets[i] = new Socket(first + i);
    }
    return sockets;
  }

  function hear(number, name, frame) {
    runTurn(() => {
      const listeners = opened.get(number);
      try {
        listeners?.[name]?.(frame);
      } catch (error) {
        report(error);
      }
      if (name === 'closed') {
        opened.delete(number);
      }
    });
  }

  function readFrame(kind, text, side, ports) {
    const bytes = side === 0 ? null : (at, size) => native.readSide(side, at, size);
    return { bytes, kind, ports, text };
  }

  return {
    /** Makes a pair of sockets. */
    make: () => adopt(native.makeSockets(), 2),
    adopt,
    release,

    /** What C calls. */
    listener: {
      frame(number, kind, text, side, firstPort, nPorts) {
        const frame = readFrame(kind, text, side, adopt(firstPort, nPorts));
        hear(number, 'frame', frame);
        if (side !== 0) {
          runTurn(() => native.releaseSide(side));
        }
      },
      drained: (number) => hear(number, 'drained'),
      closed: (number) => hear(number, 'closed'),
    },
  };
}

module.exports = { createSockets };
