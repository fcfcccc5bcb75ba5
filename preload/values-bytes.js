// SPDX-License-Identifier: LGPL-2.1-or-later

// The bytes of binary values, on their way beside the JSON: the message names them by their place in
// the side area of its frame. ipc/mullion-wire.h says what that is.

'use strict';

const {
  ArrayBufferPrototypeGetByteLength,
  Error,
  RangeError,
  TypedArrayPrototypeGetBuffer,
  Uint8Array,
} = require('./primordials');
const { checked, malformed } = require('./values-check');

const ALIGNMENT = 8;
const LIMIT = 1024 * 1024 * 1024;

let buffers = [];
let end = 0;

/** Forgets what was gathered for a message that is not sent. */
function forgetBytes() {
  buffers = [];
  end = 0;
}

/**
 * Gets the buffers of the message that was written last, in the order of their places.
 *
 * @returns {ArrayBuffer[]|null} null if it has none.
 */
function takeBytes() {
  if (buffers.length === 0) {
    return null;
  }
  const taken = buffers;
  forgetBytes();
  return taken;
}

// A buffer without bytes may be one that was given away: no view can be made of that.
function isDetached(buffer) {
  if (ArrayBufferPrototypeGetByteLength(buffer) > 0) {
    return false;
  }
  try {
    return new Uint8Array(buffer) === null;
  } catch {
    return true;
  }
}

/**
 * Gathers the bytes of a buffer, and writes where they will be.
 *
 * @param {object} writer
 * @param {ArrayBuffer} buffer
 * @throws {Error} When the buffer is detached.
 * @throws {RangeError} When the message would have too many bytes.
 */
function writeBuffer(writer, buffer) {
  if (isDetached(buffer)) {
    throw new Error('An object could not be cloned.');
  }
  const size = ArrayBufferPrototypeGetByteLength(buffer);
  const at = end + ((ALIGNMENT - (end % ALIGNMENT)) % ALIGNMENT);
  if (at + size >= LIMIT) {
    throw new RangeError('Binary values of ' + (at + size) + ' bytes in one message are over the ' +
      'limit: they must have less than ' + LIMIT + ' bytes');
  }
  writer.put('{"$mullion":"buffer","at":' + at + ',"size":' + size + '}');
  if (size > 0) {
    buffers[buffers.length] = buffer;
    end = at + size;
  }
}

/**
 * Reads a buffer.
 *
 * @param {object} reader Has the bytes of the message in its `bytes`.
 * @param {object} tag
 * @param {number} [id]
 * @returns {ArrayBuffer}
 * @throws {Error} When its bytes did not come.
 */
function readBuffer(reader, tag, id) {
  const at = checked(tag, 'at', 'number');
  const size = checked(tag, 'size', 'number');
  if (size !== 0 && reader.bytes === null) {
    throw malformed(tag);
  }
  const buffer = size === 0
    ? TypedArrayPrototypeGetBuffer(new Uint8Array(0))
    : reader.bytes(at, size);
  return reader.named(buffer, id);
}

module.exports = { forgetBytes, readBuffer, takeBytes, writeBuffer };
