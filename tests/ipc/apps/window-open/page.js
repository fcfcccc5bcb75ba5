// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

addEventListener('message', (event) => {
  if (event.data === 'ping') {
    event.source.postMessage(`pong from ${document.title}`);
  }
});

// Asks another window of this app.
globalThis.ping = (other) => new Promise((resolve) => {
  addEventListener('message', (event) => resolve(event.data), { once: true });
  other.postMessage('ping');
});
