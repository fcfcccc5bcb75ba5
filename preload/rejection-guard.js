// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/**
 * Keeps rejected promises of the preload world to the preload world.
 *
 * The window is one event target for all worlds. WebKit hands an error event's
 * error to another world as a copy, but the events about unhandled rejections
 * carry the promise and its reason as they are: a page that listens would hold
 * an object of the preload world, and through its constructors all the rest.
 * This listener is there before any of the page's, so it is called first.
 */

const {
  PromisePrototype,
  ObjectGetPrototypeOf: getPrototypeOf,
  ReflectGetOwnPropertyDescriptor: getOwnPropertyDescriptor,
  uncurryThis,
} = require('./primordials');

/** Tells whether @promise belongs to this world, subclasses included. */
const isOurs = (promise) => {
  for (let object = promise; object !== null; object = getPrototypeOf(object)) {
    if (object === PromisePrototype) {
      return true;
    }
  }
  return false;
};

module.exports = function guardRejections() {
  if (typeof PromiseRejectionEvent !== 'function') {
    return;
  }
  const getPromise = uncurryThis(
    getOwnPropertyDescriptor(PromiseRejectionEvent.prototype, 'promise').get);
  const stopImmediatePropagation = uncurryThis(Event.prototype.stopImmediatePropagation);

  const listener = (event) => {
    if (isOurs(getPromise(event))) {
      stopImmediatePropagation(event);
    }
  };
  addEventListener('unhandledrejection', listener, { capture: true });
  addEventListener('rejectionhandled', listener, { capture: true });
};
