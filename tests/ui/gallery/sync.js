// SPDX-License-Identifier: LGPL-2.1-or-later
await go('sync');
type('sync-text', 'añbü');
click('reverse');
check(text('sync-answer') === 'übña',
  `the answer is there as soon as the click is over, and not ${text('sync-answer')}`);

click('slow');
const stood = Number(/for (\d+) ms/.exec(text('sync-answer'))[1]);
check(stood >= 1400, `the page stood still, for ${stood} ms`);
return `${stood} ms`;
