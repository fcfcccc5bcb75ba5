// SPDX-License-Identifier: LGPL-2.1-or-later
await go('crash');
await shows('crash-state', 'its first');
type('crash-text', 'kept through the end');
// An answer from where storage is kept: what was written before has arrived there.
await indexedDB.databases();
click('crash-end');
await new Promise(() => {});
