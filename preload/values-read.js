// SPDX-License-Identifier: LGPL-2.1-or-later

// Reads the values of a message. The text may be any JSON: a tag that is unknown or malformed is an
// Error, and a key never becomes a prototype. Objects and arrays are those that JSON.parse made;
// only tags are replaced, in place, by what they mean (docs/values.md lists them).

'use strict';

const {
  ArrayIsArray,
  BigInt,
  DataView,
  Date,
  Error,
  JSONParse,
  Map,
  MapPrototypeSet,
  Object,
  ObjectHasOwn,
  ObjectKeys,
  RegExp,
  RegExpPrototypeExec,
  SafeMap,
  Set,
  SetPrototypeAdd,
  StringPrototypeIncludes,
  Uint8Array,
} = require('./primordials');
const {
  BigInt64Array,
  BigUint64Array,
  Float16Array,
  Float32Array,
  Float64Array,
  Int16Array,
  Int32Array,
  Int8Array,
  Uint16Array,
  Uint32Array,
  Uint8ClampedArray,
} = require('./platform');
const { readBuffer, readText } = require('./values-bytes');
const { unescapeString } = require('./values-text');
const { checked, checkedText, define, isArrayBuffer, malformed } = require('./values-check');
const { readError, readException } = require('./values-error');
const { READERS: PLATFORM } = require('./values-platform');
const { READERS: STREAMS } = require('./values-streams');

const VIEWS = {
  __proto__: null,
  BigInt64Array,
  BigUint64Array,
  DataView,
  Float16Array,
  Float32Array,
  Float64Array,
  Int16Array,
  Int32Array,
  Int8Array,
  Uint16Array,
  Uint32Array,
  Uint8Array,
  Uint8ClampedArray,
};

const DIGITS = /^-?[0-9]+$/;

const NUMBERS = { __proto__: null, NaN: NaN, Infinity: Infinity, '-Infinity': -Infinity, '-0': -0 };

class Reader {
  names = new SafeMap();

  constructor(bytes, streams) {
    this.bytes = bytes;
    this.streams = streams;
  }

  value(value, id) {
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    if (ArrayIsArray(value)) {
      return this.items(this.named(value, id));
    }
    if (ObjectHasOwn(value, '$mullion')) {
      return this.tag(value, id);
    }
    return this.members(this.named(value, id));
  }

  // An object has its name before its members are read: they may mean it.
  named(object, id) {
    if (id !== undefined) {
      this.names.set(id, object);
    }
    return object;
  }

  items(array) {
    for (let i = 0; i < array.length; i++) {
      const item = array[i];
      if (typeof item === 'object' && item !== null) {
        array[i] = this.value(item);
      }
    }
    return array;
  }

  // Each key is an own property of what JSON.parse made, `__proto__` too, so that to assign is safe.
  members(object) {
    const keys = ObjectKeys(object);
    for (let i = 0; i < keys.length; i++) {
      const item = object[keys[i]];
      if (typeof item === 'object' && item !== null) {
        object[keys[i]] = this.value(item);
      }
    }
    return object;
  }

  tag(tag, id) {
    const read = TAGS[tag.$mullion];
    if (typeof tag.$mullion !== 'string' || read === undefined) {
      throw new Error('A value is of a type that is not known');
    }
    return read(this, tag, id);
  }

  entries(tag, target, put) {
    const entries = checked(tag, 'entries', 'array');
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i];
      if (!ArrayIsArray(entry) || entry.length !== 2) {
        throw malformed(tag);
      }
      put(target, this.value(entry[0]), this.value(entry[1]), tag);
    }
    return target;
  }
}

const putInMap = (map, key, value) => MapPrototypeSet(map, key, value);

function putInObject(object, key, value, tag) {
  if (typeof key !== 'string' || (ArrayIsArray(object) && key === 'length')) {
    throw malformed(tag);
  }
  define(object, key, value, true);
}

