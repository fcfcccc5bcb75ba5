// SPDX-License-Identifier: LGPL-2.1-or-later
await go('session');
await shows('pane-outcome', '/3584e4: drawn by the main process');
click('pane-c01c28');
await shows('pane-outcome', '/c01c28');
click('cookie-set');
await shows('cookie-outcome', 'theme=dark');
await shows('log', '+theme=dark');
$('cookie-name').value = 'a;b';
click('cookie-set');
await shows('cookie-outcome', 'Failed to parse cookie');
$('cookie-name').value = 'theme';
click('cookie-remove');
await shows('cookie-outcome', 'There are no cookies of mullion.example');
click('storage-keep');
await shows('storage-outcome', 'this page was here 1 times');
click('storage-clear');
await shows('storage-outcome', 'All of it is gone');
return text('log');
