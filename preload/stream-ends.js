// SPDX-License-Identifier: LGPL-2.1-or-later

// The end of a stream that this page has of it: a socket that C reads or writes with credit
// (ipc/mullion-stream-reader.c and its writer). The other end may be in the main process, or in
// another page.

'use strict';

const { Error, Promise, SafeMap } = require('./primordials');
const { FinalizationRegistry, FinalizationRegistryRegister } = require('./platform');
const { readFailure } = require('./stream-chunks');
const { runTurn } = require('./turn');

// What C says of a stream; renderer/mullion-native-streams.c has the same.
const GOING = 0;
const FAILED = 2;

/**
 * @param {object} native The door to C.
 * @param {object} sockets See createSockets().
 * @returns {{open: function(Socket, boolean): StreamEnd, changed: function(number): void}}
 */
function createStreamEnds(native, sockets) {
  // Who waits for a stream, or is to hear of its end. It must not hold the stream's StreamEnd: that
  // is how we know that nobody can use the stream any more.
  const watches = new SafeMap();

  function close(number) {
    watches.delete(number);
    native.closeStream(number);
  }

  const failureOf = (number) => native.getStreamState(number) === FAILED
    ? readFailure(native.getStreamFailure(number)) : null;

  const forgotten = new FinalizationRegistry(close);

  class StreamEnd {
    #number;
    #watch = { over: null, resolve: null };

    constructor(number) {
      this.#number = number;
      watches.set(number, this.#watch);
      FinalizationRegistryRegister(forgotten, this, number);
    }

    /**
     * Takes what has come.
     *
     * @param {function(number): Uint8Array} makeBytes Makes them in the world that wants them.
     * @returns {Uint8Array|null} null when there is nothing yet, or nothing any more.
     */
    read(makeBytes) {
      const size = native.getStreamAvailable(this.#number);
      if (size === 0) {
        return null;
      }
      const bytes = makeBytes(size);
      native.readStream(this.#number, bytes);
      return bytes;
    }

    /** Sends what there is room for. Returns how many bytes that were. */
    write({ at, buffer, size }) {
      return native.writeStream(this.#number, buffer, at, size);
    }

    get hasRoom() {
      return native.hasStreamRoom(this.#number);
    }

    get isGoing() {
      return native.getStreamState(this.#number) === GOING;
    }

    /** Why the stream is over; null if it was its end, or is still going. */
    get failure() {
      return failureOf(this.#number);
    }

    /** Resolves when something has changed. One at a time. */
    change() {
      return new Promise((resolve) => {
        this.#watch.resolve = resolve;
      });
    }

    /** Has a function called with why the stream is over, or null, when that is so and nobody waits. */
    watch(over) {
      this.#watch.over = over;
    }

    /** Of a writer: nothing more comes. Of a reader: everything was taken. */
    end() {
      native.endStream(this.#number);
    }

    /** Ends the stream with an error. */
    fail({ message, name }) {
      native.failStream(this.#number, name, message);
    }

    /** Lets go of the stream. What was said still goes out. */
    close() {
      close(this.#number);
    }
  }

  return {
    /**
     * Opens a socket that nobody opened.
     *
     * @param {Socket} socket
     * @param {boolean} writes
     * @throws {Error} When it was sent away.
     */
    open(socket, writes) {
      const number = native.openStream(sockets.release([socket])[0], writes);
      if (number === 0) {
        throw new Error('A stream was used after it had been sent away');
      }
      return new StreamEnd(number);
    },

    /** What C calls. Never throws. */
    changed(number) {
      const watch = watches.get(number);
      if (watch === undefined) {
        return;
      }
      const { resolve } = watch;
      watch.resolve = null;
      if (resolve !== null) {
        runTurn(resolve);
      } else if (watch.over !== null && native.getStreamState(number) !== GOING) {
        runTurn(() => watch.over(failureOf(number)));
      }
    },
  };
}

module.exports = { createStreamEnds };
