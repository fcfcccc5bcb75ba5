// SPDX-License-Identifier: LGPL-2.1-or-later
// The page after its end, in a process that knows nothing of the one before.
await shows('crash-state', 'the one before was killed. Deaths so far: 1');
check(document.documentElement.dataset.page === 'crash', 'the address is as it was');
check($('crash-text').value === 'kept through the end', 'what was kept is there');
return text('crash-state');
