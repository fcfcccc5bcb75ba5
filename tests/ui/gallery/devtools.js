// SPDX-License-Identifier: LGPL-2.1-or-later
await go('devtools');
await shows('devtools-state', 'are closed');
click('devtools-open');
await shows('devtools-state', 'are open');
click('devtools-close');
await shows('devtools-state', 'are closed');
await shows('log', 'devtools:changed  false');
return text('log');
