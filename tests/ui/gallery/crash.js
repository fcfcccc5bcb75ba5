// SPDX-License-Identifier: LGPL-2.1-or-later
await go('crash');
await shows('crash-state', 'its first');
type('crash-text', 'kept through the end');
click('crash-end');
await new Promise(() => {});
