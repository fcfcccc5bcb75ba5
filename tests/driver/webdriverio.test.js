// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// mullion-driver under WebdriverIO, with the client helper beside it. The package is the one that
// tests/npm/webdriverio has installed.

const assert = require('node:assert/strict');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { after, before, test } = require('node:test');

const { MullionDriverError, MullionSession, startDriver } = require('../../driver/client');

const { MULLION_TEST_DRIVER, MULLION_TEST_LAUNCHER, MULLION_TEST_PACKAGES } = process.env;
const { remote } = createRequire(join(MULLION_TEST_PACKAGES, 'package.json'))('webdriverio');

let server;
let browser;
let mullion;

before(async () => {
  server = await startDriver({
    path: MULLION_TEST_DRIVER,
    args: [`--launcher=${MULLION_TEST_LAUNCHER}`],
  });
  const { hostname, port } = new URL(server.url);
  browser = await remote({
    hostname,
    port: Number(port),
    logLevel: 'error',
    capabilities: {
      browserName: 'mullion',
      'mullion:options': { folder: join(__dirname, 'app') },
    },
  });
  mullion = await MullionSession.of(browser);
});

after(async () => {
  await browser?.deleteSession();
  await server?.stop();
});

test('clicks and keys', async () => {
  await browser.$('#button').click();
  const text = await browser.$('#text');
  await text.setValue('Hello');
  assert.equal(await text.getValue(), 'Hello');
  await browser.keys(['Tab']);
  assert.equal(await browser.execute(() => document.activeElement.id), 'date');
  const click = await browser.execute(() => heard.find(({ type }) => type === 'click'));
  assert.deepEqual([click.target, click.trusted], ['button', true]);
});

test('windows', async () => {
  assert.equal(await browser.getTitle(), 'Driven');
  assert.equal((await browser.getWindowHandles()).length, 1);
});

test('the helper', async () => {
  await mullion.writeClipboard('two words');
  assert.equal(await mullion.readClipboard(), 'two words');
  assert.ok((await mullion.takeWindowScreenshot()).subarray(1, 4).equals(Buffer.from('PNG')));
  await assert.rejects(mullion.activateMenu('no such item'), (failure) =>
    failure instanceof MullionDriverError && failure.error === 'invalid argument');
});
