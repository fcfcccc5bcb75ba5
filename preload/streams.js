// SPDX-License-Identifier: LGPL-2.1-or-later

// Streams that cross: what comes in a message becomes a ReadableStream or WritableStream of this
// world, and what goes out is locked, and read or written here on behalf of the other end.
//
// Everything is driven by who reads. A stream that nobody reads is not asked for anything, and at
// most a window full of bytes is on its way (ipc/mullion-wire.h).

'use strict';

const { Promise, PromisePrototypeThen, TypeError, Uint8Array } = require('./primordials');
const { bytesOf, describeReason } = require('./stream-chunks');
const { createStreamEnds } = require('./stream-ends');
const { StreamSource, rememberSource } = require('./stream-sources');
const {
  ControllerClose,
  ControllerEnqueue,
  ReadableStream,
  ReadableStreamGetLocked,
  ReadableStreamGetReader,
  ReaderCancel,
  ReaderRead,
  WeakRef,
  WeakRefDeref,
  WritableControllerError,
  WritableStream,
  WritableStreamGetLocked,
  WritableStreamGetWriter,
  WriterAbort,
  WriterClose,
  WriterGetClosed,
  WriterWrite,
} = require('./streams-platform');

const ignore = () => {};

// The promise of what a function returns, or throws.
const settle = (fn) => new Promise((resolve) => {
  resolve(fn());
});

const NO_QUEUE = { __proto__: null, highWaterMark: 0 };

/** Resolves when all bytes are on their way; rejects when the stream is over. */
function writeAll(end, { at, buffer, size }) {
  let done = 0;
  // Nothing is told of room that was there all the time: a write that was short is no lack of it.
  while (done < size && end.hasRoom) {
    done += end.write({ at: at + done, buffer, size: size - done });
  }
  if (done === size) {
    return undefined;
  }
  if (!end.isGoing) {
    throw end.failure ?? new TypeError('The stream is closed');
  }
  const rest = { at: at + done, buffer, size: size - done };
  return PromisePrototypeThen(end.change(), () => writeAll(end, rest));
}

const makeBytes = (size) => new Uint8Array(size);

/** The ReadableStream of what comes to @end. */
function makeReadable(end, makeIterable) {
  const source = new StreamSource(end);
  const stream = makeIterable(new ReadableStream({
    __proto__: null,
    pull: (controller) => source.pull({
      __proto__: null,
      makeBytes,
      enqueue: (chunk) => ControllerEnqueue(controller, chunk),
      close: () => ControllerClose(controller),
    }),
    cancel: (reason) => source.cancel(reason),
  }, NO_QUEUE));
  rememberSource(stream, source);
  return stream;
}

// Resolves when the other end has taken all, the end too.
function awaitTaken(end) {
  if (end.isGoing) {
    return PromisePrototypeThen(end.change(), () => awaitTaken(end));
  }
  const { failure } = end;
  end.close();
  if (failure !== null) {
    throw failure;
  }
  return undefined;
}

/** The WritableStream of what goes to @end. */
function makeWritable(end) {
  return new WritableStream({
    __proto__: null,
    // The other end may fail while nothing is written. Who watches holds nothing of the stream.
    start(controller) {
      const weak = new WeakRef(controller);
      end.watch((failure) => {
        const found = WeakRefDeref(weak);
        if (found !== undefined) {
          WritableControllerError(found, failure);
        }
      });
    },
    write(chunk) {
      const bytes = bytesOf(chunk);
      return bytes.size === 0 ? undefined : writeAll(end, bytes);
    },
    close() {
      end.end();
      return awaitTaken(end);
    },
    abort(reason) {
      end.fail(describeReason(reason));
      end.close();
    },
  });
}

/** Reads a stream of the page as fast as the other end wants it. */
function pumpOut(reader, end) {
  let isOver = false;

  function stop(error) {
    isOver = true;
    end.close();
    PromisePrototypeThen(ReaderCancel(reader, error), ignore, ignore);
  }

  function fail(error) {
    if (!isOver) {
      end.fail(describeReason(error));
      stop(error);
    }
  }

  function send({ done, value }) {
    if (isOver) {
      return undefined;
    }
    if (!done) {
      return writeAll(end, bytesOf(value));
    }
    isOver = true;
    end.end();
    return PromisePrototypeThen(settle(() => awaitTaken(end)), ignore, ignore);
  }

  // Nothing is read before it is wanted.
  function step() {
    if (isOver) {
      return;
    }
    if (!end.isGoing) {
      stop(end.failure);
    } else if (end.hasRoom) {
      PromisePrototypeThen(PromisePrototypeThen(ReaderRead(reader), send), step, fail);
    } else {
      PromisePrototypeThen(end.change(), step);
    }
  }

  // The other end may want no more while the page's stream is slow.
  end.watch((failure) => isOver || stop(failure));
  step();
}

/** Writes to a stream of the page what comes to @end. */
function pumpIn(writer, end) {
  function fail(error) {
    end.fail(describeReason(error));
    end.close();
  }

  function finish() {
    end.end();
    end.close();
  }

  function step() {
    const chunk = end.read(makeBytes);
    if (chunk !== null) {
      PromisePrototypeThen(WriterWrite(writer, chunk), step, fail);
    } else if (end.isGoing) {
      PromisePrototypeThen(end.change(), step);
    } else if (end.failure === null) {
      PromisePrototypeThen(WriterClose(writer), finish, fail);
    } else {
      PromisePrototypeThen(WriterAbort(writer, end.failure), ignore, ignore);
      end.close();
    }
  }

  PromisePrototypeThen(WriterGetClosed(writer), ignore, fail);
  step();
}

const isA = (getLocked) => (value) => {
  try {
    return typeof getLocked(value) === 'boolean';
  } catch {
    return false;
  }
};

/** Tells whether a value is a ReadableStream of this world, without a trace. */
const isReadable = isA(ReadableStreamGetLocked);

/** The same of a WritableStream. */
const isWritable = isA(WritableStreamGetLocked);

/**
 * @param {object} native The door to C.
 * @param {object} sockets See createSockets().
 * @param {function(ReadableStream): ReadableStream} makeIterable Gives a stream what the engine may
 *   lack.
 * @returns {object} See the functions.
 */
function createStreams(native, sockets, makeIterable) {
  const ends = createStreamEnds(native, sockets);

  function send(stream) {
    const pair = sockets.make();
    const mine = pair[0];
    if (isReadable(stream)) {
      pumpOut(ReadableStreamGetReader(stream), ends.open(mine, true));
    } else {
      pumpIn(WritableStreamGetWriter(stream), ends.open(mine, false));
    }
    return pair[1];
  }

  return {
    changed: ends.changed,

    /**
     * Makes a stream of a socket that came with a message.
     *
     * @param {Socket} socket
     * @param {string} type The type of its tag: `readable` or `writable`.
     * @returns {ReadableStream|WritableStream}
     */
    receive(socket, type) {
      const isSource = type === 'readable';
      const end = ends.open(socket, !isSource);
      if (!isSource) {
        return makeWritable(end);
      }
      return makeReadable(end, makeIterable);
    },

    /**
     * Locks streams, and begins to pump them.
     *
     * @param {Array<ReadableStream|WritableStream>} streams
     * @returns {Socket[]} The other ends, to be sent away.
     * @throws {Error} When there are too many, or one is locked.
     */
    send(streams) {
      const list = [];
      for (let i = 0; i < streams.length; i++) {
        list[i] = send(streams[i]);
      }
      return list;
    },
  };
}

module.exports = { createStreams, isReadable, isWritable };
