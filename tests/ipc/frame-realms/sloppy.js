// SPDX-License-Identifier: LGPL-2.1-or-later

/** A function that notes who calls it: only sloppy code may ask. */
function noteCaller(seen) { // eslint-disable-line no-unused-vars
  return function noting() {
    seen.push(noting.caller, arguments.callee.caller); // eslint-disable-line no-caller
  };
}
