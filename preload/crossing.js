// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/**
 * What the bridge asks of a value before it crosses, and why it refuses one.
 *
 * The value may be of the page and hostile: what runs here may run its traps
 * and getters. They are given nothing but the page's own.
 */

const {
  ObjectFreeze: freeze,
  ObjectGetPrototypeOf: getPrototypeOf,
  ReflectSetPrototypeOf: setPrototypeOf,
} = require('./primordials');

const UNKNOWN_THROW = 'An unknown exception occurred in the isolated context, an error occurred ' +
  'but a valid exception was not thrown.';
const UNKNOWN_RESULT = 'An unknown exception occurred while sending a function return value over ' +
  'the context bridge, an error occurred but a valid exception was not thrown.';

// Thrown inside the bridge only. No world sees them: makeCall() and its kin
// take the message and let the right kit make an error.
const TOO_DEEP = freeze({
  __proto__: null,
  message: 'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 ' +
    'are not supported.',
});
const NOT_CLONEABLE = freeze({ __proto__: null, message: 'An object could not be cloned.' });

/**
 * Tells whether @value may not cross as it is.
 *
 * `document.all` says that it is 'undefined', but is an object of its world.
 */
const isObject = (value) => {
  switch (typeof value) {
    case 'object': return value !== null;
    case 'function': return true;
    case 'undefined': return value !== undefined;
    default: return false;
  }
};

/**
 * Tells whether @value is a Proxy, without a copy of it and without a trace.
 *
 * No object may become its own prototype, so the call below is refused for any
 * ordinary object. A Proxy passes it on to its target, for which the Proxy is
 * another object, and there it succeeds and is undone. A Proxy that is frozen,
 * or whose trap declines, goes undetected and is copied like any other object.
 */
const isProxy = (value) => {
  try {
    const prototype = getPrototypeOf(value);
    if (!setPrototypeOf(value, value)) {
      return false;
    }
    setPrototypeOf(value, prototype);
    return true;
  } catch {
    return true;
  }
};

/** The text of an error for whatever was thrown, which may be anything. */
const messageOf = (thrown, fallback) => {
  try {
    if (isObject(thrown)) {
      const { message } = thrown;
      if (typeof message === 'string') {
        return message;
      }
    }
  } catch {
    // A getter of it threw: it has no message then.
  }
  return fallback;
};

module.exports = freeze({
  __proto__: null, NOT_CLONEABLE, TOO_DEEP, UNKNOWN_RESULT, UNKNOWN_THROW, isObject, isProxy,
  messageOf,
});
