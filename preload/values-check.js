// SPDX-License-Identifier: LGPL-2.1-or-later

// What the readers of tags share: a tag is JSON from another process, and each member of it is
// looked at before it is used.

'use strict';

const {
  ArrayBufferPrototypeGetByteLength,
  ArrayIsArray,
  Error,
  ObjectDefineProperty,
  ObjectHasOwn,
} = require('./primordials');

const malformed = (tag) => new Error("Malformed value of type '" + tag.$mullion + "'");

/**
 * Gets a member of a tag.
 *
 * @param {object} tag
 * @param {string} name
 * @param {string} type What typeof says of the member, or 'array'.
 * @returns {any}
 * @throws {Error} When the tag has no such member, or one of another type.
 */
function checked(tag, name, type) {
  const value = ObjectHasOwn(tag, name) ? tag[name] : undefined;
  if (value === null || (type === 'array' ? !ArrayIsArray(value) : typeof value !== type)) {
    throw malformed(tag);
  }
  return value;
}

/**
 * Gets a member of a tag that is a string, as JSON or as a tag of its own.
 *
 * @param {object} reader
 * @param {object} tag
 * @param {string} name
 * @returns {string}
 * @throws {Error} When the tag has no such member, or one of another type.
 */
function checkedText(reader, tag, name) {
  const text = reader.value(ObjectHasOwn(tag, name) ? tag[name] : null);
  if (typeof text !== 'string') {
    throw malformed(tag);
  }
  return text;
}

/** Gives an object a property, whatever setters its prototypes have. */
function define(object, key, value, enumerable) {
  ObjectDefineProperty(object, key, {
    __proto__: null,
    configurable: true,
    enumerable,
    value,
    writable: true,
  });
}

/** Tells whether a value is an ArrayBuffer, by what it is and not by what it says. */
function isArrayBuffer(value) {
  try {
    ArrayBufferPrototypeGetByteLength(value);
    return true;
  } catch {
    return false;
  }
}

module.exports = { checked, checkedText, define, isArrayBuffer, malformed };
