// SPDX-License-Identifier: LGPL-2.1-or-later
await go('system');
await until('figures came twice', () => Number($('figures').dataset.count) >= 2);
check(/MiB|GiB/.test(text('figures')), 'memory is shown');
check(!text('figures').includes('NaN'), 'each figure is a number');
const points = document.querySelector('.plot-line.is-memory').getAttribute('points').split(' ');
check(points.length >= 2, 'the plot has a line');

click('watch');
const paused = $('figures').dataset.count;
await new Promise((resolve) => setTimeout(resolve, 1300));
check($('figures').dataset.count === paused, 'a paused plot stands still');
click('watch');
await until('it goes on', () => $('figures').dataset.count > paused);
return text('figures');
