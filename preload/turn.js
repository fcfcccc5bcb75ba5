// SPDX-License-Identifier: LGPL-2.1-or-later

// A turn: after the function that C calls has done its work, what awaits its results runs at once.
//
// When C calls a function, WebKit does not run promise reactions as it returns: it sets a timer for
// that, which is another trip through the main loop. It does run them as soon as a listener of an
// event has returned, so the work is done in a listener.

'use strict';

const { Event, EventTarget, EventTargetAddEventListener, EventTargetDispatchEvent } =
  require('./platform');

const target = new EventTarget();
const event = new Event('turn');
let work = null;

EventTargetAddEventListener(target, 'turn', () => {
  const now = work;
  work = null;
  now();
});

/**
 * Runs a function, and then all promise reactions that it led to.
 *
 * @param {function(): void} fn Must not throw, and must not call this.
 */
function runTurn(fn) {
  work = fn;
  EventTargetDispatchEvent(target, event);
}

module.exports = { runTurn };
