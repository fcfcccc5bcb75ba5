// SPDX-License-Identifier: LGPL-2.1-or-later
await go('clipboard');
$('clipboard-text').value = 'a < b';
click('clipboard-write');
await shows('clipboard-outcome', 'Copied, as text and as HTML');
click('clipboard-read');
await shows('clipboard-outcome', 'a < b');
click('clipboard-html');
await shows('clipboard-outcome', '<b>a &lt; b</b>');
click('clipboard-formats');
await shows('clipboard-outcome', 'text/html');
return text('log');
