// SPDX-License-Identifier: LGPL-2.1-or-later
// Every page in the width that the test program gave to the window: nothing reaches out of it, and
// every page shows its three pieces of code.
const wide = document.documentElement;
const links = [...document.querySelectorAll('.nav-link')];
const pages = links.map((link) => link.id.replace('nav-', ''));
const fits = (what) => check(wide.scrollWidth <= wide.clientWidth, `${what} fits`);

for (const page of pages) {
  await go(page);
  fits(page);
  check(document.querySelector('[aria-current=page]').id === `nav-${page}`, `${page} is marked`);
  const parts = {
    page: 'export default', preload: 'contextBridge', main: `gallery_${page.replace('-', '_')}_register`,
  };
  for (const [side, part] of Object.entries(parts)) {
    click(`tab-${side}`);
    await until(`${page} shows its code of ${side}`, () => text(`panel-${side}`).includes(part));
    fits(`${page} with the code of ${side}`);
  }
  const nameless = [...document.querySelectorAll('#content :is(input, select, textarea)')]
    .filter((control) => control.labels.length === 0);
  check(nameless.length === 0, `each control of ${page} has a label`);
}
return `${pages.length} pages at ${window.innerWidth} pixels`;
