// SPDX-License-Identifier: LGPL-2.1-or-later

// webUtils: Electron's helpers for objects of the web platform.

'use strict';

const { Error, TypeError } = require('./primordials');
const { FileGetName } = require('./platform');

/**
 * Electron's way from a File to its path. WebKit keeps the paths of the files that a user chose
 * from the web process, and so from here.
 *
 * @param {File} file
 * @throws {TypeError} When it is given no File.
 * @throws {Error} Otherwise: in this version there is no path to give.
 */
function getPathForFile(file) {
  try {
    FileGetName(file);
  } catch {
    throw new TypeError('getPathForFile expected to receive a File object but one was not provided');
  }
  throw new Error('webUtils.getPathForFile is not available yet');
}

module.exports = { getPathForFile };
