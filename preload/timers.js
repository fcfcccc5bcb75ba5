// SPDX-License-Identifier: LGPL-2.1-or-later

// The `timers` module: the timers of the preload world, as they were before any script ran.

'use strict';

const { clearTimeout, setTimeout } = require('./primordials');
const { clearInterval, setInterval } = require('./platform');
const { clearImmediate, setImmediate } = require('./immediate');

module.exports = {
  clearImmediate,
  clearInterval,
  clearTimeout,
  setImmediate,
  setInterval,
  setTimeout,
};
