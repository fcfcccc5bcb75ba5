// SPDX-License-Identifier: LGPL-2.1-or-later

// A turn: after the function that C calls has done its work, what awaits its results runs at once.
//
// When C calls a function, WebKit does not run promise reactions as it returns: it sets a timer for
// that, which is another trip through the main loop. It does run them as soon as a listener of an
// event has returned, so the work is done in a listener.

'use strict';

const { ArrayPrototypeShift } = require('./primordials');
const { Event, EventTarget, EventTargetAddEventListener, EventTargetDispatchEvent } =
  require('./platform');

const target = new EventTarget();
const event = new Event('turn');
const waiting = [];
let isRunning = false;

EventTargetAddEventListener(target, 'turn', () => ArrayPrototypeShift(waiting)());

/**
 * Runs a function, and then all promise reactions that it led to. Inside a turn, as when a listener
 * stops in the debugger and C calls again, that is put off until the turn is over.
 *
 * @param {function(): void} fn Must not throw.
 */
function runTurn(fn) {
  waiting[waiting.length] = fn;
  if (isRunning) {
    return;
  }
  isRunning = true;
  while (waiting.length > 0) {
    EventTargetDispatchEvent(target, event);
  }
  isRunning = false;
}

module.exports = { runTurn };
