// SPDX-License-Identifier: LGPL-2.1-or-later

// What ipcRenderer says to arguments that do not fit: Electron's texts, where Electron has one.

'use strict';

const { ArrayIsArray, String, TypeError } = require('./primordials');

// Electron's text for an argument of the wrong type.
const conversionError = (index, value) => new TypeError('Error processing argument at index ' +
  index + ', conversion failure from ' + describe(value));

function describe(value) {
  try {
    return typeof value === 'object' && value !== null
      ? (ArrayIsArray(value) ? '' + value : '#<' + nameOfClass(value) + '>')
      : String(value);
  } catch {
    return typeof value;
  }
}

function nameOfClass(object) {
  const { constructor } = object;
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'Object';
}

module.exports = { conversionError };