function readSet(reader, tag, id) {
  const values = checked(tag, 'values', 'array');
  const set = reader.named(new Set(), id);
  for (let i = 0; i < values.length; i++) {
    SetPrototypeAdd(set, reader.value(values[i]));
  }
  return set;
}

function readView(reader, tag, id) {
  const Class = VIEWS[checked(tag, 'type', 'string')];
  const offset = checked(tag, 'offset', 'number');
  const length = checked(tag, 'length', 'number');
  const buffer = reader.value(checked(tag, 'buffer', 'object'));
  if (Class === undefined || !isArrayBuffer(buffer)) {
    throw malformed(tag);
  }
  return reader.named(new Class(buffer, offset, length), id);
}

function readRef(reader, tag) {
  const id = checked(tag, 'id', 'number');
  if (ObjectHasOwn(tag, 'value')) {
    return reader.value(tag.value, id);
  }
  if (!reader.names.has(id)) {
    throw new Error('A value means an object that is not there');
  }
  return reader.names.get(id);
}

function readString(reader, tag) {
  const text = unescapeString(checkedText(reader, tag, 'value'));
  if (text === undefined) {
    throw malformed(tag);
  }
  return text;
}

function readNumber(reader, tag) {
  const name = checked(tag, 'value', 'string');
  if (NUMBERS[name] === undefined) {
    throw malformed(tag);
  }
  return NUMBERS[name];
}

function readDate(reader, tag, id) {
  const isInvalid = ObjectHasOwn(tag, 'value') && tag.value === null;
  const time = isInvalid ? NaN : checked(tag, 'value', 'number');
  return reader.named(new Date(time), id);
}

function readRegExp(reader, tag, id) {
  const source = checkedText(reader, tag, 'source');
  return reader.named(new RegExp(source, checked(tag, 'flags', 'string')), id);
}

function readArray(reader, tag, id) {
  const array = [];
  array.length = checked(tag, 'length', 'number');
  return reader.entries(tag, reader.named(array, id), putInObject);
}

function readBoxed(reader, tag, id) {
  const value = reader.value(ObjectHasOwn(tag, 'value') ? tag.value : null);
  if (value === undefined || typeof value === 'object') {
    throw malformed(tag);
  }
  return reader.named(Object(value), id);
}

function readBigInt(reader, tag) {
  const digits = checkedText(reader, tag, 'value');
  if (RegExpPrototypeExec(DIGITS, digits) === null) {
    throw malformed(tag);
  }
  return BigInt(digits);
}

const TAGS = {
  ...PLATFORM,
  ...STREAMS,
  __proto__: null,
  array: readArray,
  bigint: readBigInt,
  boxed: readBoxed,
  buffer: readBuffer,
  date: readDate,
  error: readError,
  exception: readException,
  map: (reader, tag, id) => reader.entries(tag, reader.named(new Map(), id), putInMap),
  number: readNumber,
  object: (reader, tag, id) => reader.entries(tag, reader.named({}, id), putInObject),
  ref: readRef,
  regexp: readRegExp,
  set: readSet,
  string: readString,
  text: readText,
  undefined: () => undefined,
  view: readView,
};

/**
 * Parses JSON text.
 *
 * @param {string} text
 * @returns {{value: any, tagged: boolean}} `tagged` says whether revive() may have work to do.
 */
function parse(text) {
  return { value: JSONParse(text), tagged: StringPrototypeIncludes(text, '"$mullion"') };
}

/**
 * Replaces the tags in what JSON.parse made by what they mean. The value itself may be changed.
 *
 * @param {any} value
 * @param {(function(number, number): ArrayBuffer)|null} bytes Reads a binary value: where it begins
 *   in the side area, and its size.
 * @param {(function(number, string): any)|null} [streams] Makes a stream: the place of its socket, and
 *   the type of its tag. undefined when there is no such socket.
 * @returns {any}
 * @throws {Error} When a tag is unknown or malformed.
 */
function revive(value, bytes, streams = null) {
  return new Reader(bytes, streams).value(value);
}

module.exports = { parse, revive };
