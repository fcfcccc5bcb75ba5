// SPDX-License-Identifier: LGPL-2.1-or-later

/*
 * The part of a kit that knows streams. kit.js has the rest, and its rules.
 */
(() => {
  'use strict';

  const { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
  const { freeze } = Object;
  const {
    Promise: OriginalPromise, RangeError: OriginalRangeError, ReadableStream,
    ReadableStreamDefaultController, ReadableStreamDefaultReader, Symbol, Uint8Array, WritableStream,
    WritableStreamDefaultController, WritableStreamDefaultWriter,
  } = globalThis;
  const { asyncIterator } = Symbol;
  const isIterable = asyncIterator in ReadableStream.prototype;
  const { close, enqueue } = ReadableStreamDefaultController.prototype;
  const { cancel, read, releaseLock } = ReadableStreamDefaultReader.prototype;
  const { getReader } = ReadableStream.prototype;
  const { getWriter } = WritableStream.prototype;
  const { error: errorWritable } = WritableStreamDefaultController.prototype;
  const { abort, close: closeWriter, write } = WritableStreamDefaultWriter.prototype;

  const getter = (Class, name) => getOwnPropertyDescriptor(Class.prototype, name).get;
  const getReadableLocked = getter(ReadableStream, 'locked');
  const getWritableLocked = getter(WritableStream, 'locked');
  const getWriterClosed = getter(WritableStreamDefaultWriter, 'closed');

  const OVERFLOW = 'Maximum call stack size exceeded.';
  const NOTHING_AHEAD = freeze({ __proto__: null, highWaterMark: 0 });

  const isA = (getLocked) => (value) => {
    try {
      return typeof apply(getLocked, value, []) === 'boolean';
    } catch {
      return false;
    }
  };

  /** Calls @start (value, resolve, reject), of the other realm, which can only overflow. */
  const ask = (start, value) => new OriginalPromise((resolve, reject) => {
    try {
      start(value, resolve, reject);
    } catch {
      throw new OriginalRangeError(OVERFLOW);
    }
  });

  // The stream is locked by the first next(), which `for await` calls at once.
  async function* iterate(stream, preventCancel) {
    const reader = apply(getReader, stream, []);
    let isOver = false;
    try {
      for (;;) {
        const { done, value } = await apply(read, reader, []);
        if (done) {
          isOver = true;
          return;
        }
        yield value;
      }
    } finally {
      if (!isOver && !preventCancel) {
        await apply(cancel, reader, []);
      }
      apply(releaseLock, reader, []);
    }
  }

  const hide = (object, key, value) => defineProperty(object, key, {
    __proto__: null, value, writable: true, enumerable: false, configurable: true,
  });

  /** Lets for await read @stream in an engine whose streams cannot. */
  const makeIterable = (stream) => {
    if (!isIterable) {
      const values = ({ preventCancel = false } = {}) => iterate(stream, preventCancel);
      hide(stream, 'values', values);
      hide(stream, asyncIterator, values);
    }
    return stream;
  };

  /**
   * A stream of this realm. @pull (controller, resolve, reject) and
   * @stop (reason, resolve, reject) are of the other realm.
   */
  const makeReadable = (pull, stop) => makeIterable(new ReadableStream({
    __proto__: null,
    pull: (controller) => ask(pull, controller),
    cancel: (reason) => ask(stop, reason),
  }, NOTHING_AHEAD));

  /** The same: @begin (controller), and the others as above. */
  const makeWritable = (begin, put, finish, stop) => new WritableStream({
    __proto__: null,
    start: (controller) => {
      try {
        begin(controller);
      } catch {
        throw new OriginalRangeError(OVERFLOW);
      }
    },
    write: (chunk) => ask(put, chunk),
    close: () => ask(finish, undefined),
    abort: (reason) => ask(stop, reason),
  });

  return freeze({
    __proto__: null,
    abortWriter: (writer, reason) => apply(abort, writer, [reason]),
    cancelReader: (reader, reason) => apply(cancel, reader, [reason]),
    closeReadable: (controller) => { apply(close, controller, []); },
    closeWriter: (writer) => apply(closeWriter, writer, []),
    /** A copy of a Uint8Array, which may be of another realm. */
    copyBytes: (bytes) => new Uint8Array(bytes),
    closedOf: (writer) => apply(getWriterClosed, writer, []),
    enqueue: (controller, chunk) => { apply(enqueue, controller, [chunk]); },
    errorWritable: (controller, error) => { apply(errorWritable, controller, [error]); },
    getReader: (stream) => apply(getReader, stream, []),
    getWriter: (stream) => apply(getWriter, stream, []),
    isReadable: isA(getReadableLocked),
    isWritable: isA(getWritableLocked),
    makeBytes: (size) => new Uint8Array(size),
    makeIterable,
    makeReadable,
    makeWritable,
    readFrom: (reader) => apply(read, reader, []),
    writeTo: (writer, chunk) => apply(write, writer, [chunk]),
  });
})()
