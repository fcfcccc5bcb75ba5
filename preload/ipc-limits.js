// SPDX-License-Identifier: LGPL-2.1-or-later

// How long a call may wait: the options of ipcRenderer.with(), and the watch that ends a call.

'use strict';

const { RangeError, TypeError, clearTimeout, setTimeout } = require('./primordials');
const {
  AbortSignalGetAborted,
  AbortSignalGetReason,
  DOMException,
  EventTargetAddEventListener,
  EventTargetRemoveEventListener,
} = require('./platform');

// What a timer can take. A longer one would fire at once.
const MAX_TIMEOUT = 2147483647;

const typeOf = (value) => (value === null ? 'null' : typeof value);

const wrongType = (name, wanted, value) =>
  new TypeError('Expected ' + name + ' to be ' + wanted + ", but found type '" + typeOf(value) + "'");

function checkSignal(signal) {
  try {
    AbortSignalGetAborted(signal);
  } catch {
    throw wrongType('signal', 'an AbortSignal', signal);
  }
}

function checkTimeout(timeout) {
  if (typeof timeout !== 'number') {
    throw wrongType('timeout', 'a number', timeout);
  }
  if (!(timeout >= 0 && timeout <= MAX_TIMEOUT)) {
    throw new RangeError('The timeout must be between 0 and ' + MAX_TIMEOUT +
      ' milliseconds, but is ' + timeout);
  }
}

/**
 * Reads the options of ipcRenderer.with().
 *
 * @param {{signal?: AbortSignal|null, timeout?: number}} options
 * @returns {{signal: AbortSignal|null, timeout: number}} With a timeout of -1 for none.
 * @throws {TypeError} For what is no signal or no number.
 * @throws {RangeError} For a number that no timer can take.
 */
function readLimits(options) {
  if (typeof options !== 'object' || options === null) {
    throw wrongType('options', 'an object', options);
  }
  const { signal, timeout } = options;
  if (signal !== undefined && signal !== null) {
    checkSignal(signal);
  }
  if (timeout !== undefined) {
    checkTimeout(timeout);
  }
  return { signal: signal ?? null, timeout: timeout ?? -1 };
}

/**
 * Throws what a signal was aborted with, if it was.
 *
 * @param {{signal: AbortSignal|null}} limits
 */
function throwIfAborted({ signal }) {
  if (signal !== null && AbortSignalGetAborted(signal)) {
    throw AbortSignalGetReason(signal);
  }
}

/**
 * Watches over a call.
 *
 * @param {{signal: AbortSignal|null, timeout: number}} limits
 * @param {string} channel
 * @param {function(any): void} end Called at most once, with what the call shall reject with.
 * @returns {function(): void} Ends the watch, and lets go of signal and timer.
 */
function watch({ signal, timeout }, channel, end) {
  let timer = 0;

  function stop() {
    if (signal !== null) {
      EventTargetRemoveEventListener(signal, 'abort', abort);
    }
    if (timeout >= 0) {
      clearTimeout(timer);
    }
  }

  // Anybody may dispatch an event of that name.
  function abort() {
    if (AbortSignalGetAborted(signal)) {
      end(AbortSignalGetReason(signal));
    }
  }

  if (signal !== null) {
    EventTargetAddEventListener(signal, 'abort', abort);
  }
  if (timeout >= 0) {
    timer = setTimeout(() => end(new DOMException(
      "Remote method '" + channel + "' did not answer within " + timeout + ' ms', 'TimeoutError')),
    timeout);
  }
  return stop;
}

module.exports = { readLimits, throwIfAborted, typeOf, watch, wrongType };
