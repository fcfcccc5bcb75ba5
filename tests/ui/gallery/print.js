// SPDX-License-Identifier: LGPL-2.1-or-later
await go('print');
click('print-pdf');
await shows('print-outcome', 'KiB of %PDF-1.');
$('find-text').value = 'nowhere on this page, they say';
click('find-next');
await shows('find-outcome', 'It is there once');
$('find-text').value = 'Take a picture';
click('find-next');
await shows('find-outcome', 'times, with what you typed');
click('find-stop');
await shows('find-outcome', 'No text is marked');
click('zoom-in');
await shows('zoom-outcome', 'Shown at 120 %');
click('zoom-reset');
await shows('zoom-outcome', 'Shown at 100 %');
click('capture-take');
await shows('capture-outcome', 'pixels of PNG');
return text('log');
