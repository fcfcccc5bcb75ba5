// SPDX-License-Identifier: LGPL-2.1-or-later
await go('dialogs');
// The test program has the answers ready, in this order.
click('dialogs-open');
await shows('dialogs-outcome', 'Chosen: /one.png, /two.png');
click('dialogs-save');
await shows('dialogs-outcome', 'To save as /there.png');
click('dialogs-save');
await shows('dialogs-outcome', 'Not saved');
click('dialogs-ask');
await shows('dialogs-outcome', 'Clean both sides');
click('dialogs-ask');
await shows('dialogs-outcome', 'They stay as they are');
return text('log');
