// SPDX-License-Identifier: LGPL-2.1-or-later

// The module `mullion/desktop`: the native desktop for pages, ready to be exposed to them.
//
// Each function is a call on a channel of its own, and the main process decides whether the app has
// the capability. So nothing is checked here, where a page that took over its process could change it.

'use strict';

const {
  ArrayPrototypeIndexOf,
  ArrayPrototypePush,
  ArrayPrototypeSlice,
  ArrayPrototypeSplice,
  ObjectFreeze,
  ReflectApply,
  SafeMap,
  TypeError,
} = require('./primordials');
const modules = require('./desktop-modules');
const { report } = require('./report');

/** Who listens to the events of one module, in this document. */
function createListeners(module, ipcRenderer, invoke) {
  const lists = new SafeMap();
  let isListening = false;

  function receive(event, name, ...details) {
    const list = lists.get(name);
    // As they are now: a listener may take itself away.
    const now = list === undefined ? [] : ArrayPrototypeSlice(list);
    for (let i = 0; i < now.length; i += 1) {
      try {
        ReflectApply(now[i].listener, undefined, details);
      } catch (error) {
        report(error);
      }
    }
  }

  function remove(name, entry) {
    const list = lists.get(name);
    const index = ArrayPrototypeIndexOf(list, entry);
    if (index < 0) {
      return undefined;
    }
    ArrayPrototypeSplice(list, index, 1);
    return list.length === 0 ? invoke(`mullion:desktop.${module}.off`, [name]) : undefined;
  }

  /**
   * @param {string} name One of the events of the module.
   * @param {Function} listener
   * @returns {Promise<function(): Promise<void>>} Resolved when the main process tells of them, with
   *   the function that ends it.
   */
  return async function on(name, listener) {
    if (typeof listener !== 'function') {
      throw new TypeError('The "listener" argument must be of type function');
    }
    if (!isListening) {
      isListening = true;
      ipcRenderer.on(`mullion:desktop.${module}.event`, receive);
    }

    // At once, so that another who leaves meanwhile does not leave for both.
    const entry = { listener };
    if (lists.get(name) === undefined) {
      lists.set(name, []);
    }
    ArrayPrototypePush(lists.get(name), entry);
    try {
      await invoke(`mullion:desktop.${module}.on`, [name]);
    } catch (error) {
      ArrayPrototypeSplice(lists.get(name), ArrayPrototypeIndexOf(lists.get(name), entry), 1);
      throw error;
    }
    return async () => {
      await remove(name, entry);
    };
  };
}

/**
 * Makes what `require('mullion/desktop')` gives.
 *
 * @param {IpcRenderer} ipcRenderer
 * @returns {object} module → function → a call of the main process.
 */
function createDesktop(ipcRenderer) {
  const { invoke: invokeMethod } = ipcRenderer;
  const desktop = {};

  /** What a caller leaves out at the end is not sent: undefined is no object of options. */
  function invoke(channel, args) {
    const all = [channel];
    let length = args.length;
    while (length > 0 && args[length - 1] === undefined) {
      length -= 1;
    }
    for (let i = 0; i < length; i += 1) {
      all[i + 1] = args[i];
    }
    return ReflectApply(invokeMethod, ipcRenderer, all);
  }

  for (const name in modules) {
    const { methods, hasEvents } = modules[name];
    const module = {};
    for (let i = 0; i < methods.length; i += 1) {
      const channel = `mullion:desktop.${name}.${methods[i]}`;
      module[methods[i]] = (...args) => invoke(channel, args);
    }
    if (hasEvents) {
      module.on = createListeners(name, ipcRenderer, invoke);
    }
    desktop[name] = ObjectFreeze(module);
  }
  return ObjectFreeze(desktop);
}

module.exports = { createDesktop };
