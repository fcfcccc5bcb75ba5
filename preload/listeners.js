// SPDX-License-Identifier: LGPL-2.1-or-later

// Listeners of events that the main process tells a document only when it asks for them.

'use strict';

const {
  ArrayPrototypeIndexOf,
  ArrayPrototypePush,
  ArrayPrototypeSlice,
  ArrayPrototypeSplice,
  ReflectApply,
  SafeMap,
  TypeError,
} = require('./primordials');
const { report } = require('./report');

/**
 * Makes the `on` of whatever has events.
 *
 * @param {IpcRenderer} ipcRenderer
 * @param {string} channel Where the main process tells of them: the name of an event, then its
 *   details.
 * @param {function(string, string): Promise} ask Asks the main process for an event: `on` or `off`,
 *   and its name.
 * @returns {function(string, Function): Promise<function(): Promise<void>>} Resolved when the main
 *   process tells of the event, with the function that ends it.
 */
function createListeners(ipcRenderer, channel, ask) {
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
    return list.length === 0 ? ask('off', name) : undefined;
  }

  return async function on(name, listener) {
    if (typeof listener !== 'function') {
      throw new TypeError('The "listener" argument must be of type function');
    }
    if (!isListening) {
      isListening = true;
      ipcRenderer.on(channel, receive);
    }

    // At once, so that another who leaves meanwhile does not leave for both.
    const entry = { listener };
    if (lists.get(name) === undefined) {
      lists.set(name, []);
    }
    ArrayPrototypePush(lists.get(name), entry);
    try {
      await ask('on', name);
    } catch (error) {
      ArrayPrototypeSplice(lists.get(name), ArrayPrototypeIndexOf(lists.get(name), entry), 1);
      throw error;
    }
    return async () => {
      await remove(name, entry);
    };
  };
}

module.exports = { createListeners };
