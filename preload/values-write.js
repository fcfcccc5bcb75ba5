// SPDX-License-Identifier: LGPL-2.1-or-later

// Writes values that plain JSON cannot say, after the rules of the structured clone algorithm: the
// text is built piece by piece, so that no toJSON and no patched prototype is ever asked.
//
// A tag is an object with the key `$mullion`. An object of the page with such a key is itself
// written as a tag, so nothing that a page says looks like one. docs/values.md lists them.
//
// References are found within one argument: each stays whole when main hands it on alone.
// Bytes of buffers and long texts are not in the JSON: they are gathered beside it, by values-bytes.js.

'use strict';

const {
  ArrayPrototypeJoin,
  BigIntPrototypeValueOf,
  BooleanPrototypeValueOf,
  DataViewPrototypeGetBuffer,
  DataViewPrototypeGetByteLength,
  DataViewPrototypeGetByteOffset,
  DatePrototypeGetTime,
  JSONStringify,
  MapPrototypeForEach,
  NumberPrototypeValueOf,
  ObjectKeys,
  RangeError,
  RegExpPrototypeGetFlags,
  RegExpPrototypeGetSource,
  SafeMap,
  SetPrototypeForEach,
  StringPrototypeValueOf,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteOffset,
  TypedArrayPrototypeGetLength,
} = require('./primordials');
const { TypedArrayGetTag } = require('./platform');
const { writeBuffer, writeText } = require('./values-bytes');
const { writeError, writeException } = require('./values-error');
const { WRITERS: PLATFORM } = require('./values-platform');
const { WRITERS: STREAMS } = require('./values-streams');
const { LONG_TEXT, checkLength, isSafeString, numberText, quote } = require('./values-text');
const { cloneError, isArrayBuffer, kindOf } = require('./values-kind');

// The wire reads 2000 levels of JSON; a message takes three of them for itself.
const MAX_LEVELS = 1900;

// The kinds that have files of their own.
const OTHERS = {
  ...PLATFORM,
  ...STREAMS,
  __proto__: null,
  Error: writeError,
  Exception: writeException,
};

class Writer {
  pieces = [];
  seen = null;
  ids = 0;
  deepest = 0;

  put(text) {
    this.pieces[this.pieces.length] = text;
  }

  value(value, level) {
    switch (typeof value) {
      case 'string':
        return this.text(value);
      case 'number':
        return this.put(numberText(value));
      case 'boolean':
        return this.put(value ? 'true' : 'false');
      case 'undefined':
        return this.put('{"$mullion":"undefined"}');
      case 'bigint':
        return this.put('{"$mullion":"bigint","value":"' + value + '"}');
      case 'object':
        return value === null ? this.put('null') : this.object(value, level);
      default:
        throw cloneError();
    }
  }

  text(text) {
    if (text.length < LONG_TEXT || !isSafeString(text)) {
      return this.put(quote(text));
    }
    checkLength(text);
    writeText(this, text);
  }

  // Each object leaves an empty piece before and after itself: when it is met again, the two become
  // the tag that names it.
  object(object, level) {
    const met = this.seen.get(object);
    if (met !== undefined) {
      this.name(met);
      return this.put('{"$mullion":"ref","id":' + met.id + '}');
    }
    if (level > MAX_LEVELS) {
      throw new RangeError('An object is nested too deeply to be sent.');
    }
    if (level > this.deepest) {
      this.deepest = level;
    }
    const record = { id: 0, start: this.pieces.length, end: 0 };
    this.seen.set(object, record);
    this.put('');
    const kind = kindOf(object);
    if (OTHERS[kind] === undefined) {
      this[kind](object, level);
    } else {
      OTHERS[kind](this, object, level);
    }
    record.end = this.pieces.length;
    this.put(record.id === 0 ? '' : '}');
  }

  name(record) {
    if (record.id !== 0) {
      return;
    }
    record.id = ++this.ids;
    this.pieces[record.start] = '{"$mullion":"ref","id":' + record.id + ',"value":';
    if (record.end !== 0) {
      this.pieces[record.end] = '}';
    }
  }

  members(object, keys, level) {
    this.put('[');
    for (let i = 0; i < keys.length; i++) {
      this.put((i === 0 ? '[' : ',[') + quote(keys[i]) + ',');
      this.value(object[keys[i]], level);
      this.put(']');
    }
    this.put(']}');
  }

