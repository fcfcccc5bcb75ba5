// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/**
 * Closes what WebKit would let through between the worlds of a document.
 *
 * Worlds share the DOM but not its wrappers, and WebKit copies what an event
 * or a history entry carries. Some things are handed over as they are. A page
 * that held one of ours would reach all the rest through its constructors:
 *
 * - The events about unhandled rejections carry the promise and its reason.
 * - The registry of custom elements gives out classes and promises of whoever
 *   asked first. Chromium gives an isolated world no registry; nor do we.
 *
 * And one comes the other way: what WebKit itself aborts a signal with is an
 * object of the page's world, whoever's signal it is. A preload that looks at
 * it would run what the page made of its DOMException.
 */

const {
  PromisePrototype,
  ObjectGetPrototypeOf: getPrototypeOf,
  ReflectDefineProperty: defineProperty,
  ReflectDeleteProperty: deleteProperty,
  ReflectGetOwnPropertyDescriptor: getOwnPropertyDescriptor,
  ReflectOwnKeys: ownKeys,
  TypeError,
  setTimeout,
  uncurryThis,
} = require('./primordials');

const MAX_SAFE_INTEGER = 9007199254740991;

// What a timer can take: nobody sees the end of a longer one.
const MAX_TIMEOUT = 2147483647;

const replace = (holder, key, value) => defineProperty(holder, key, {
  __proto__: null, value, writable: true, enumerable: true, configurable: true,
});

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

const guardSignals = () => {
  if (typeof AbortController !== 'function') {
    return;
  }
  const abort = uncurryThis(AbortController.prototype.abort);
  const getSignal = uncurryThis(
    getOwnPropertyDescriptor(AbortController.prototype, 'signal').get);
  const OwnException = DOMException;
  const Controller = AbortController;

  const reasonOf = (reason) => (reason === undefined
    ? new OwnException('The operation was aborted.', 'AbortError') : reason);

  const methods = {
    abort(reason = undefined) {
      abort(this, reasonOf(reason));
    },
  };
  const statics = {
    abort(reason = undefined) {
      const controller = new Controller();
      abort(controller, reasonOf(reason));
      return getSignal(controller);
    },

    timeout(milliseconds) {
      if (!(milliseconds >= 0 && milliseconds <= MAX_SAFE_INTEGER)) {
        throw new TypeError(`Value ${milliseconds} is outside the range [0, ${MAX_SAFE_INTEGER}]`);
      }
      const controller = new Controller();
      if (milliseconds <= MAX_TIMEOUT) {
        setTimeout(() => {
          abort(controller, new OwnException('The operation timed out.', 'TimeoutError'));
        }, milliseconds);
      }
      return getSignal(controller);
    },
  };
  replace(Controller.prototype, 'abort', methods.abort);
  replace(AbortSignal, 'abort', statics.abort);
  replace(AbortSignal, 'timeout', statics.timeout);
};

/** Called once, in the preload world, before any script of the page or of the app. */
module.exports = function guardWorld() {
  guardRejections();
  guardSignals();
  removeCustomElements();
};
