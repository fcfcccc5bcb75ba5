// SPDX-License-Identifier: LGPL-2.1-or-later

// The values of a message, as JSON text. Plain data is checked by one walk and then written by
// JSON.stringify itself; everything else goes to values-write.js, which says with tags what JSON
// cannot say. The way back is values-read.js.
//
// The walk promises JSON.stringify three things: it loses nothing, it reaches no toJSON, and it
// meets no object twice. An accessor is read by the walk and again by JSON.stringify: what the
// second reading gives is what is sent.

'use strict';

const {
  ArrayIsArray,
  JSONStringify,
  Object,
  ObjectGetPrototypeOf,
  ObjectKeys,
  RangeError,
  SafeSet,
  StringPrototypeIncludes,
  structuredClone,
} = require('./primordials');
const { isProxy } = require('./values-kind');
const { LONG_TEXT, MAX_TEXT } = require('./values-text');
const { MAX_LEVELS, writeTagged } = require('./values-write');
const { forgetBytes } = require('./values-bytes');
const { forgetStreams } = require('./values-streams');
const { parse, revive } = require('./values-read');

// Up to this many objects are compared one by one: for a small message that is far cheaper than a
// Set.
const FEW = 16;

// From this length on the members of an array of numbers are counted on a copy of it.
const LONG_ARRAY = 64;

const { prototype: ObjectPrototype } = Object;

const few = [];
let count = 0;
let many = null;

function isNew(object) {
  if (many !== null) {
    many.add(object);
    return many.size === ++count;
  }
  for (let i = 0; i < count; i++) {
    if (few[i] === object) {
      return false;
    }
  }
  if (count === FEW) {
    many = new SafeSet();
    for (let i = 0; i < FEW; i++) {
      many.add(few[i]);
    }
    many.add(object);
    count++;
  } else {
    few[count++] = object;
  }
  return true;
}

function forget() {
  for (let i = 0; i < count && i < FEW; i++) {
    few[i] = null;
  }
  count = 0;
  many = null;
}

// NaN and the infinities differ from themselves when subtracted; -0 is found by its reciprocal.
const isPlainNumber = (value) => value - value === 0 && (value !== 0 || 1 / value > 0);

function isPlain(value, level) {
  switch (typeof value) {
    case 'string':
      return value.length < LONG_TEXT;
    case 'boolean':
      return true;
    case 'number':
      return isPlainNumber(value);
    case 'object':
      return value === null || isPlainObject(value, level);
    default:
      return false;
  }
}

function isPlainObject(object, level) {
  if (level > MAX_LEVELS || 'toJSON' in object || !isNew(object) || isProxy(object)) {
    return false;
  }
  if (ArrayIsArray(object)) {
    return isPlainArray(object, level);
  }
  const prototype = ObjectGetPrototypeOf(object);
  if (prototype !== ObjectPrototype && prototype !== null) {
    return false;
  }
  // This also walks what somebody put on Object.prototype: it can only be too careful.
  for (const key in object) {
    const item = object[key];
    if (typeof item === 'string' ? item.length >= LONG_TEXT : !isPlain(item, level + 1)) {
      return false;
    }
  }
  return true;
}

// An array may have named members, as the result of a RegExp match does, which JSON would drop.
// They come after the items. To walk past the items makes a string of each index, which for numbers
// takes longer than to write them; a copy of numbers is quickly made, and its items are ours to
// drop.
function hasNamedMembers(array, isOfNumbers) {
  const { length } = array;
  if (isOfNumbers && length > LONG_ARRAY) {
    try {
      const copy = structuredClone(array);
      copy.length = 0;
      return ObjectKeys(copy).length > 0;
    } catch {
      return true;
    }
  }
  let members = 0;
  for (const key in array) {
    members++;
  }
  return members !== length;
}

function isPlainArray(array, level) {
  const { length } = array;
  let numbers = 0;
  for (let i = 0; i < length; i++) {
    const item = array[i];
    // Long arrays are mostly numbers and strings: spare those the call.
    if (typeof item === 'number') {
      if (item - item !== 0 || (item === 0 && 1 / item < 0)) {
        return false;
      }
      numbers++;
    } else if (typeof item === 'string' ? item.length >= LONG_TEXT : !isPlain(item, level + 1)) {
      return false;
    }
  }
  return level === 1 || !hasNamedMembers(array, numbers === length);
}

// What C strings cannot carry shows in the text as an escape, and what looks like a tag shows as
// itself. A false alarm costs time only: writeTagged() looks at each string and key.
function isSafeText(text) {
  if (StringPrototypeIncludes(text, '$mullion')) {
    return false;
  }
  return !StringPrototypeIncludes(text, '\\u') ||
    (!StringPrototypeIncludes(text, '\\u0000') && !StringPrototypeIncludes(text, '\\ud'));
}

/**
 * Writes the arguments of a message as the JSON text of an array. takeBytes() of values-bytes.js and
 * takeStreams() of values-streams.js then have what goes beside it.
 *
 * @param {any[]} args An array that the caller made: its members are the arguments.
 * @returns {string}
 * @throws {Error} `An object could not be cloned.` for a function, a symbol, a promise, a DOM node
 *   and the like; a RangeError for what is nested too deeply or too long; whatever an accessor
 *   throws.
 */
function encode(args) {
  let plain = false;
  forgetBytes();
  forgetStreams();
  try {
    plain = isPlain(args, 1);
  } finally {
    forget();
  }
  let text = plain ? JSONStringify(args) : '';
  if (!plain || !isSafeText(text)) {
    text = writeTagged(args);
  }
  if (text.length > MAX_TEXT) {
    throw new RangeError('A message of ' + text.length + ' characters is over the limit of ' +
      MAX_TEXT + ' characters');
  }
  return text;
}

/**
 * Reads what encode() wrote, or any JSON.
 *
 * @param {string} text
 * @returns {any[]}
 * @throws {Error} When the text is no JSON or has a tag that is unknown or malformed.
 */
function decode(text) {
  const { value, tagged } = parse(text);
  return tagged ? revive(value, null) : value;
}

module.exports = { encode, decode, parse, revive };
