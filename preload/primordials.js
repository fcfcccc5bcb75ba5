// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/**
 * The built-ins of the preload world as they were before any app code ran.
 *
 * The app's preload script shares this realm with the runtime and may patch
 * whatever it likes. Code that runs later than start-up therefore takes every
 * built-in from here, never from a global or through a prototype:
 *
 *   ReflectApply (fn, self, list)        statics:    <Class><Name>
 *   ArrayPrototypeSlice (array, 1)       methods:    <Class>Prototype<Name>, `this` first
 *   MapPrototypeGetSize (map)            accessors:  <Class>PrototypeGet<Name>
 *   new SafeMap (), new SafeWeakMap ()   collections whose methods are their own
 *   MapPrototype, TypeError              the objects themselves
 *
 * The iterator protocol stays patchable however it is called: such code also
 * does without for-of, array spread and array destructuring.
 */

const { apply, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
const { bind, call } = Function.prototype;

/** Turns a method into a function that takes its `this` first. */
const uncurryThis = bind.bind(call);

const primordials = { __proto__: null, globalThis, uncurryThis };

const capitalise = (text) => text[0].toUpperCase() + text.slice(1);

const nameOf = (key) => {
  if (typeof key === 'symbol') {
    return 'Symbol' + capitalise(key.description.replace('Symbol.', ''));
  }
  return capitalise(key);
};

/** Captures what @holder has: functions and getters through @transform, symbols as they are. */
const capture = (name, holder, transform) => {
  for (const key of ownKeys(holder)) {
    const { value, get } = getOwnPropertyDescriptor(holder, key);
    if (typeof value === 'function') {
      primordials[name + nameOf(key)] = transform(value);
    } else if (typeof value === 'symbol') {
      primordials[name + nameOf(key)] = value;
    } else if (get !== undefined) {
      primordials[name + 'Get' + nameOf(key)] = transform(get);
    }
  }
};

const asTheyAre = (fn) => fn;

const captureClass = (name) => {
  const original = globalThis[name];
  primordials[name] = original;
  primordials[name + 'Prototype'] = original.prototype;
  capture(name, original, asTheyAre);
  capture(name + 'Prototype', original.prototype, uncurryThis);
};

for (const name of ['Reflect', 'JSON', 'Math']) {
  capture(name, globalThis[name], asTheyAre);
}
for (const name of [
  'Array', 'ArrayBuffer', 'BigInt', 'Boolean', 'DataView', 'Date', 'Error', 'Function', 'Map',
  'Number', 'Object', 'Promise', 'RangeError', 'RegExp', 'Set', 'String', 'Symbol',
  'SyntaxError', 'TypeError', 'Uint8Array', 'WeakMap', 'WeakRef', 'WeakSet',
]) {
  captureClass(name);
}
capture('TypedArrayPrototype', Reflect.getPrototypeOf(Uint8Array.prototype), uncurryThis);

// Functions of the global object, which is their `this`.
for (const name of [
  'atob', 'btoa', 'clearTimeout', 'decodeURIComponent', 'encodeURIComponent', 'queueMicrotask',
  'setTimeout', 'structuredClone',
]) {
  const fn = globalThis[name];
  if (typeof fn === 'function') {
    primordials[name] = (...args) => apply(fn, globalThis, args);
  }
}

/**
 * Copies the methods of a base class onto a subclass and cuts the subclass off
 * from what the app can patch. Calls stay plain method calls, which the
 * compiler inlines; an uncurried method would not be as fast.
 */
const makeSafe = (base, safe) => {
  for (const key of ownKeys(base.prototype)) {
    if (key !== 'constructor') {
      defineProperty(safe.prototype, key, getOwnPropertyDescriptor(base.prototype, key));
    }
  }
  Object.setPrototypeOf(safe.prototype, null);
  Object.freeze(safe.prototype);
  return Object.freeze(safe);
};

// The constructors take no entries: to read them would be the iterator protocol.
primordials.SafeMap = makeSafe(Map, class SafeMap extends Map { constructor() { super(); } });
primordials.SafeSet = makeSafe(Set, class SafeSet extends Set { constructor() { super(); } });
primordials.SafeWeakMap =
  makeSafe(WeakMap, class SafeWeakMap extends WeakMap { constructor() { super(); } });
primordials.SafeWeakSet =
  makeSafe(WeakSet, class SafeWeakSet extends WeakSet { constructor() { super(); } });

module.exports = Object.freeze(primordials);
