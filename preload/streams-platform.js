// SPDX-License-Identifier: LGPL-2.1-or-later

// What the runtime needs of the Streams Standard, taken before any script ran, as platform.js takes
// the rest of the web platform.

'use strict';

const { getter, method } = require('./platform');

const {
  ReadableStream, ReadableStreamDefaultController, ReadableStreamDefaultReader, TextEncoder,
  WeakRef, WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter,
} = globalThis;

module.exports = {
  ControllerClose: method(ReadableStreamDefaultController, 'close'),
  ControllerEnqueue: method(ReadableStreamDefaultController, 'enqueue'),
  ReadableStream,
  ReadableStreamGetLocked: getter(ReadableStream, 'locked'),
  ReadableStreamGetReader: method(ReadableStream, 'getReader'),
  ReaderCancel: method(ReadableStreamDefaultReader, 'cancel'),
  ReaderRead: method(ReadableStreamDefaultReader, 'read'),
  ReaderReleaseLock: method(ReadableStreamDefaultReader, 'releaseLock'),
  TextEncoder,
  TextEncoderEncode: method(TextEncoder, 'encode'),
  WeakRef,
  WeakRefDeref: method(WeakRef, 'deref'),
  WritableControllerError: method(WritableStreamDefaultController, 'error'),
  WritableStream,
  WritableStreamGetLocked: getter(WritableStream, 'locked'),
  WritableStreamGetWriter: method(WritableStream, 'getWriter'),
  WriterAbort: method(WritableStreamDefaultWriter, 'abort'),
  WriterClose: method(WritableStreamDefaultWriter, 'close'),
  WriterGetClosed: getter(WritableStreamDefaultWriter, 'closed'),
  WriterWrite: method(WritableStreamDefaultWriter, 'write'),
};
