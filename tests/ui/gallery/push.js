// SPDX-License-Identifier: LGPL-2.1-or-later
await go('push');
await shows('greeting', 'saw this page finish loading at');

click('clock-toggle');
await until('the clock ticked twice', () => Number($('clock').dataset.ticks) >= 2);
check(/^\d\d:\d\d:\d\d$/.test(text('clock')), 'the clock shows a time');
click('clock-toggle');
const ticks = $('clock').dataset.ticks;
await shows('log', `Unsubscribed after ${ticks} ticks`);

click('work');
await until('the work is under way', () => $('progress').value > 0 && $('progress').value < 100);
await until('the work is done', () => $('progress').value === 100);
await shows('work-status', 'All done');
check($('clock').dataset.ticks === ticks, 'no tick comes after unsubscribing');
return `${ticks} ticks`;
