// SPDX-License-Identifier: LGPL-2.1-or-later

// Strings and numbers as JSON text. A string that UTF-8 and C cannot carry, one with half of a
// surrogate pair or a NUL, is written as a tag with %XXXX escapes, and a number that JSON cannot
// say as a tag with its name.

'use strict';

const {
  JSONStringify,
  NumberParseInt,
  NumberPrototypeToString,
  StringFromCharCode,
  StringPrototypeCharCodeAt,
  StringPrototypeIncludes,
  StringPrototypeIsWellFormed,
  StringPrototypePadStart,
  StringPrototypeSlice,
} = require('./primordials');

const isSafeString = (text) =>
  StringPrototypeIsWellFormed(text) && !StringPrototypeIncludes(text, '\0');

function escapeString(text) {
  let escaped = '';
  for (let i = 0; i < text.length; i++) {
    const unit = StringPrototypeCharCodeAt(text, i);
    // Each half of a pair is escaped too: that is longer, and needs no look at its neighbour.
    if (unit === 0 || unit === 0x25 || (unit >= 0xd800 && unit <= 0xdfff)) {
      escaped += '%' + StringPrototypePadStart(NumberPrototypeToString(unit, 16), 4, '0');
    } else {
      escaped += text[i];
    }
  }
  return escaped;
}

const quote = (text) => (isSafeString(text)
  ? JSONStringify(text)
  : '{"$mullion":"string","value":' + JSONStringify(escapeString(text)) + '}');

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
 * @returns {string|undefined} Undefined when an escape has no number.
 */
function unescapeString(text) {
  let plain = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '%') {
      const unit = NumberParseInt(StringPrototypeSlice(text, i + 1, i + 5), 16);
      if (unit !== unit) {
        return undefined;
      }
      plain += StringFromCharCode(unit);
      i += 4;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

module.exports = { isSafeString, numberText, quote, unescapeString };
