// SPDX-License-Identifier: LGPL-2.1-or-later

// Tells of what nobody caught. It goes to the console and not to window.onerror: the page shall
// hear nothing of the preload world, its error texts included.

'use strict';

const { String } = require('./primordials');
const { ErrorIsError, consoleError } = require('./platform');

/**
 * A thrown value as text: what it is, and where it was thrown.
 *
 * @param {any} thrown
 * @param {boolean} [withStack] Whether to say where.
 * @returns {string} Never throws, whatever was thrown.
 */
function describeThrown(thrown, withStack = true) {
  try {
    if (!ErrorIsError(thrown)) {
      return String(thrown);
    }
    const { stack } = thrown;
    const what = String(thrown);
    return withStack && typeof stack === 'string' && stack !== '' ? what + '\n' + stack : what;
  } catch {
    return 'a value that cannot be shown was thrown';
  }
}

/**
 * Reports an error of the preload world that nobody caught.
 *
 * @param {any} thrown
 */
function report(thrown) {
  consoleError('Uncaught (in preload) ' + describeThrown(thrown));
}

module.exports = { describeThrown, report };
