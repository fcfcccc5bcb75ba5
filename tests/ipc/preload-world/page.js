// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// The page's view: the API is there, and nothing else.

const HIDDEN = ['require', 'process', 'exports', 'module', 'Buffer', 'global', 'setImmediate',
  'clearImmediate', 'ipcRenderer', 'contextBridge', 'electron', 'mullion', 'native', 'leaked',
  'implicit'];

/** Loads a page into a frame, and resolves with its window. */
const loadFrame = (src) => new Promise((resolve, reject) => {
  const frame = document.createElement('iframe');
  frame.onload = () => resolve(frame);
  frame.onerror = reject;
  frame.src = src;
  document.body.append(frame);
});

test('the API was there before the first script', () => equal(foundAtFirst.preload, 'object'));

for (const name of HIDDEN) {
  test(`the page has no ${name}`, () => {
    equal(name in window, false);
    equal(foundAtFirst.names.includes(name), false);
  });
}

test('window has no more names than a frame without a preload, but the API', async () => {
  const frame = await loadFrame('blank.html');
  const plain = new Set(Object.getOwnPropertyNames(frame.contentWindow));
  frame.remove();
  const more = foundAtFirst.names.filter((name) => !plain.has(name));
  // foundAtFirst itself was being made.
  same(more.filter((name) => name !== 'foundAtFirst').sort(), ['harness', 'preload']);
});

test('a frame has no API unless the window asks for it', async () => {
  const frame = await loadFrame('blank.html');
  equal(typeof frame.contentWindow.preload, 'undefined');
  frame.remove();
});

test('the document has nothing of the preload', () => {
  equal(document.documentElement.attributes.length, 1);
  equal(document.adoptedStyleSheets.length, 0);
  equal(document.scripts.length, 4);
});

test('what the page does to its window is not seen by the preload', async () => {
  window.getComputedStyle = null;
  await preload.run('insertCSS styles the page until it is removed');
});

for (const name of preload.names) {
  test(name, () => preload.run(name));
}
