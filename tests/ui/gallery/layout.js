// SPDX-License-Identifier: LGPL-2.1-or-later
// Every page in the width that the test program gave to the window: nothing reaches out of it, and
// every page shows its three pieces of code.
const wide = document.documentElement;
const pages = [...document.querySelectorAll('.nav-link')].map((link) => link.id.replace('nav-', ''));

for (const page of pages) {
  await go(page);
  check(wide.scrollWidth <= wide.clientWidth, `${page} fits in ${wide.clientWidth} pixels`);
  check(document.querySelector('[aria-current=page]').id === `nav-${page}`, `${page} is marked`);
  for (const [side, part] of [['page', 'export default'], ['preload', 'contextBridge'], ['main', `gallery_${page}_register`]]) {
    click(`tab-${side}`);
    await until(`${page} shows its code of ${side}`, () => text(`panel-${side}`).includes(part));
    check(wide.scrollWidth <= wide.clientWidth, `${page} with the code of ${side} fits in ${wide.clientWidth} pixels`);
  }
  const nameless = [...document.querySelectorAll('#content :is(input, select, textarea)')]
    .filter((control) => control.labels.length === 0);
  check(nameless.length === 0, `each control of ${page} has a label`);
}
return `${pages.length} pages at ${window.innerWidth} pixels`;
