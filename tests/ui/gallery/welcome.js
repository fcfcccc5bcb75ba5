// SPDX-License-Identifier: LGPL-2.1-or-later
await go('welcome');
await shows('measured', 'Measured on this machine');
check(/^[\d.]+ µs$/.test(text('round-trip')), 'a round trip took some microseconds');
check(parseFloat(text('round-trip')) > 0, 'a round trip takes time');
check(/^[\d,]+ \/s$/.test(text('call-rate')), 'there is a rate of calls');
check(text('versions').includes('Mullion'), 'the versions name Mullion');
check(text('versions').includes('GTK'), 'the versions name GTK');
check(document.querySelectorAll('.nav-link').length === 29, 'all pages are listed');
return `${text('round-trip')}, ${text('call-rate')}`;
