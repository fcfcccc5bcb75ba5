// SPDX-License-Identifier: LGPL-2.1-or-later

// The module `mullion/desktop`: the native desktop for pages, ready to be exposed to them.
//
// Each function is a call on a channel of its own, and the main process decides whether the app has
// the capability. So nothing is checked here, where a page that took over its process could change it.

'use strict';

const { ObjectFreeze, ReflectApply } = require('./primordials');
const modules = require('./desktop-modules');
const { createListeners } = require('./listeners');

/**
 * Makes what `require('mullion/desktop')` gives.
 *
 * @param {{ipcRenderer: IpcRenderer, actions: Actions}} parts What the module `electron` has.
 * @returns {object} module → function → a call of the main process.
 */
function createDesktop({ ipcRenderer, actions }) {
  const { invoke: invokeMethod } = ipcRenderer;
  const desktop = { actions };

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
      module.on = createListeners(ipcRenderer, `mullion:desktop.${name}.event`,
        (how, event) => invoke(`mullion:desktop.${name}.${how}`, [event]));
    }
    desktop[name] = ObjectFreeze(module);
  }
  return ObjectFreeze(desktop);
}

module.exports = { createDesktop };
