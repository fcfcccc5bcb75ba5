// SPDX-License-Identifier: LGPL-2.1-or-later
await go('cancel');

type('limit', '100');
type('deadline', '20000');
click('start');
await shows('answer', 'There are 25 primes');
await shows('thread', 'has finished');

// A thousand million numbers take longer than anybody waits here: only the limits end these calls.
type('limit', '1000000000');
click('start');
await shows('thread', 'is at work');
click('abort');
await shows('answer', 'AbortError');
check($('answer').dataset.kind === 'error', 'an aborted call is shown as an error');
await shows('thread', 'stopped at');

type('deadline', '100');
click('start');
await shows('answer', 'TimeoutError');
await shows('thread', 'stopped at');

// What leaves the page leaves no thread behind.
type('deadline', '20000');
click('start');
const stopped = new Promise((resolve) => {
  window.gallery.cancel.onStopped(resolve);
});
await go('welcome');
check(await stopped > 0, 'the thread stops when the page is left');
return 'stopped';
