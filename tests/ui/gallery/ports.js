// SPDX-License-Identifier: LGPL-2.1-or-later
await go('ports');

click('tally-open');
click('tally-add');
await shows('tally-total', 'The total is 7');
type('tally-number', '35');
click('tally-add');
await shows('tally-total', 'The total is 42');
type('tally-number', '');
click('tally-add');
await shows('tally-total', 'Argument 1 must be');
click('tally-close');
await shows('tally-total', 'C heard the end of it, at 42');

check($('line-slider').disabled, 'there is nobody at the other end');
click('line-open');
await until('the other window has the other end', () => !$('line-slider').disabled);
type('line-slider', '70');
await shows('line-state', 'moved it to 30');
return text('line-state');
