// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/*
 * What a hostile page does before it uses the API: replaces every built-in
 * that a careless bridge might use later, and sets traps on the prototypes.
 * Each replacement collects its `this` and its arguments, and works on.
 */
window.patches = (() => {
  const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } =
    Reflect;
  const { collect } = window.collector;
  let hits = 0;

  const seen = (self, args, target) => {
    hits++;
    collect(self);
    collect(target);
    for (let i = 0; i < args.length; i++) {
      collect(args[i]);
    }
  };

  const wrap = (original) => function patched(...args) {
    seen(this, args, new.target);
    return new.target === undefined
      ? apply(original, this, args) : construct(original, args, new.target);
  };

  let undo = [];

  const replace = (object, key, descriptor) => {
    const before = getOwnPropertyDescriptor(object, key);
    if (before !== undefined && !before.configurable && !before.writable) {
      return;
    }
    // Without a prototype, for the traps on Object.prototype change what a descriptor says.
    undo.push([object, key, before && { __proto__: null, ...before }]);
    defineProperty(object, key, { __proto__: null, configurable: true, ...descriptor });
  };

  const replaceFunctions = (object, except = []) => {
    for (const key of ownKeys(object)) {
      const before = getOwnPropertyDescriptor(object, key);
      if (key !== 'constructor' && !except.includes(key)) {
        if (typeof before.value === 'function') {
          replace(object, key, { value: wrap(before.value), writable: true });
        } else if (typeof before.get === 'function') {
          replace(object, key, { get: wrap(before.get), set: before.set && wrap(before.set) });
        }
      }
    }
  };

  const replaceGlobal = (name) => {
    const Original = window[name];
    const Patched = wrap(Original);
    Patched.prototype = Original.prototype;
    replace(window, name, { value: Patched, writable: true });
  };

  /** A property that every object inherits, and that tells who asks. */
  const trap = (object, key) => {
    replace(object, key, {
      get() { seen(this, []); return undefined; },
      set(value) { seen(this, [value]); },
    });
  };

  const TRAPS = ['then', 'get', 'set', 'value', 'writable', 'enumerable', 'configurable', 'message',
    'promise', 'resolve', 'reject', 'relatedTarget', 'bubbles', 'cancelable', 'composed', 'detail',
    'view', 'once', 'capture', 'passive', 'signal', 'transfer', 'fn', 'kit', 'link', 'first', 'name',
    'cause', 'toJSON', 'length', 'next', 'done', 'return', 'constructor', 'self', 'source', 'target'];

  const install = () => {
    undo = [];
    const arrayIterator = getPrototypeOf([][Symbol.iterator]());
    const promise = Promise;
    for (const object of [Map.prototype, WeakMap.prototype, Set.prototype, Promise.prototype,
      Promise, EventTarget.prototype, FocusEvent.prototype, Event.prototype, UIEvent.prototype,
      Error.prototype, RangeError.prototype, Symbol.prototype, JSON, Reflect, Object, arrayIterator,
      Function.prototype, Array, String.prototype, Node.prototype]) {
      replaceFunctions(object);
    }
    replaceFunctions(Array.prototype, ['push']);
    replaceFunctions(Object.prototype, ['__proto__']);
    replace(promise, Symbol.species, { get() { seen(this, []); return promise; } });
    replace(promise.prototype, 'constructor', { get() { seen(this, []); return promise; } });
    for (const name of ['Error', 'RangeError', 'TypeError', 'Promise', 'Map', 'WeakMap', 'FocusEvent',
      'EventTarget', 'structuredClone']) {
      replaceGlobal(name);
    }
    // These last: from here on this function, too, would run into them.
    const list = [];
    for (let i = 0; i < 12; i++) {
      list[i] = String(i);
    }
    const { length } = list;
    const count = TRAPS.length;
    for (let i = 0; i < count; i++) {
      trap(Object.prototype, TRAPS[i]);
    }
    for (let i = 0; i < length; i++) {
      trap(Array.prototype, list[i]);
    }
  };

  /** Undoes it all, the last first. */
  const remove = () => {
    let i = undo.length;
    while (i > 0) {
      i--;
      const entry = undo[i];
      const before = entry[2];
      if (before === undefined) {
        delete entry[0][entry[1]];
      } else {
        defineProperty(entry[0], entry[1], before);
      }
    }
    undo = [];
  };

  const takeHits = () => {
    const count = hits;
    hits = 0;
    return count;
  };

  return { install, remove, takeHits };
})();
