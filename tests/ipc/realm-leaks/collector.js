// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/*
 * Uses the API in every way, and collects all that comes back: results, thrown
 * errors, what promises settle with, what callbacks are given and called on.
 *
 * It works on a patched page as well, and so takes every built-in beforehand
 * and keeps what it collects in a linked list.
 */
window.collector = (() => {
  const { apply, ownKeys, get } = Reflect;
  const { then, constructor: OriginalPromise } = Promise.prototype;
  const nativeHas = Object.prototype.isPrototypeOf;
  const promisePrototype = Promise.prototype;

  let head = null;
  let pending = 0;
  let whenIdle = null;
  let round = 0;

  const collect = (value) => {
    head = { __proto__: null, value, next: head };
    return value;
  };

  /** All that was collected, as an array. For a page without patches. What is pending is let go. */
  const take = () => {
    const values = [];
    round++;
    pending = 0;
    for (let item = head; item !== null; item = item.next) {
      values.push(item.value);
    }
    head = null;
    return values;
  };

  const settled = (ofRound) => {
    if (ofRound !== round) {
      return;
    }
    pending--;
    if (pending === 0 && whenIdle !== null) {
      const idle = whenIdle;
      whenIdle = null;
      idle();
    }
  };

  const follow = (promise) => {
    const ofRound = round;
    pending++;
    apply(then, promise, [
      (value) => { explore(value, 2); settled(ofRound); },
      (reason) => { explore(reason, 2); settled(ofRound); },
    ]);
  };

  /** The keys of @object; none, when it is a Proxy that lies. */
  const keysOf = (object) => {
    try {
      return ownKeys(object);
    } catch {
      return [];
    }
  };

  const peek = (object, key) => {
    try {
      return get(object, key);
    } catch {
      return undefined;
    }
  };

  /** Collects @value and what is in it; promises are followed, functions called. */
  const explore = (value, calls) => {
    collect(value);
    if (typeof value === 'function') {
      if (calls > 0) {
        attempt(value, [], calls - 1);
      }
    } else if (typeof value === 'object' && value !== null) {
      if (apply(nativeHas, promisePrototype, [value])) {
        follow(value);
      } else if (calls > 0) {
        const keys = keysOf(value);
        for (let i = 0; i < keys.length; i++) {
          const child = peek(value, keys[i]);
          if (typeof child === 'function' || apply(nativeHas, promisePrototype, [child])) {
            explore(child, calls - 1);
          }
        }
      }
    }
  };

  const attempt = (fn, args, calls = 1) => {
    try {
      explore(apply(fn, undefined, args), calls);
    } catch (error) {
      collect(error);
    }
  };

  /** A function that collects what it is called with. */
  const spy = (result) => function collecting(...args) {
    collect(this);
    collect(args);
    for (let i = 0; i < args.length; i++) {
      explore(args[i], 1);
    }
    return result;
  };

  const KINDS = ['error', 'object', 'function', 'getter', 'message', 'proxy', 'dom', 'native',
    'syntax', 'symbol', 'undefined'];
  const BAD = ['getWeakMap', 'getMapOfFunctions', 'getProxy', 'getThrowing', 'getDeep', 'getAll',
    'rejectWeakMap', 'resolveWeakMap'];

  /** Uses everything of the API once. */
  const exercise = () => {
    const { leaks } = window;
    collect(leaks);
    explore(leaks.everything, 3);
    attempt(leaks.getEverything, [], 3);
    attempt(leaks.promiseEverything, [], 3);
    attempt(leaks.callWithEverything, [spy({ back: [() => 1] })]);
    attempt(leaks.echo, [{ a: [1, { b: {} }], fn: spy(1) }, spy(2), [[]], new Error('mine')], 2);
    attempt(leaks.echo, [document.body]);
    attempt(leaks.echo, [new Map([[{}, {}]])]);
    attempt(leaks.call, [spy({}), {}, []]);
    attempt(leaks.call, [() => { throw new TypeError('from the page'); }]);
    attempt(leaks.call, [() => { throw { secret: {} }; }]); // eslint-disable-line no-throw-literal
    attempt(leaks.attempt, [() => { throw new TypeError('from the page'); }]);
    attempt(leaks.attempt, [() => new WeakMap()]);
    attempt(leaks.sloppy, [spy([])]);
    attempt(leaks.thenable, [], 2);
    attempt(leaks.getBody, []);
    attempt(leaks.overflow, []);
    attempt(leaks.bounce, [(n) => leaks.bounce(() => ({ n }), n), 5]);
    attempt(leaks.rejectWith, [{ reason: [{}] }]);
    attempt(leaks.rejectWith, [new Error('reason')]);
    attempt(leaks.awaitIt, [new OriginalPromise((resolve) => { resolve({ value: {} }); })]);
    attempt(leaks.awaitIt, [new OriginalPromise((resolve, reject) => { reject(new Error('no')); })]);
    for (let i = 0; i < KINDS.length; i++) {
      attempt(leaks.throwIt, [KINDS[i]]);
    }
    for (let i = 0; i < BAD.length; i++) {
      attempt(leaks.bad[BAD[i]], []);
    }
  };

  /** Calls @fn once all promises that were met have settled. */
  const idle = (fn) => {
    if (pending === 0) {
      fn();
    } else {
      whenIdle = fn;
    }
  };

  return { attempt, collect, exercise, explore, idle, spy, take };
})();
