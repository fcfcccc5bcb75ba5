// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

const input = document.querySelector('input');

/** What came of the last drop or choice, and the Files of it. */
window.last = null;
window.isOver = false;
window.files = [];

function note(how, list) {
  window.files = [...list];
  window.last = { how, paths: window.files.map((file) => window.api.pathOf(file)) };
}

/** The same File by name, size, time and content, but one that a script has made. */
window.makeAnother = async (file) =>
  new File([await file.arrayBuffer()], file.name, { type: file.type, lastModified: file.lastModified });

/** Files of the page's own in the input, and the event that the user's choice would have fired. */
window.pretend = (files) => {
  const transfer = new DataTransfer();
  for (const file of files) {
    transfer.items.add(file);
  }
  input.files = transfer.files;
  input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  return [...input.files].map((file) => window.api.pathOf(file));
};

/** Why @value has no path, though it may be like a file. */
window.refusal = (value) => {
  try {
    return window.api.pathOf(value).length;
  } catch (error) {
    return error.message;
  }
};

// An input that no selector finds: in a shadow tree.
const shadow = document.getElementById('host').attachShadow({ mode: 'open' });
shadow.innerHTML = '<input type="file">';
window.inner = shadow.querySelector('input');

input.addEventListener('input', () => note('input', input.files), true);
window.inner.addEventListener('change', () => note('inner', window.inner.files));
addEventListener('dragover', (event) => {
  event.preventDefault();
  window.isOver = true;
});
addEventListener('drop', (event) => {
  event.preventDefault();
  // WebKitGTK gives no File of what is dropped, or all of them.
  note('drop', event.dataTransfer.files);
  if (window.files.length === 0) {
    window.last.paths = window.api.dropped();
  }
}, true);
