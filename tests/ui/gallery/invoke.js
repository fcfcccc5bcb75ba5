// SPDX-License-Identifier: LGPL-2.1-or-later
await go('invoke');
click('now');
await shows('answer', '42');

const start = Date.now();
click('later');
await shows('answer', 'answered by a timer in C');
check(Date.now() - start >= 900, 'the later answer took its second');

// The test program presses Confirm in the native dialog, and Cancel in the next one.
click('ask');
await until('the question was confirmed', () => text('answer') === 'confirm');
click('ask');
await until('the question was cancelled', () => text('answer') === 'cancel');

click('reject');
await shows('answer', "Error invoking remote method 'invoke:open-file': Error: ");
check(text('answer').includes('No such file or directory'), 'the message of the GError arrives');
check($('answer').dataset.kind === 'error', 'a rejection is shown as an error');
return text('answer');
