// SPDX-License-Identifier: LGPL-2.1-or-later

// A message comes in: ipcRenderer's listeners hear it.

'use strict';

const { ReflectApply } = require('./primordials');
const { currentListeners } = require('./events');
const { report } = require('./report');

/**
 * What a listener or handler is called with.
 *
 * @param {object} event
 * @param {any[]} args
 * @returns {any[]}
 */
function withEvent(event, args) {
  const all = [event];
  for (let i = 0; i < args.length; i++) {
    all[i + 1] = args[i];
  }
  return all;
}

/**
 * Calls the listeners of a channel. One that throws keeps neither the others nor the next message
 * from being heard.
 *
 * @param {IpcRenderer} ipcRenderer
 * @param {number} senderId
 * @param {string} channel
 * @param {any[]} args
 * @param {function(): MessagePort[]} takePorts Makes the ports of the message, for its listeners.
 * @returns {boolean} Whether there was a listener.
 */
function emit(ipcRenderer, senderId, channel, args, takePorts) {
  const list = currentListeners(ipcRenderer, channel);
  if (list === undefined) {
    return false;
  }
  const all = withEvent({ ports: takePorts(), sender: ipcRenderer, senderId }, args);
  for (let i = 0; i < list.length; i++) {
    try {
      ReflectApply(list[i], ipcRenderer, all);
    } catch (error) {
      report(error);
    }
  }
  return true;
}

module.exports = { emit, withEvent };
