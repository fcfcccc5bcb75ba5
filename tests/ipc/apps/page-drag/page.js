// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// What the page hears of the pointer.
const heard = [];
for (const type of ['mousedown', 'mouseup', 'mousemove', 'dragend']) {
  addEventListener(type, (event) => heard.push(`${event.type} ${event.buttons}`), true);
}

/** Resolves when it is so; each frame is asked. */
window.until = (isSo) => new Promise((resolve) => {
  const look = () => (isSo() ? resolve(true) : requestAnimationFrame(look));
  look();
});

addEventListener('dragstart', (event) => {
  event.preventDefault();
  window.api.drag();
});
