// SPDX-License-Identifier: LGPL-2.1-or-later

// Errors that the main process answers with. Their message is Electron's, whose error is plain; what
// a GError says besides stands on it as properties of its own.
//
// Its domain is what a program tells it by. Name and message stay those of Electron, for people match
// on `String(error)`. What is no GError, such as an answer that never came, has no domain.

'use strict';

const { Error, ObjectFreeze, SafeWeakMap } = require('./primordials');
const { define } = require('./values-check');

const NAME = 'Error';

// What an error was made of. The bridge copies from here and not from the error itself, on which
// anybody may have set anything since.
const origins = new SafeWeakMap();

/**
 * Makes the error of an answer.
 *
 * @param {string} prefix What stands before the text.
 * @param {any[]} args What the main process said: text, domain, code and details, if there are any.
 * @returns {Error}
 */
function remoteError(prefix, args) {
  const error = new Error(prefix + args[0]);
  if (args.length > 1) {
    const origin = ObjectFreeze({
      __proto__: null, name: NAME, domain: args[1], code: args[2], details: args[3],
    });
    define(error, 'name', NAME, false);
    define(error, 'domain', origin.domain, true);
    define(error, 'code', origin.code, true);
    if (origin.details !== undefined) {
      define(error, 'details', origin.details, true);
    }
    origins.set(error, origin);
  }
  return error;
}

/**
 * Tells what a GError said besides its message.
 *
 * @param {any} error Anything that was thrown.
 * @returns {{name: string, domain: string, code: number, details: any}|undefined}
 */
const originOf = (error) => origins.get(error);

module.exports = { originOf, remoteError };
