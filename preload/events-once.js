// SPDX-License-Identifier: LGPL-2.1-or-later

// `once` of the events module: one event as a promise.

'use strict';

const { Promise } = require('./primordials');

/**
 * Waits for one event. Works on emitters and on event targets.
 *
 * @param {EventEmitter|EventTarget} emitter
 * @param {string|symbol} type
 * @param {{signal?: AbortSignal}} [options]
 * @returns {Promise<any[]>} What the event was emitted with. Rejects when 'error' comes first.
 */
function once(emitter, type, options) {
  return new Promise((resolve, reject) => {
    const signal = options?.signal;
    const isTarget = typeof emitter.once !== 'function';
    const end = () => {
      if (isTarget) {
        emitter.removeEventListener(type, onEvent);
      } else {
        emitter.removeListener(type, onEvent);
        emitter.removeListener('error', onError);
      }
      signal?.removeEventListener('abort', onAbort);
    };
    const onEvent = (...args) => { end(); resolve(args); };
    const onError = (error) => { end(); reject(error); };
    const onAbort = () => { end(); reject(signal.reason); };
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    if (isTarget) {
      emitter.addEventListener(type, onEvent, { once: true });
    } else {
      emitter.once(type, onEvent);
      if (type !== 'error') {
        emitter.once('error', onError);
      }
    }
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

module.exports = { once };
