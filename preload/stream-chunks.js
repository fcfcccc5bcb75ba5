// SPDX-License-Identifier: LGPL-2.1-or-later

// What goes through a stream that crosses: bytes, and in the end perhaps an error.

'use strict';

const {
  ArrayBufferIsView,
  ArrayBufferPrototypeGetByteLength,
  DataViewPrototypeGetBuffer,
  DataViewPrototypeGetByteLength,
  DataViewPrototypeGetByteOffset,
  JSONParse,
  String,
  TypeError,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetByteOffset,
} = require('./primordials');
const { DOMException, ErrorIsError, TypedArrayGetTag } = require('./platform');
const { remoteError } = require('./remote-error');
const { TextEncoder, TextEncoderEncode } = require('./streams-platform');
const { isArrayBuffer } = require('./values-check');
const { ERROR_CLASSES } = require('./values-error');

const encoder = new TextEncoder();

const refused = () => new TypeError('A stream that leaves the page carries bytes: a chunk must be ' +
  'a Uint8Array or another view, an ArrayBuffer or a string');

function bytesOfView(view) {
  if (TypedArrayGetTag(view) === undefined) {
    return {
      at: DataViewPrototypeGetByteOffset(view),
      buffer: DataViewPrototypeGetBuffer(view),
      size: DataViewPrototypeGetByteLength(view),
    };
  }
  return {
    at: TypedArrayPrototypeGetByteOffset(view),
    buffer: TypedArrayPrototypeGetBuffer(view),
    size: TypedArrayPrototypeGetByteLength(view),
  };
}

/**
 * Tells which bytes a chunk is.
 *
 * @param {any} chunk A string is its UTF-8.
 * @returns {{buffer: ArrayBuffer, at: number, size: number}}
 * @throws {TypeError} When it is no such thing.
 */
function bytesOf(chunk) {
  if (typeof chunk === 'string') {
    return bytesOfView(TextEncoderEncode(encoder, chunk));
  }
  if (ArrayBufferIsView(chunk)) {
    const bytes = bytesOfView(chunk);
    if (isArrayBuffer(bytes.buffer)) {
      return bytes;
    }
  } else if (isArrayBuffer(chunk)) {
    return { at: 0, buffer: chunk, size: ArrayBufferPrototypeGetByteLength(chunk) };
  }
  throw refused();
}

// C keeps text that ends at U+0000.
const safeText = (text) => {
  let safe = '';
  for (let i = 0; i < text.length; i++) {
    safe += text[i] === '\0' ? '\ufffd' : text[i];
  }
  return safe;
};

/**
 * What C is told of a reason, which may be anything.
 *
 * @param {any} reason
 * @returns {{name: string, message: string}}
 */
function describeReason(reason) {
  try {
    if (ErrorIsError(reason) || (typeof reason === 'object' && reason !== null)) {
      const { message, name } = reason;
      return {
        message: safeText(String(message ?? '')),
        name: typeof name === 'string' ? safeText(name) : 'Error',
      };
    }
    const message = reason === undefined ? 'no reason was given' : safeText(String(reason));
    return { message, name: 'Error' };
  } catch {
    return { message: 'a reason that cannot be shown', name: 'Error' };
  }
}

/**
 * Makes the error that the other end of a stream said.
 *
 * @param {string} text JSON: message, and where there are such, name, domain and code.
 * @returns {Error}
 */
function readFailure(text) {
  const { code, domain, message, name } = JSONParse(text) ?? { message: 'The stream is over' };
  if (domain !== undefined) {
    return remoteError('', [message, domain, code]);
  }
  if (name === undefined || ERROR_CLASSES[name] !== undefined) {
    return new (ERROR_CLASSES[name ?? 'Error'])(message);
  }
  return new DOMException(message, name);
}

module.exports = { bytesOf, describeReason, readFailure };
