// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/*
 * Walks all that can be reached from a value, without running getters, and
 * finds what is not of this realm: whose prototypes do not end in our
 * Object.prototype. Every object that the preload realm could leak would.
 */
window.walker = (() => {
  const { apply, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
  const objectPrototype = Object.prototype;
  const toText = Function.prototype.toString;
  const all = document.all; // eslint-disable-line no-restricted-properties

  const isObject = (value) =>
    (typeof value === 'object' && value !== null) || typeof value === 'function' || value === all;

  const isOurs = (object) => {
    let root = object;
    for (let next = object; next !== null; next = getPrototypeOf(next)) {
      root = next;
    }
    return root === objectPrototype;
  };

  const describe = (path, object) => {
    const text = typeof object === 'function' ? apply(toText, object, []).slice(0, 80) : '';
    return `${path.slice(-160)} is a foreign ${typeof object} ${text}`;
  };

  /** Proxies of the tests whose traps make no sense, and that are known to be ours. */
  const liars = new WeakSet();

  /** What a Map or a Set holds. Others, and those that only look so, throw. */
  const addEntries = (path, object, add) => {
    for (const forEach of [Map.prototype.forEach, Set.prototype.forEach]) {
      try {
        apply(forEach, object, [(value, key) => {
          add(`${path} (value)`, value);
          add(`${path} (key)`, key);
        }]);
      } catch {
        // It is neither.
      }
    }
  };

  /** Everything foreign that @values lead to, as texts. */
  const find = (values) => {
    const seen = new Set();
    const found = [];
    const queue = values.map((value, i) => [`[${i}]`, value]);
    const add = (path, value) => {
      if (isObject(value) && !seen.has(value)) {
        seen.add(value);
        queue.push([path, value]);
      }
    };
    for (const [path, value] of queue.splice(0)) {
      add(path, value);
    }
    while (queue.length > 0) {
      const [path, object] = queue.pop();
      if (liars.has(object)) {
        continue;
      }
      if (!isOurs(object)) {
        found.push(describe(path, object));
      } else {
        add(`${path}.[[Prototype]]`, getPrototypeOf(object));
        for (const key of ownKeys(object)) {
          if (key === Symbol.unscopables) {
            continue; // The one built-in without a prototype.
          }
          const { value, get, set } = getOwnPropertyDescriptor(object, key) ?? {};
          const name = `${path}.${String(key)}`;
          add(name, value);
          add(`${name} (get)`, get);
          add(`${name} (set)`, set);
        }
        addEntries(path, object, add);
      }
    }
    return { found, count: seen.size };
  };

  return { find, liars };
})();
