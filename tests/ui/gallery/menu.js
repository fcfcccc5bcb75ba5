// SPDX-License-Identifier: LGPL-2.1-or-later
await go('menu');
// The test program chooses Copy in the first menu, and closes the second.
click('menu-open');
await shows('chosen', 'Chosen: copy');

const box = $('menu-area').getBoundingClientRect();
const opened = $('menu-area').dispatchEvent(new MouseEvent('contextmenu', {
  bubbles: true, cancelable: true, clientX: box.left + 20, clientY: box.top + 20,
}));
check(!opened, 'the menu of WebKit is kept away');
await shows('chosen', 'Closed with nothing chosen');

// The page turns the app's action on, and the test program turns it off where the menu does.
await shows('menu-glass-state', 'app.glass is off');
click('menu-glass');
await shows('menu-glass-state', 'app.glass is on');
check($('menu-glass').getAttribute('aria-pressed') === 'true', 'the button is pressed');

// A key, an item and the action behind both are one thing, so the test program activates that.
click('menu-bar');
await shows('menu-clicked', 'With a Frame is on');
await shows('menu-glass-state', 'app.glass is off');
click('menu-no-bar');
await shows('menu-clicked', 'no menu bar');
click('menu-bar');
await shows('menu-clicked', 'Stone is on');
click('menu-no-bar');
await shows('menu-clicked', 'no menu bar');
return text('log');
