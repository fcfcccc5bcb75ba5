// SPDX-License-Identifier: LGPL-2.1-or-later

// The bytes of binary values and of long texts, on their way beside the JSON: the message names them
// by their place in the side area of its frame. ipc/mullion-wire.h says what that is.

'use strict';

const {
  ArrayBufferPrototypeGetByteLength,
  Error,
  RangeError,
  TypedArrayPrototypeGetBuffer,
  Uint8Array,
  Uint8ArrayFromBase64,
  btoa,
} = require('./primordials');
const { TextDecoder, TextDecoderDecode, TextEncoder, TextEncoderEncode } = require('./platform');
const { MAX_TEXT } = require('./values-text');
const { checked, malformed } = require('./values-check');

const ALIGNMENT = 8;
const LIMIT = 1024 * 1024 * 1024;

// C reads up to this.
const NUL = TypedArrayPrototypeGetBuffer(new Uint8Array(1));

let buffers = [];
let end = 0;
let textSize = 0;

// Made when the first long text comes.
let encoder = null;
let decoder = null;

/** Forgets what was gathered for a message that is not sent. */
function forgetBytes() {
  buffers = [];
  end = 0;
  textSize = 0;
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

// Gathers bytes, and gets where they will be.
function gather(buffer) {
  const size = ArrayBufferPrototypeGetByteLength(buffer);
  const at = end + ((ALIGNMENT - (end % ALIGNMENT)) % ALIGNMENT);
  if (at + size >= LIMIT) {
    throw new RangeError('Binary values of ' + (at + size) + ' bytes in one message are over the ' +
      'limit: they must have less than ' + LIMIT + ' bytes');
  }
  if (size > 0) {
    buffers[buffers.length] = buffer;
    end = at + size;
  }
  return '"at":' + at + ',"size":' + size + '}';
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
  writer.put('{"$mullion":"buffer",' + gather(buffer));
}

// An encoder of UTF-8 goes character by character; to base64 and back takes a quarter of that.
// null for what is not Latin-1, and where the engine has no base64 of bytes yet.
function latin1Bytes(text) {
  try {
    return Uint8ArrayFromBase64(btoa(text));
  } catch {
    return null;
  }
}

function utf8Bytes(text) {
  encoder ??= new TextEncoder();
  return TextEncoderEncode(encoder, text);
}

/**
 * Gathers the bytes of a text, and writes where they will be.
 *
 * @param {object} writer
 * @param {string} text One that UTF-8 and C can carry.
 * @throws {RangeError} When the texts of the message are too long.
 */
function writeText(writer, text) {
  const latin1 = latin1Bytes(text);
  const buffer = TypedArrayPrototypeGetBuffer(latin1 ?? utf8Bytes(text));
  textSize += ArrayBufferPrototypeGetByteLength(buffer);
  if (textSize > MAX_TEXT) {
    throw new RangeError('Texts of ' + textSize + ' bytes in one message are over the limit of ' +
      MAX_TEXT + ' bytes');
  }
  writer.put('{"$mullion":"text","latin1":' + (latin1 !== null) + ',' + gather(buffer));
  gather(NUL);
}

function readPlace(reader, tag) {
  const at = checked(tag, 'at', 'number');
  const size = checked(tag, 'size', 'number');
  if (size === 0) {
    return TypedArrayPrototypeGetBuffer(new Uint8Array(0));
  }
  if (reader.bytes === null) {
    throw malformed(tag);
  }
  return reader.bytes(at, size);
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
  return reader.named(readPlace(reader, tag), id);
}

/** Reads a text, which the main process made of a C string. */
function readText(reader, tag) {
  // What looks like a byte order mark is part of the text.
  decoder ??= new TextDecoder('utf-8', { __proto__: null, ignoreBOM: true });
  return TextDecoderDecode(decoder, readPlace(reader, tag));
}

module.exports = { forgetBytes, readBuffer, readText, takeBytes, writeBuffer, writeText };
