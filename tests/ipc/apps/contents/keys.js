// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// What the page hears of the keyboard, as the test writes down what the app hears of it.
window.heard = [];

for (const type of ['keydown', 'keyup']) {
  window.addEventListener(type, (event) => {
    const modifiers = event.location === 1 || event.location === 2
      ? [] : [event.shiftKey, event.ctrlKey, event.altKey, event.metaKey];
    window.heard.push([type === 'keydown' ? 'keyDown' : 'keyUp', event.key, event.code,
      event.location, event.repeat, event.isComposing, ...modifiers].join(' '));
  });
}
