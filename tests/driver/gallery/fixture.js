// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// The Gallery under selenium-webdriver, as somebody outside of this project would test it. The
// packages are those that tests/npm has installed.

const { mkdirSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');

const { MullionSession, startDriver } = require('../../../driver/client');

const { MULLION_TEST_ARTEFACTS, MULLION_TEST_DRIVER, MULLION_TEST_LAUNCHER } = process.env;
const { Builder, By, Capabilities, Key, error, until } =
  createRequire(join(process.env.MULLION_TEST_PACKAGES, 'package.json'))('selenium-webdriver');

const PATIENCE = 30000;

/** A running Gallery, and what one does with it. */
class Gallery {
  /** @param {Record<string, string>} [env] of the Gallery, beside that of the test */
  static async start(env = {}) {
    const self = new Gallery();
    self.server = await startDriver({
      path: MULLION_TEST_DRIVER,
      args: [`--launcher=${MULLION_TEST_LAUNCHER}`],
    });
    try {
      await self.begin(env);
    } catch (failure) {
      await self.server.stop();
      throw failure;
    }
    return self;
  }

  async begin(env) {
    this.driver = await new Builder()
      .usingServer(this.server.url)
      .withCapabilities(new Capabilities({
        browserName: 'mullion',
        'mullion:options': { binary: MULLION_TEST_LAUNCHER, env },
      }))
      .build();
    this.mullion = await MullionSession.of(this.driver, this.server.url);
    this.first = await this.driver.getWindowHandle();
  }

  async stop() {
    await this.driver.quit();
    await this.server.stop();
  }

  /** Goes to a page by its link. */
  async go(page) {
    await this.click(`nav-${page}`);
    await this.driver.wait(until.elementLocated(By.css(`html[data-page="${page}"]`)), PATIENCE);
  }

  find(id) {
    return this.driver.wait(until.elementLocated(By.id(id)), PATIENCE);
  }

  async click(id) {
    await (await this.find(id)).click();
  }

  async type(id, ...keys) {
    const element = await this.find(id);
    await element.clear();
    await element.sendKeys(...keys);
  }

  async text(id) {
    return (await this.find(id)).getText();
  }

  async value(id) {
    return (await this.find(id)).getProperty('value');
  }

  /** Waits until an element shows a text; the error tells what it shows instead. */
  async shows(id, part) {
    await this.waitFor(`#${id} shows “${part}”`, () => this.text(id), (text) => text.includes(part));
  }

  async holds(id, value) {
    await this.waitFor(`#${id} holds “${value}”`, () => this.value(id), (is) => is === value);
  }

  async waitFor(what, read, isDone) {
    let last;
    await this.driver.wait(async () => isDone(last = await read()), PATIENCE)
      .catch(() => { throw new Error(`Waited in vain till ${what}; it is: ${last}`); });
  }

  /** What comes to a mocked channel next; a page may log a call before the app hears of it. */
  async nextCall() {
    return this.driver.wait(async () => (await this.mullion.takeCalls())[0], PATIENCE);
  }

  /** The menu of the bar that an item is in; the bar may be about to come. */
  async findMenu(id) {
    return this.driver.wait(async () => (await this.mullion.menu())
      .find((menu) => menu.submenu.some((item) => item.id === id)), PATIENCE);
  }

  /** Switches to the window that a click opens. */
  async enterNewWindow(open) {
    const [handle] = await this.enterNewWindows(1, open);
    return handle;
  }

  /** The same for several, of which it switches to the first. */
  async enterNewWindows(count, open) {
    const before = await this.driver.getAllWindowHandles();
    await open();
    const handles = await this.driver.wait(async () => {
      const now = await this.driver.getAllWindowHandles();
      const added = now.filter((one) => !before.includes(one));
      return added.length >= count && added;
    }, PATIENCE);
    await this.driver.switchTo().window(handles[0]);
    return handles;
  }

  async enterFirstWindow() {
    await this.driver.switchTo().window(this.first);
  }

  /** One may take others along, at once or a moment later: the page beside it, and the windows that
   * it is the parent of. */
  async closeOtherWindows() {
    await this.driver.wait(async () => {
      const other = (await this.driver.getAllWindowHandles()).find((one) => one !== this.first);
      if (other !== undefined) {
        await this.closeWindow(other);
      }
      return other === undefined;
    }, PATIENCE);
    await this.enterFirstWindow();
  }

  async closeWindow(handle) {
    try {
      await this.driver.switchTo().window(handle);
      await this.driver.close();
    } catch (failure) {
      if (!(failure instanceof error.NoSuchWindowError)) {
        throw failure;
      }
    }
  }

  /** A page that has died has a new handle, and the command that finds it out fails. */
  async comeBack() {
    await this.driver.wait(() => this.driver.getTitle().then(() => false,
      (failure) => failure instanceof error.NoSuchWindowError), PATIENCE);
    this.first = await this.driver.getWindowHandle();
  }

  /** What somebody wants to see when a scenario has failed, as far as it can be had. */
  async leaveArtefacts(name) {
    const folder = join(MULLION_TEST_ARTEFACTS, name);
    const artefacts = {
      'page.png': async () => Buffer.from(await this.driver.takeScreenshot(), 'base64'),
      'window.png': () => this.mullion.takeWindowScreenshot(),
      'log.txt': () => this.mullion.takeLog(),
      'recording.jsonl': () => this.mullion.recording(),
    };

    mkdirSync(folder, { recursive: true });
    for (const [file, take] of Object.entries(artefacts)) {
      const content = await take().catch((failure) => `There is none: ${failure.message}\n`);
      writeFileSync(join(folder, file), content);
    }
    return folder;
  }
}

module.exports = { By, Gallery, Key };
