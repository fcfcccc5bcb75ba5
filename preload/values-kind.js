// SPDX-License-Identifier: LGPL-2.1-or-later

// Tells what kind of object a value is, by what it is and not by what it says: a class that calls
// itself a Map is none. The name of the kind is the name of the method that writes it.

'use strict';

const {
  ArrayBufferIsView,
  ArrayBufferPrototypeGetByteLength,
  ArrayBufferPrototypeGetDetached,
  ArrayIsArray,
  BigIntPrototypeValueOf,
  BooleanPrototypeValueOf,
  DatePrototypeGetTime,
  Error,
  Map,
  MapPrototypeGetSize,
  NumberPrototypeValueOf,
  Object,
  ObjectGetPrototypeOf,
  ObjectPrototypeToString,
  ReflectSetPrototypeOf,
  RegExpPrototypeGetSource,
  Set,
  SetPrototypeGetSize,
  StringPrototypeValueOf,
  Symbol,
  structuredClone,
} = require('./primordials');
const { ErrorIsError } = require('./platform');
const { isArrayBuffer } = require('./values-check');
const { isException } = require('./values-error');
const { kindOfClone } = require('./values-platform');
const { kindOfStream } = require('./values-streams');

const { prototype: MapPrototype } = Map;
const { prototype: ObjectPrototype } = Object;
const { prototype: SetPrototype } = Set;
const { toStringTag } = Symbol;

const cloneError = () => new Error('An object could not be cloned.');

/**
 * Tells whether an object is a Proxy, without a trace.
 *
 * No object may become its own prototype, so that an ordinary object refuses. A Proxy passes the
 * call on to its target, for which the Proxy is another object: there it succeeds, and is undone. A
 * frozen target refuses as well, and its Proxy is taken for what it shows.
 *
 * @param {object} object
 * @returns {boolean}
 */
function isProxy(object) {
  try {
    const prototype = ObjectGetPrototypeOf(object);
    if (!ReflectSetPrototypeOf(object, object)) {
      return false;
    }
    ReflectSetPrototypeOf(object, prototype);
    return true;
  } catch {
    return true;
  }
}

// A getter of a class's own internal slot answers for its kind only, and throws for all others.
function hasSlot(getter, object) {
  try {
    getter(object);
    return true;
  } catch {
    return false;
  }
}

const SLOTS = [
  ['Map', MapPrototypeGetSize],
  ['Set', SetPrototypeGetSize],
  ['ArrayBuffer', ArrayBufferPrototypeGetByteLength],
  ['Date', DatePrototypeGetTime],
  ['RegExp', RegExpPrototypeGetSource],
  ['BigInt', BigIntPrototypeValueOf],
  ['Number', NumberPrototypeValueOf],
  ['String', StringPrototypeValueOf],
  ['Boolean', BooleanPrototypeValueOf],
];

// A buffer whose bytes were transferred elsewhere has none to send.
function checkAttached(kind, object) {
  if (kind === 'ArrayBuffer' && ArrayBufferPrototypeGetDetached?.(object) === true) {
    throw cloneError();
  }
  return kind;
}

// What says its own name with Symbol.toStringTag is either a built-in object, an instance of a
// class that an app wrote, or an object of the platform or with hidden state (a Blob, a promise, a
// DOM node). The engine's own clone tells the last two apart: its prototype is nobody's choice.
function kindBySlot(object) {
  const prototype = ObjectGetPrototypeOf(object);
  if (prototype === MapPrototype && hasSlot(MapPrototypeGetSize, object)) {
    return 'Map';
  }
  if (prototype === SetPrototype && hasSlot(SetPrototypeGetSize, object)) {
    return 'Set';
  }
  if (ArrayBufferIsView(object)) {
    return 'View';
  }
  if (ErrorIsError(object)) {
    return isException(object) ? 'Exception' : 'Error';
  }
  for (let i = 0; i < SLOTS.length; i++) {
    if (hasSlot(SLOTS[i][1], object)) {
      return checkAttached(SLOTS[i][0], object);
    }
  }
  if (prototype === ObjectPrototype || prototype === null) {
    return 'Object';
  }
  const stream = kindOfStream(object);
  if (stream !== undefined) {
    return stream;
  }
  let clone = null;
  try {
    clone = structuredClone(object);
  } catch {
    throw cloneError();
  }
  const clonePrototype = ObjectGetPrototypeOf(clone);
  const kind = clonePrototype === ObjectPrototype ? 'Object' : kindOfClone(clonePrototype);
  if (kind === undefined) {
    throw cloneError();
  }
  return kind;
}

const KINDS = {
  __proto__: null,
  '[object Object]': 'Object',
  '[object Arguments]': 'Object',
  '[object Date]': 'Date',
  '[object RegExp]': 'RegExp',
  '[object Error]': 'Error',
  '[object Number]': 'Number',
  '[object String]': 'String',
  '[object Boolean]': 'Boolean',
};

/**
 * @param {object} object
 * @returns {string} Array, Object, Map, Set, Date, RegExp, Error, Exception, View, ArrayBuffer, or
 *   the name of a boxed primitive or of a class of the platform.
 * @throws {Error} `An object could not be cloned.` for everything else.
 */
function kindOf(object) {
  if (isProxy(object)) {
    throw cloneError();
  }
  if (ArrayIsArray(object)) {
    return 'Array';
  }
  if (toStringTag in object) {
    return kindBySlot(object);
  }
  return KINDS[ObjectPrototypeToString(object)] ?? kindBySlot(object);
}

module.exports = { cloneError, isArrayBuffer, isProxy, kindOf };
