// SPDX-License-Identifier: LGPL-2.1-or-later
// The first thing that runs in the preload world: loads the runtime's modules, and starts it.
// This file is one expression. Its value is called by C with the door to C, the kits of the page
// world and of the preload world, and the configuration as JSON text.
(function (native, pageKit, preloadKit, configText) {
  'use strict';

  const cache = { __proto__: null };

  const load = (name) => {
    if (name in cache) {
      return cache[name].exports;
    }
    const wrapper = native.load(name);
    if (typeof wrapper !== 'function') {
      throw new Error(`The preload runtime has no module '${name}'`);
    }
    const module = { exports: {} };
    cache[name] = module;
    wrapper(module.exports, (path) => load(path.slice(2)), module);
    return module.exports;
  };

  // JSON.parse is still the engine's own: nothing has run in this world before.
  return load('runtime')({ native, pageKit, preloadKit, config: JSON.parse(configText) });
})
