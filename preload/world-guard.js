// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/**
 * Closes what WebKit would let through between the worlds of a document.
 *
 * Worlds share the DOM but not its wrappers, and WebKit copies what an event
 * or a history entry carries. Two things are handed over as they are, and a
 * page that held one would reach all the rest through its constructors:
 *
 * - The events about unhandled rejections carry the promise and its reason.
 * - The registry of custom elements gives out classes and promises of whoever
 *   asked first. Chromium gives an isolated world no registry; nor do we.
 */

const {
  PromisePrototype,
  ObjectGetPrototypeOf: getPrototypeOf,
  ReflectDefineProperty: defineProperty,
  ReflectDeleteProperty: deleteProperty,
  ReflectGetOwnPropertyDescriptor: getOwnPropertyDescriptor,
  ReflectOwnKeys: ownKeys,
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

/** This listener is there before any of the page's, and so it is called first. */
const guardRejections = () => {
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

const removeCustomElements = () => {
  if (typeof CustomElementRegistry !== 'function') {
    return;
  }
  const { prototype } = CustomElementRegistry;
  const keys = ownKeys(prototype);
  for (let i = 0; i < keys.length; i++) {
    if (keys[i] !== 'constructor') {
      deleteProperty(prototype, keys[i]);
    }
  }
  defineProperty(globalThis, 'customElements', {
    __proto__: null, value: null, writable: false, enumerable: true, configurable: false,
  });
};

/** Called once, in the preload world, before any script of the page or of the app. */
module.exports = function guardWorld() {
  guardRejections();
  removeCustomElements();
};
