// SPDX-License-Identifier: LGPL-2.1-or-later

// Bytes as base64 text and back. The engine's own Uint8Array methods do it where it has them
// (WebKit since 2.48); before that, btoa and atob do it piece by piece.

'use strict';

const {
  Error,
  ReflectApply,
  StringFromCharCode,
  StringPrototypeCharCodeAt,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetLength,
  TypedArrayPrototypeSubarray,
  Uint8Array,
  Uint8ArrayFromBase64,
  Uint8ArrayPrototypeToBase64,
  atob,
  btoa,
} = require('./primordials');

// A multiple of three, so that only the last piece is padded, and few enough arguments for a call.
const PIECE = 3 * 4096;

/**
 * @param {ArrayBuffer} buffer
 * @returns {string}
 */
function toBase64(buffer) {
  const bytes = new Uint8Array(buffer);
  if (Uint8ArrayPrototypeToBase64 !== undefined) {
    return Uint8ArrayPrototypeToBase64(bytes);
  }
  const length = TypedArrayPrototypeGetLength(bytes);
  let text = '';
  for (let i = 0; i < length; i += PIECE) {
    const piece = TypedArrayPrototypeSubarray(bytes, i, i + PIECE);
    text += btoa(ReflectApply(StringFromCharCode, undefined, piece));
  }
  return text;
}

/**
 * @param {string} text
 * @returns {ArrayBuffer}
 * @throws {Error} When the text is no base64.
 */
function fromBase64(text) {
  if (typeof text !== 'string') {
    throw new Error('The data of a buffer is no text');
  }
  if (Uint8ArrayFromBase64 !== undefined) {
    return TypedArrayPrototypeGetBuffer(Uint8ArrayFromBase64(text));
  }
  const units = atob(text);
  const bytes = new Uint8Array(units.length);
  for (let i = 0; i < units.length; i++) {
    bytes[i] = StringPrototypeCharCodeAt(units, i);
  }
  return TypedArrayPrototypeGetBuffer(bytes);
}

module.exports = { fromBase64, toBase64 };
