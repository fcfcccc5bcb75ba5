// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// What becomes of a field that fills the page, each a promise.
const field = document.querySelector('textarea');

// WebKit takes no notice of the user before the first frame.
window.painted = new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
});
window.focused = new Promise((done) => {
  field.addEventListener('focus', () => done(true));
});
window.typed = new Promise((done) => {
  field.addEventListener('input', () => done(field.value));
});
