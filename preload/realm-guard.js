// SPDX-License-Identifier: LGPL-2.1-or-later

/*
 * Closes what WebKit would show to a page of the preload world's objects, in the page's own realm.
 *
 * The extension evaluates this file in the page world of every frame, also without a bridge, when
 * the realm is made: no script can have kept what is replaced here. What world-guard.js does in the
 * preload world is not enough, for a page can take listeners off the window by document.open().
 *
 * - A promise of the preload world that nobody handles is told to the window, with its reason.
 * - A callback that WebKit runs within an assignment, such as that of a custom element to a new
 *   attribute, sees the function that assigns as its `caller`.
 */
(() => {
  'use strict';

  const { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
  const { PromiseRejectionEvent } = globalThis;
  const promisePrototype = Promise.prototype;

  /** Makes @key of @holder what the accessor in @source is, for good. */
  const close = (holder, key, source) => {
    const { get } = getOwnPropertyDescriptor(source, key);
    const { enumerable } = getOwnPropertyDescriptor(holder, key);
    defineProperty(holder, key, {
      __proto__: null, get, set: undefined, enumerable, configurable: false,
    });
  };

  const isOfThisRealm = (promise) => {
    for (let object = promise; object !== null; object = getPrototypeOf(object)) {
      if (object === promisePrototype) {
        return true;
      }
    }
    return false;
  };

  const guardRejections = (prototype) => {
    const { get: getPromise } = getOwnPropertyDescriptor(prototype, 'promise');
    const { get: getReason } = getOwnPropertyDescriptor(prototype, 'reason');
    close(prototype, 'reason', {
      get reason() {
        return isOfThisRealm(apply(getPromise, this, [])) ? apply(getReason, this, []) : undefined;
      },
    });
    close(prototype, 'promise', {
      get promise() {
        const promise = apply(getPromise, this, []);
        return isOfThisRealm(promise) ? promise : undefined;
      },
    });
  };

  const prototype = Function.prototype;
  if (getOwnPropertyDescriptor(prototype, 'caller')?.configurable) {
    close(prototype, 'caller', {
      get caller() {
        return null;
      },
    });
  }
  if (typeof PromiseRejectionEvent === 'function' &&
      getOwnPropertyDescriptor(PromiseRejectionEvent.prototype, 'promise').configurable) {
    guardRejections(PromiseRejectionEvent.prototype);
  }
})()
