// SPDX-License-Identifier: LGPL-2.1-or-later

// remote: one object of the main process that all windows share, as in Electron of old. Off unless
// the window asks for it, and slow by design: each reading and each writing is a synchronous
// message, and the page stands still until it is answered. An array can grow, but not shrink.
//
// What main says of a place in the object:
//   { kind: 'value', value }          a primitive
//   { kind: 'object' }                a container: a proxy stands for it
//   { kind: 'array', length }
//   { kind: 'missing' }

'use strict';

const { ArrayPrototypeSlice, Error, ReflectGet, String, TypeError } = require('./primordials');
const { Proxy } = require('./platform');

const MISSING = { __proto__: null };

/**
 * Makes `remote`.
 *
 * @param {{controlSync: function(string, any[]): any}} ipc
 * @returns {{getGlobal: function(string): any}}
 */
function createRemote(ipc) {
  function read(name, path) {
    const answer = ipc.controlSync('remote.get', [name, path]);
    switch (answer?.kind) {
      case 'value':
        return answer.value;
      case 'object':
        return new Proxy({}, handlerOf(name, path));
      case 'array':
        return new Proxy([], handlerOf(name, path));
      case 'missing':
        return MISSING;
      default:
        throw new Error("Reading the shared object '" + name + "' failed: the answer has no kind");
    }
  }

  const isArrayLength = (target, key) => key === 'length' && typeof target.length === 'number';

  // The target is only a stand-in that says whether it is an array: its own members are never used,
  // except that an array's `length` must be there for the rules of a Proxy.
  function handlerOf(name, path) {
    const below = (key) => {
      const whole = ArrayPrototypeSlice(path);
      whole[whole.length] = key;
      return whole;
    };
    const lengthOf = () => ipc.controlSync('remote.get', [name, path])?.length ?? 0;
    const ask = (what, key) => ipc.controlSync('remote.' + what, [name, below(key)]);

    return {
      __proto__: null,

      get(target, key, receiver) {
        if (typeof key === 'symbol') {
          return ReflectGet(target, key, receiver);
        }
        if (isArrayLength(target, key)) {
          return lengthOf();
        }
        const value = read(name, below(key));
        // Methods such as toString and push are those of any object; main has none.
        return value === MISSING ? ReflectGet(target, key, receiver) : value;
      },

      set(target, key, value) {
        if (typeof key === 'symbol') {
          throw new TypeError('A symbol cannot be a key of a shared object');
        }
        // push() sets the length that the array has by then.
        if (isArrayLength(target, key)) {
          return value === lengthOf();
        }
        ipc.controlSync('remote.set', [name, below(key), value]);
        return true;
      },

      has(target, key) {
        return typeof key === 'symbol' || isArrayLength(target, key)
          ? key in target
          : ask('has', key) === true;
      },

      deleteProperty(target, key) {
        if (typeof key === 'symbol' || isArrayLength(target, key)) {
          return false;
        }
        ask('delete', key);
        return true;
      },

      ownKeys(target) {
        const keys = ArrayPrototypeSlice(ipc.controlSync('remote.keys', [name, path]));
        if (isArrayLength(target, 'length')) {
          keys[keys.length] = 'length';
        }
        return keys;
      },

      getOwnPropertyDescriptor(target, key) {
        if (isArrayLength(target, key)) {
          return { __proto__: null, configurable: false, enumerable: false, value: 0, writable: true };
        }
        const value = typeof key === 'symbol' ? MISSING : read(name, below(key));
        return value === MISSING ? undefined : {
          __proto__: null,
          configurable: true,
          enumerable: true,
          value,
          writable: true,
        };
      },

      defineProperty() {
        throw new TypeError('A member of a shared object is set by assignment only');
      },

      preventExtensions() {
        return false;
      },
    };
  }

  return {
    getGlobal(name) {
      const value = read(String(name), []);
      return value === MISSING ? undefined : value;
    },
  };
}

module.exports = { createRemote };
