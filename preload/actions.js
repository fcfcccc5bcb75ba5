// SPDX-License-Identifier: LGPL-2.1-or-later

// actions: Mullion's own. The GActions that the app shares with its pages, which are those of its
// menus and its keys.
//
// Each action has a channel of its own, so that grants can name it. What is shared, and which types
// it takes, is for the main process to say.

'use strict';

const { ObjectFreeze, ReflectApply } = require('./primordials');
const { createListeners } = require('./listeners');

/**
 * Makes the actions of a document.
 *
 * @param {IpcRenderer} ipcRenderer
 * @returns {Actions}
 */
function createActions(ipcRenderer) {
  const { invoke } = ipcRenderer;

  /** A value that is not given is not sent: undefined is no parameter. */
  async function call(name, method, value) {
    const all = [`mullion:action.${name}`, method];
    if (value !== undefined) {
      all[2] = value;
    }
    return ReflectApply(invoke, ipcRenderer, all);
  }

  async function ask(how, name) {
    try {
      await call(name, how);
    } catch (error) {
      // What is not shared any more has been left already.
      if (how === 'on') {
        throw error;
      }
    }
  }

  return ObjectFreeze({
    activate: (name, parameter) => call(name, 'activate', parameter),
    getState: (name) => call(name, 'getState'),
    setState: (name, state) => call(name, 'setState', state),
    on: createListeners(ipcRenderer, 'mullion:action.event', ask),
  });
}

module.exports = { createActions };
