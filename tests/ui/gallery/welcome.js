// SPDX-License-Identifier: LGPL-2.1-or-later
await go('welcome');
await shows('measured', 'Measured on this machine');
check(/^[\d.]+ µs$/.test(text('round-trip')), 'a round trip took some microseconds');
check(parseFloat(text('round-trip')) > 0, 'a round trip takes time');
check(/^[\d,]+ \/s$/.test(text('call-rate')), 'there is a rate of calls');
check(text('versions').includes('Mullion'), 'the versions name Mullion');
check(text('versions').includes('GTK'), 'the versions name GTK');
const { groups } = await import(new URL('pages/index.js', document.baseURI));
const titles = groups.flatMap((group) => group.pages).map((page) => page.title);
const listed = [...document.querySelectorAll('.nav-link')].map((link) => link.textContent.trim());
check(listed.join('\n') === titles.join('\n'), 'all pages are listed');
check(titles.length > 0, 'there are pages');
return `${text('round-trip')}, ${text('call-rate')}`;
