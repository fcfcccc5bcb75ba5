// SPDX-License-Identifier: LGPL-2.1-or-later

// What ipcRenderer says to arguments that do not fit: Electron's texts, where Electron has one.

'use strict';

const { ArrayIsArray, Error, String, TypeError } = require('./primordials');
const { isMessagePort } = require('./immediate');

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

// Ports are for a later version. What is no port at all is the caller's mistake, in Electron's words.
function checkTransfer(transfer) {
  if (transfer === undefined) {
    return;
  }
  if (!ArrayIsArray(transfer)) {
    throw new TypeError('Invalid value for transfer');
  }
  for (let i = 0; i < transfer.length; i++) {
    if (!isMessagePort(transfer[i])) {
      throw new TypeError('Invalid value for transfer');
    }
  }
  if (transfer.length > 0) {
    throw new Error('Message ports are not supported yet');
  }
}

module.exports = { checkTransfer, conversionError };
