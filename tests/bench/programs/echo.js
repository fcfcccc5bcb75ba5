// SPDX-License-Identifier: LGPL-2.1-or-later

// The other end of the channel to Node.js: what echo.c does, by Node.js itself.
'use strict';

const SHORT = 64;

process.on('message', (message) => {
  if (typeof message !== 'string' || message.length <= SHORT) {
    process.send(message);
  }
});
