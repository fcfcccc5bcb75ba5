// SPDX-License-Identifier: LGPL-2.1-or-later

// Reads the values of a message. The text may be any JSON: a tag that is unknown or malformed is an
// Error, and a key never becomes a prototype. Objects and arrays are those that JSON.parse made;
// only tags are replaced, in place, by what they mean (values-write.js lists them).

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
  ObjectDefineProperty,
  ObjectHasOwn,
  ObjectKeys,
  RangeError,
  RegExp,
  SafeMap,
  Set,
  SetPrototypeAdd,
  StringPrototypeIncludes,
  SyntaxError,
  TypeError,
  Uint8Array,
} = require('./primordials');
const {
  BigInt64Array,
  BigUint64Array,
  EvalError,
  Float32Array,
  Float64Array,
  Int16Array,
  Int32Array,
  Int8Array,
  ReferenceError,
  URIError,
  Uint16Array,
  Uint32Array,
  Uint8ClampedArray,
} = require('./platform');
const { fromBase64 } = require('./base64');
const { unescapeString } = require('./values-text');
const { isArrayBuffer } = require('./values-kind');

const ERRORS = {
  __proto__: null,
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

const VIEWS = {
  __proto__: null,
  BigInt64Array,
  BigUint64Array,
  DataView,
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

const NUMBERS = { __proto__: null, NaN: NaN, Infinity: Infinity, '-Infinity': -Infinity, '-0': -0 };

const malformed = (tag) => new Error("Malformed value of type '" + tag.$mullion + "'");

function checked(tag, name, type) {
  const value = ObjectHasOwn(tag, name) ? tag[name] : undefined;
  if (type === 'array' ? !ArrayIsArray(value) : typeof value !== type) {
    throw malformed(tag);
  }
  return value;
}

function define(object, key, value, enumerable) {
  ObjectDefineProperty(object, key, {
    __proto__: null,
    configurable: true,
    enumerable,
    value,
    writable: true,
  });
}

class Reader {
  names = new SafeMap();

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

function readError(reader, tag, id) {
  const name = checked(tag, 'name', 'string');
  if (ERRORS[name] === undefined) {
    throw malformed(tag);
  }
  const message = ObjectHasOwn(tag, 'message') ? reader.value(tag.message) : undefined;
  const stack = ObjectHasOwn(tag, 'stack') ? reader.value(tag.stack) : '';
  const Class = ERRORS[name];
  const error = reader.named(message === undefined ? new Class() : new Class(message), id);
  define(error, 'stack', stack, false);
  if (ObjectHasOwn(tag, 'cause')) {
    define(error, 'cause', reader.value(tag.cause), false);
  }
  return error;
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
  const text = unescapeString(checked(tag, 'value', 'string'));
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
  const time = tag.value === null ? NaN : checked(tag, 'value', 'number');
  return reader.named(new Date(time), id);
}

function readRegExp(reader, tag, id) {
  const source = reader.value(tag.source);
  if (typeof source !== 'string') {
    throw malformed(tag);
  }
  return reader.named(new RegExp(source, checked(tag, 'flags', 'string')), id);
}

function readArray(reader, tag, id) {
  const array = [];
  array.length = checked(tag, 'length', 'number');
  return reader.entries(tag, reader.named(array, id), putInObject);
}

const TAGS = {
  __proto__: null,
  array: readArray,
  bigint: (reader, tag) => BigInt(checked(tag, 'value', 'string')),
  boxed: (reader, tag, id) => reader.named(Object(reader.value(tag.value)), id),
  buffer: (reader, tag, id) => reader.named(fromBase64(tag.data), id),
  date: readDate,
  error: readError,
  map: (reader, tag, id) => reader.entries(tag, reader.named(new Map(), id), putInMap),
  number: readNumber,
  object: (reader, tag, id) => reader.entries(tag, reader.named({}, id), putInObject),
  ref: readRef,
  regexp: readRegExp,
  set: readSet,
  string: readString,
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
 * @returns {any}
 * @throws {Error} When a tag is unknown or malformed.
 */
function revive(value) {
  return new Reader().value(value);
}

module.exports = { parse, revive };
