// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

const assert = require('node:assert/strict');
const { after, before, test } = require('node:test');

const { By, Gallery } = require('./fixture');
const scenarios = require('./scenarios');

let gallery;

before(async () => {
  gallery = await Gallery.start();
});

after(async () => {
  await gallery?.stop();
});

/** What a scenario has left behind must not disturb the next one. */
async function run(name, scenario, t) {
  try {
    await gallery.go(name);
    await scenario(gallery);
  } catch (error) {
    t.diagnostic(`See ${await gallery.leaveArtefacts(name)}`);
    throw error;
  } finally {
    await gallery.closeOtherWindows();
    await gallery.mullion.unmock();
    await gallery.mullion.takeCalls();
  }
}

for (const [name, scenario] of Object.entries(scenarios)) {
  test(name, (t) => run(name, scenario, t));
}

test('every page has a scenario', async () => {
  const links = await gallery.driver.findElements(By.css('.nav-link'));
  const pages = await Promise.all(links.map((link) => link.getAttribute('id')));
  assert.deepEqual(Object.keys(scenarios).map((name) => `nav-${name}`).sort(), pages.sort());
});
