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
return text('log');
