// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Notes what the page hears, so that a test can ask what has happened to it.
const heard = [];
const TYPES = ['click', 'dblclick', 'contextmenu', 'mousedown', 'mouseup', 'keydown', 'keyup',
  'input', 'change', 'wheel'];

for (const type of TYPES) {
  window.addEventListener(type, (event) => {
    heard.push({
      type,
      target: event.target.id,
      trusted: event.isTrusted,
      key: event.key ?? null,
      shift: Boolean(event.shiftKey),
      button: event.button ?? null,
    });
  }, true);
}
