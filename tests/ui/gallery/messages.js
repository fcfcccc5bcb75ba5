// SPDX-License-Identifier: LGPL-2.1-or-later
await go('messages');
type('first', '30');
type('second', '12');
type('label', 'windows');
click('send');
await shows('sum', '42 windows');
await shows('log', 'messages:notice  Additions so far: ');

click('send-wrong');
await shows('log', 'messages:notice  Argument 1 must be a number');
check(text('sum') === '42 windows', 'nonsense gets no sum');
return text('sum');
