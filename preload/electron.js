// SPDX-License-Identifier: LGPL-2.1-or-later

// What an app's preload script can require: `electron`, the few modules of Node that Electron's
// sandboxed preload has, and `mullion/desktop`. There are no files and no packages here; a preload script that needs
// them is bundled.

'use strict';

const { Error, ObjectDefineProperty, ObjectHasOwn, String } = require('./primordials');
const { createDesktop } = require('./desktop');
const { EventEmitter } = require('./events');

const modules = {
  __proto__: null,
  events: EventEmitter,
  timers: require('./timers'),
  url: require('./url'),
};

/**
 * Makes the `require` of a preload script.
 *
 * @param {object} parts The members of the module `electron`.
 * @returns {function(string): any} Throws `module not found: x` for any other name.
 */
function createRequire(parts) {
  const electron = {};
  for (const name in parts) {
    ObjectDefineProperty(electron, name, { __proto__: null, enumerable: true, value: parts[name] });
  }

  const table = { __proto__: null, electron, mullion: electron };
  table['electron/renderer'] = electron;
  table['electron/common'] = electron;
  for (const name in modules) {
    table[name] = modules[name];
    table['node:' + name] = modules[name];
  }

  // Made for those who ask: it has a function for each of what a desktop can do.
  let desktop;
  ObjectDefineProperty(table, 'mullion/desktop', {
    __proto__: null,
    get() {
      desktop ??= createDesktop(parts);
      return desktop;
    },
  });

  return function require(name) {
    if (typeof name !== 'string' || !ObjectHasOwn(table, name)) {
      throw new Error('module not found: ' + String(name));
    }
    return table[name];
  };
}

module.exports = { createRequire };
