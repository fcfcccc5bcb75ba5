// SPDX-License-Identifier: LGPL-2.1-or-later
// What the Gallery has Node.js run: a client of the library node-ipc. It greets when it is connected, and
// answers what it hears. What keeps it from that it says over its own channel.
'use strict';

const { execFileSync } = require('node:child_process');
const { createRequire } = require('node:module');
const { join } = require('node:path');

// 10.1.1 and 10.1.2 destroyed files of their users, and later ones leave files of their own with them.
const WANTED = '9.2.1';

/** What is installed here, or for all of this machine. */
function load() {
  const ways = [() => require, () => createRequire(
    join(execFileSync('npm', ['root', '--global'], { encoding: 'utf8', stdio: 'pipe' }).trim(), '..', 'any'))];
  for (const way of ways) {
    try {
      const find = way();
      const { version } = find('node-ipc/package.json');
      return version === WANTED ? find('node-ipc') : `node-ipc ${version} is installed, which is not safe`;
    } catch {
      // It is not there, and perhaps it is elsewhere.
    }
  }
  return 'node-ipc is not installed';
}

function talk(ipc, path) {
  const name = `Node.js ${process.version}, process ${process.pid}`;

  Object.assign(ipc.config, { id: name, silent: true, maxRetries: 3, retry: 200 });
  ipc.connectTo('gallery', path, () => {
    const { gallery } = ipc.of;
    gallery.on('connect', () => gallery.emit('say', { text: `Hello from ${name}` }));
    gallery.on('say', ({ text }) => gallery.emit('say', {
      text: `“${text}” has ${[...text].length} characters, says process ${process.pid}`,
    }));
    gallery.on('destroy', () => process.exit(0));
  });
}

const ipc = load();

if (typeof ipc === 'string') {
  process.send(`${ipc}: npm install --global node-ipc@${WANTED}`, () => process.disconnect());
} else {
  talk(ipc, process.argv[1]);
  process.on('disconnect', () => process.exit(0));
}