  Object(object, level) {
    const keys = ObjectKeys(object);
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === '$mullion' || !isSafeString(keys[i])) {
        this.put('{"$mullion":"object","entries":');
        return this.members(object, keys, level + 3);
      }
    }
    this.put('{');
    for (let i = 0; i < keys.length; i++) {
      this.put((i === 0 ? '' : ',') + JSONStringify(keys[i]) + ':');
      this.value(object[keys[i]], level + 1);
    }
    this.put('}');
  }

  // The keys of an array without holes and named members are its indices, and the last key is the
  // last index.
  Array(array, level) {
    const { length } = array;
    const keys = ObjectKeys(array);
    if (keys.length !== length || (length > 0 && keys[length - 1] !== '' + (length - 1))) {
      this.put('{"$mullion":"array","length":' + length + ',"entries":');
      return this.members(array, keys, level + 3);
    }
    this.put('[');
    for (let i = 0; i < length; i++) {
      if (i > 0) {
        this.put(',');
      }
      this.value(array[i], level + 1);
    }
    this.put(']');
  }

  Map(map, level) {
    let separator = '[';
    this.put('{"$mullion":"map","entries":[');
    MapPrototypeForEach(map, (value, key) => {
      this.put(separator);
      this.value(key, level + 3);
      this.put(',');
      this.value(value, level + 3);
      this.put(']');
      separator = ',[';
    });
    this.put(']}');
  }

  Set(set, level) {
    let separator = '';
    this.put('{"$mullion":"set","values":[');
    SetPrototypeForEach(set, (value) => {
      this.put(separator);
      this.value(value, level + 2);
      separator = ',';
    });
    this.put(']}');
  }

  Date(date) {
    const time = DatePrototypeGetTime(date);
    this.put('{"$mullion":"date","value":' + (time === time ? time : 'null') + '}');
  }

  RegExp(regexp) {
    this.put('{"$mullion":"regexp","source":' + quote(RegExpPrototypeGetSource(regexp)) +
      ',"flags":"' + RegExpPrototypeGetFlags(regexp) + '"}');
  }

  boxed(value) {
    this.put('{"$mullion":"boxed","value":');
    this.value(value, 0);
    this.put('}');
  }

  Number(object) {
    this.boxed(NumberPrototypeValueOf(object));
  }

  String(object) {
    this.boxed(StringPrototypeValueOf(object));
  }

  Boolean(object) {
    this.boxed(BooleanPrototypeValueOf(object));
  }

  BigInt(object) {
    this.boxed(BigIntPrototypeValueOf(object));
  }

  ArrayBuffer(buffer) {
    writeBuffer(this, buffer);
  }

  // The whole buffer goes, as in a structured clone: two views of it stay views of one buffer.
  View(view, level) {
    const type = TypedArrayGetTag(view);
    const typed = type !== undefined;
    const buffer = typed ? TypedArrayPrototypeGetBuffer(view) : DataViewPrototypeGetBuffer(view);
    if (!isArrayBuffer(buffer)) {
      throw cloneError();
    }
    const offset = typed
      ? TypedArrayPrototypeGetByteOffset(view)
      : DataViewPrototypeGetByteOffset(view);
    const length = typed ? TypedArrayPrototypeGetLength(view) : DataViewPrototypeGetByteLength(view);
    this.put('{"$mullion":"view","type":"' + (typed ? type : 'DataView') + '","offset":' + offset +
      ',"length":' + length + ',"buffer":');
    this.value(buffer, level + 1);
    this.put('}');
  }
}

/**
 * Writes the arguments of a message with tags where JSON lacks a word.
 *
 * @param {any[]} args
 * @returns {string}
 */
function writeTagged(args) {
  const writer = new Writer();
  for (let i = 0; i < args.length; i++) {
    writer.seen = new SafeMap();
    writer.put(i === 0 ? '[' : ',');
    writer.value(args[i], 2);
  }
  // A name takes one more level, and in the worst case every object has one.
  if (writer.ids > 0 && writer.deepest * 2 > MAX_LEVELS) {
    throw new RangeError('An object is nested too deeply to be sent.');
  }
  return args.length === 0 ? '[]' : ArrayPrototypeJoin(writer.pieces, '') + ']';
}

module.exports = { MAX_LEVELS, writeTagged };
