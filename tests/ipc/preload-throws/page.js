// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

test('the page loads', () => equal(document.title, 'preload-throws'));

test('what was exposed before works', async () => {
  equal(await before.echo('still here'), 'still here');
});

test('what comes after the throw did not run', () => equal('after' in window, false));

test('process is loaded all the same', () => equal(before.isLoaded(), true));

test('the main process is told what was thrown, and where', async () => {
  const errors = await before.getErrors();
  equal(errors.length, 1);
  const [{ path, message }] = errors;
  assert(path.endsWith('preload-throws/preload.js'), `the path is ${path}`);
  assert(message.startsWith("ReferenceError: Can't find variable: noSuchFunction"), message);
  assert(/preload\.js:22:/.test(message), `the stack is ${message}`);
});
