// SPDX-License-Identifier: LGPL-2.1-or-later

// Strings and numbers as JSON text. A string that UTF-8 and C cannot carry, one with half of a
// surrogate pair or a NUL, is written as a tag with %XXXX escapes, and a number that JSON cannot
// say as a tag with its name.

'use strict';

const {
  ArrayPrototypeJoin,
  JSONStringify,
  NumberParseInt,
  NumberPrototypeToString,
  RangeError,
  RegExpPrototypeExec,
  StringFromCharCode,
  StringPrototypeCharCodeAt,
  StringPrototypeCodePointAt,
  StringPrototypeIncludes,
  StringPrototypeIndexOf,
  StringPrototypeIsWellFormed,
  StringPrototypePadStart,
  StringPrototypeSlice,
} = require('./primordials');

// What the wire takes in one frame (ipc/mullion-wire.h). A text that cannot go is refused before it
// is copied a few times.
const MAX_TEXT = 128 * 1024 * 1024;

// From this length on a text goes beside the JSON, which is faster: app/host/mullion-long-text.c.
const LONG_TEXT = 4096;

const FOUR_DIGITS = /^[0-9a-f]{4}$/;

const isSafeString = (text) =>
  StringPrototypeIsWellFormed(text) && !StringPrototypeIncludes(text, '\0');

// Escapes what no C string and no UTF-8 holds, and the sign of the escapes.
const isEscaped = (text, i) => {
  const unit = StringPrototypeCharCodeAt(text, i);
  if (unit < 0xd800 || unit > 0xdfff) {
    return unit === 0 || unit === 0x25;
  }
  return StringPrototypeCodePointAt(text, i) === unit &&
    (unit < 0xdc00 || i === 0 || StringPrototypeCodePointAt(text, i - 1) <= 0xffff);
};

function escapeString(text) {
  const pieces = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (isEscaped(text, i)) {
      const unit = NumberPrototypeToString(StringPrototypeCharCodeAt(text, i), 16);
      pieces[pieces.length] = StringPrototypeSlice(text, start, i);
      pieces[pieces.length] = '%' + StringPrototypePadStart(unit, 4, '0');
      start = i + 1;
    }
  }
  pieces[pieces.length] = StringPrototypeSlice(text, start);
  return ArrayPrototypeJoin(pieces, '');
}

function checkLength(text) {
  if (text.length > MAX_TEXT) {
    throw new RangeError('A string of ' + text.length + ' characters is over the limit of ' +
      MAX_TEXT + ' characters');
  }
}

function quote(text) {
  checkLength(text);
  return isSafeString(text)
    ? JSONStringify(text)
    : '{"$mullion":"string","value":' + JSONStringify(escapeString(text)) + '}';
}

function numberText(value) {
  if (value - value === 0 && (value !== 0 || 1 / value > 0)) {
    return '' + value;
  }
  return '{"$mullion":"number","value":"' + (value === 0 ? '-0' : '' + value) + '"}';
}

/**
 * The way back of the escapes.
 *
 * @param {string} text
 * @returns {string|undefined} Undefined when an escape is none.
 */
function unescapeString(text) {
  const pieces = [];
  let start = 0;
  for (let i = StringPrototypeIndexOf(text, '%'); i >= 0;
    i = StringPrototypeIndexOf(text, '%', start)) {
    const unit = StringPrototypeSlice(text, i + 1, i + 5);
    if (RegExpPrototypeExec(FOUR_DIGITS, unit) === null) {
      return undefined;
    }
    pieces[pieces.length] = StringPrototypeSlice(text, start, i);
    pieces[pieces.length] = StringFromCharCode(NumberParseInt(unit, 16));
    start = i + 5;
  }
  pieces[pieces.length] = StringPrototypeSlice(text, start);
  return ArrayPrototypeJoin(pieces, '');
}

module.exports = {
  LONG_TEXT, MAX_TEXT, checkLength, isSafeString, numberText, quote, unescapeString,
};
