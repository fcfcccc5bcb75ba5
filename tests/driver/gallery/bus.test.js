// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// The Gallery's page of the message bus where its server is missing: none is installed, or it goes
// away.

const { execFileSync, spawnSync } = require('node:child_process');
const { mkdtempSync, rmSync, symlinkSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { test } = require('node:test');

const { By, Gallery } = require('./fixture');

const hasRedis = !spawnSync('redis-server', ['--version']).error;

/** A test with a Gallery whose environment has a folder of its own. */
function withGallery(name, options, makeEnv, run) {
  test(name, options, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'mullion-bus-'));
    let gallery;
    try {
      gallery = await Gallery.start(makeEnv(folder));
      await gallery.go('bus');
      await run(gallery, folder);
    } catch (error) {
      if (gallery) {
        t.diagnostic(`See ${await gallery.leaveArtefacts('bus-without-server')}`);
      }
      throw error;
    } finally {
      await gallery?.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function choose(gallery, engine) {
  await gallery.driver.findElement(By.css(`#bus-engine option[value=${engine}]`)).click();
  await gallery.click('bus-join');
}

async function talk(gallery, text) {
  await gallery.type('bus-text', text);
  await gallery.click('bus-say');
  await gallery.shows('bus-heard', text);
}

/** Nothing is installed but what WebKit needs. */
function makePath(folder) {
  for (const name of ['bwrap', 'xdg-dbus-proxy']) {
    const path = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    symlinkSync(path, join(folder, name));
  }
  return { PATH: folder };
}

withGallery('no server is installed', {}, makePath, async (gallery) => {
  await choose(gallery, 'redis');
  await gallery.shows('bus-state', 'Cannot run “redis-server”: there is no such program');

  await choose(gallery, 'local');
  await gallery.shows('bus-state', 'Joined: This machine');
  await talk(gallery, 'without a server');
});

withGallery('the server goes away', { skip: !hasRedis }, (folder) => ({ XDG_RUNTIME_DIR: folder }),
  async (gallery, folder) => {
    const socket = join(folder, 'mullion-gallery-redis');

    await choose(gallery, 'redis');
    await gallery.shows('bus-state', 'Joined: Redis');
    await talk(gallery, 'with a server');

    execFileSync('redis-cli', ['-s', socket, 'shutdown', 'nosave']);
    await gallery.shows('bus-state', 'The Redis server at');

    // The page starts another one.
    await gallery.click('bus-join');
    await gallery.shows('bus-state', 'Joined: Redis');
    await talk(gallery, 'with another one');
  });
