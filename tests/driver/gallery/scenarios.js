// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// One scenario for each page of the Gallery: what a person would do there, with real clicks and
// keys, and what he sees then.

const assert = require('node:assert/strict');

const { By, Key } = require('./fixture');

module.exports = {
  async welcome(gallery) {
    await gallery.shows('measured', 'Measured on this machine');
    assert.match(await gallery.text('round-trip'), /^[\d.]+ µs$/);
  },

  async notes(gallery) {
    await gallery.type('note-name', 'From outside');
    await gallery.type('note-text', 'First line\nÄöü €');
    await gallery.click('note-save');
    await gallery.shows('note-status', 'Saved to /');
    await gallery.type('note-text', 'something else');
    await gallery.click('note-read');
    await gallery.holds('note-text', 'First line\nÄöü €');
    await gallery.driver.findElement(By.css('[aria-label="Delete From outside"]')).click();
    await gallery.waitFor('the note is gone', () => gallery.text('note-list'),
      (text) => !text.includes('From outside'));
  },

  async messages(gallery) {
    await gallery.type('first', '30');
    await gallery.type('second', '12');
    await gallery.type('label', 'windows');
    await gallery.click('send');
    await gallery.shows('sum', '42 windows');
  },

  async invoke(gallery) {
    await gallery.click('now');
    await gallery.shows('answer', '42');
    await gallery.mullion.mock('invoke:multiply', 43);
    await gallery.click('now');
    await gallery.shows('answer', '43');
    const calls = await gallery.mullion.takeCalls();
    assert.deepEqual(calls.map(({ channel, method, args }) => [channel, method, args]),
      [['invoke:multiply', 'invoke', [6, 7]]]);
    await gallery.mullion.mockError('invoke:multiply', 'No more');
    await gallery.click('now');
    await gallery.shows('answer', "Error invoking remote method 'invoke:multiply': Error: No more");
    await gallery.mullion.unmock('invoke:multiply');
    assert.equal(await gallery.mullion.invoke('invoke:multiply', 5, 4), 20);
    await assert.rejects(gallery.mullion.invoke('invoke:nobody'), {
      error: 'javascript error',
      message: /No handler registered for 'invoke:nobody'/,
    });
  },

  async cancel(gallery) {
    await gallery.type('limit', '100');
    await gallery.click('start');
    await gallery.shows('answer', 'There are 25 primes');
    await gallery.type('limit', '1000000000');
    await gallery.click('start');
    await gallery.shows('thread', 'is at work');
    await gallery.click('abort');
    await gallery.shows('answer', 'AbortError');
  },

  async streams(gallery) {
    await gallery.click('start');
    await gallery.waitFor('the page reads', () => gallery.text('read-text'),
      (text) => parseFloat(text) > 1);
    await gallery.click('stop');
    await gallery.shows('status', 'Stopped after');
    await gallery.click('hash');
    await gallery.shows('digest', 'SHA-256 83ee47245398adee');
  },

  async sync(gallery) {
    await gallery.type('sync-text', 'añbü');
    await gallery.click('reverse');
    await gallery.shows('sync-answer', 'übña');
  },

  async binary(gallery) {
    await gallery.click('negative');
    await gallery.shows('status', 'and back in');
    await gallery.click('again');
    await gallery.shows('status', 'As it was painted');
  },

  async push(gallery) {
    await gallery.click('clock-toggle');
    await gallery.waitFor('the clock ticked', async () =>
      (await gallery.find('clock')).getAttribute('data-ticks'), (ticks) => Number(ticks) >= 1);
    await gallery.click('clock-toggle');
    await gallery.shows('log', 'Unsubscribed after');
  },

  async ask(gallery) {
    assert.equal(await (await gallery.find('give')).isEnabled(), false);
    await gallery.click('begin');
    await gallery.shows('question', 'What is the bar between two panes called?');
    await gallery.type('input', 'a mullion');
    await gallery.click('give');
    await gallery.shows('outcome', 'C was answered: a mullion');
  },

  async system(gallery) {
    await gallery.waitFor('figures came', async () =>
      (await gallery.find('figures')).getAttribute('data-count'), (count) => Number(count) >= 2);
  },

  async menu(gallery) {
    await gallery.click('menu-bar');
    const glass = await gallery.findMenu('frame');
    await gallery.mullion.activateMenu('frame');
    await gallery.shows('menu-clicked', 'With a Frame is on');
    await gallery.mullion.activateMenu([glass.label, 'With a Frame']);
    await gallery.shows('menu-clicked', 'With a Frame is off');
    await assert.rejects(gallery.mullion.activateMenu(['No such']), { error: 'invalid argument' });
    await gallery.click('menu-no-bar');
    await gallery.shows('menu-clicked', 'no menu bar');
  },

  async dialogs(gallery) {
    await gallery.mullion.answerDialog({ filePaths: ['/one.png'] });
    await gallery.click('dialogs-open');
    await gallery.shows('dialogs-outcome', 'Chosen: /one.png');
    await gallery.mullion.answerDialog({ response: 1, checkboxChecked: true });
    await gallery.click('dialogs-ask');
    await gallery.shows('dialogs-outcome', 'Clean both sides');
  },

  async notification(gallery) {
    await gallery.mullion.mock('notification:show', null);
    await gallery.type('notification-title', 'Typed');
    await gallery.click('notification-show');
    const call = await gallery.nextCall();
    assert.deepEqual(call.args, ['Typed', 'Four panes, and one mullion']);
  },

  // Some desktops have no tray, and that is what they are to say.
  async tray(gallery) {
    await gallery.type('tray-tip', 'Typed');
    await gallery.click('tray-show');
    await gallery.waitFor('an icon, or why there is none', () => gallery.text('tray-state'),
      (text) => /^(The icon is given to the tray|This desktop has no tray)$/.test(text));
    await gallery.click('tray-hide');
    await gallery.shows('tray-state', 'No icon');
  },

  async shell(gallery) {
    await gallery.click('shell-bad-link');
    await gallery.shows('shell-link-outcome', 'cannot open this link');
    await gallery.mullion.mock('shell:open-link', null);
    await gallery.type('shell-link', 'https://example.org/typed');
    await gallery.click('shell-open-link');
    await gallery.shows('shell-link-outcome', 'The desktop has it');
    const [call] = await gallery.mullion.takeCalls();
    assert.deepEqual(call.args, ['https://example.org/typed']);
    await gallery.click('shell-make');
    await gallery.shows('shell-file-outcome', 'A note of the Gallery.txt');
  },

  async shortcuts(gallery) {
    await gallery.click('shortcut-1');
    await gallery.shows('shortcuts-outcome', 'CmdOrCtrl+Shift+F9 is heard in any window');
    await gallery.driver.actions().keyDown(Key.CONTROL).keyDown(Key.SHIFT).sendKeys(Key.F9)
      .keyUp(Key.SHIFT).keyUp(Key.CONTROL).perform();
    await gallery.shows('shortcuts-outcome', 'CmdOrCtrl+Shift+F9 was pressed');
    await gallery.click('shortcut-1');
    await gallery.shows('shortcuts-outcome', 'CmdOrCtrl+Shift+F9 is given back');
    await assert.rejects(gallery.mullion.invoke('shortcuts:register', 'A'),
      { message: /The Gallery has no shortcut A/ });
  },

  async screens(gallery) {
    await gallery.shows('screens-facts', '×');
    await gallery.shows('screens-outcome', 'The pointer is at ');
    assert.equal((await gallery.driver.findElements(By.css('.screen-display'))).length, 1);
  },

  // Some desktops have no keyring, and that is what they are to say.
  async secrets(gallery) {
    await gallery.click('secret-seal');
    await gallery.waitFor('the seal, or why there is none', () => gallery.text('secret-outcome'),
      (text) => /bytes are in the localStorage|This desktop has no keyring$/.test(text));
    await gallery.mullion.mock('secrets:decrypt', 'Opened');
    await gallery.click('secret-open');
    await gallery.shows('secret-outcome', 'Opened');
    await gallery.click('secret-forget');
    await gallery.shows('secret-outcome', 'Nothing is sealed');
  },

  async downloads(gallery) {
    await gallery.click('download-start');
    await gallery.shows('download-1', 'of 4.0 MiB');
    await gallery.click('download-cancel-1');
    await gallery.shows('download-1', 'Cancelled; nothing of it is left');
    await gallery.click('download-start');
    await gallery.shows('downloads-outcome', 'Download 2 is completed');
    await gallery.shows('download-2', '2 panes.txt');
  },

  async permissions(gallery) {
    await gallery.mullion.answerDialog({ response: 0 });
    await gallery.click('ask-location');
    await gallery.waitFor('the answer', () => gallery.text('permissions-outcome'),
      (text) => /denied/i.test(text));
  },

  async drag(gallery) {
    await (await gallery.find('drag-input')).sendKeys(__filename);
    await gallery.shows('drag-in-outcome', 'scenarios.js');
    await assert.rejects(gallery.mullion.invoke('drag:start'));
  },

  async windows(gallery) {
    await gallery.enterNewWindow(() => gallery.click('windows-frameless'));
    await gallery.shows('pane-title', 'No frame');
    await gallery.click('pane-close');
    await gallery.enterFirstWindow();
    const views = await gallery.enterNewWindows(2, () => gallery.click('windows-views'));
    const titles = [];
    for (const view of views) {
      await gallery.driver.switchTo().window(view);
      titles.push(await gallery.text('pane-title'));
    }
    assert.deepEqual(titles.sort(), ['The first page', 'The second page']);
    await gallery.enterFirstWindow();
  },

  async app(gallery) {
    await gallery.shows('app-facts', 'userData');
    await gallery.click('app-badge');
    await gallery.shows('app-icon-outcome', 'The icon shows 1');
    await gallery.click('app-badge-none');
    await gallery.shows('app-icon-outcome', 'The icon shows nothing');
    await gallery.click('app-recent');
    await gallery.shows('app-recent-outcome', 'Recently.txt');
    await gallery.click('app-recent-clear');
    await gallery.shows('app-recent-outcome', 'The list is empty');
    await gallery.click('app-login');
    await gallery.shows('app-login-outcome', 'It starts with the session');
    await gallery.click('app-login-no');
    await gallery.shows('app-login-outcome', 'It starts when it is started');
    await gallery.mullion.mock('app:relaunch', null);
    await gallery.click('app-relaunch');
    assert.equal((await gallery.nextCall()).channel, 'app:relaunch');
  },

  async clipboard(gallery) {
    await gallery.type('clipboard-text', 'Typed glass');
    await gallery.click('clipboard-write');
    await gallery.shows('clipboard-outcome', 'Copied');
    assert.equal(await gallery.mullion.readClipboard(), 'Typed glass');
    await gallery.mullion.writeClipboard('From outside');
    await gallery.click('clipboard-read');
    await gallery.shows('clipboard-outcome', 'From outside');
  },

  async print(gallery) {
    await gallery.click('print-landscape');
    await gallery.shows('print-outcome', 'A4: ');
    await gallery.mullion.mock('print:paper', true);
    await gallery.click('print-paper');
    await gallery.shows('print-outcome', 'It is on its way to the printer');
    await gallery.type('find-text', 'In landscape');
    await gallery.click('find-next');
    await gallery.shows('find-outcome', 'times, with what you typed');
    await gallery.click('find-stop');
    await gallery.shows('find-outcome', 'No text is marked');
    await gallery.click('zoom-out');
    await gallery.shows('zoom-outcome', 'Shown at 83 %');
    await gallery.click('zoom-reset');
    await gallery.shows('zoom-outcome', 'Shown at 100 %');
    await gallery.click('capture-take');
    await gallery.shows('capture-outcome', 'pixels of PNG');
  },

  async session(gallery) {
    await gallery.click('pane-33a06f');
    await gallery.shows('pane-outcome', '/33a06f: drawn by the main process');
    await gallery.click('pane-none');
    await gallery.shows('pane-outcome', 'did not come');
    // The rules have a way of their own to the process of the page.
    const paintUntil = (part) => gallery.waitFor(`a pane “${part}”`, async () => {
      await gallery.click('pane-c01c28');
      return gallery.text('pane-outcome');
    }, (text) => text.includes(part));
    await gallery.click('pane-block');
    await paintUntil('did not come');
    await gallery.click('pane-allow');
    await paintUntil('drawn by the main process');
    await gallery.type('cookie-name', 'view');
    await gallery.type('cookie-value', 'wide');
    await gallery.click('cookie-set');
    await gallery.shows('cookie-outcome', 'view=wide');
    await gallery.click('cookie-remove');
    await gallery.shows('cookie-outcome', 'There are no cookies of mullion.example');
    await gallery.click('storage-keep');
    await gallery.shows('storage-outcome', 'this page was here');
    await gallery.click('storage-clear');
    await gallery.shows('storage-outcome', 'All of it is gone');
  },

  async appearance(gallery) {
    await gallery.click('appearance-dark');
    await gallery.shows('appearance-style', 'prefers-color-scheme is dark');
    await gallery.click('appearance-light');
    await gallery.shows('appearance-style', 'prefers-color-scheme is light');
    await gallery.click('appearance-system');
    await gallery.shows('appearance-state', 'system: ');
  },

  // Some desktops have no service that keeps a display on, and that is what they are to say.
  async power(gallery) {
    await gallery.waitFor('the source of power', () => gallery.text('power-source'),
      (text) => /^It (has mains power|runs on its battery)$/.test(text));
    await gallery.click('power-stop');
    await gallery.shows('power-outcome', 'Nothing kept it on');
    await gallery.click('power-start');
    await gallery.waitFor('a blocker, or why there is none', () => gallery.text('power-outcome'),
      (text) => text !== 'Nothing kept it on');
    await gallery.click('power-stop');
    await gallery.waitFor('its end', () => gallery.text('power-outcome'),
      (text) => /^(The display may go dark|Nothing kept it on)$/.test(text));
  },

  async shared(gallery) {
    await gallery.type('shared-local', 'from the first window');
    await gallery.enterNewWindow(() => gallery.click('shared-open'));
    await gallery.holds('shared-local', 'from the first window');
    await gallery.type('shared-main', 'from the second window');
    await gallery.enterFirstWindow();
    await gallery.holds('shared-main', 'from the second window');
  },

  async chat(gallery) {
    const other = await gallery.enterNewWindow(() => gallery.click('chat-open'));
    await gallery.find('talk');
    await gallery.enterFirstWindow();
    await gallery.waitFor('the other window joined', async () =>
      (await gallery.find('chat-relay')).isEnabled(), Boolean);
    await gallery.type('chat-text', 'Hello there');
    await gallery.click('chat-relay');
    const { args } = await gallery.mullion.waitForMessage('chat:relayed', { direction: 'to-page' });
    assert.equal(args[1], 'Hello there');
    await gallery.driver.switchTo().window(other);
    await gallery.shows('talk', 'Hello there');
  },

  async ports(gallery) {
    await gallery.click('tally-open');
    await gallery.click('tally-add');
    await gallery.shows('tally-total', 'The total is 7');
    await gallery.type('tally-number', '35');
    await gallery.click('tally-add');
    await gallery.shows('tally-total', 'The total is 42');
    await gallery.click('tally-close');
    await gallery.shows('tally-total', 'C heard the end of it, at 42');
    const other = await gallery.enterNewWindow(() => gallery.click('line-open'));
    await gallery.shows('line-state', 'has the other end');
    await gallery.enterFirstWindow();
    await (await gallery.find('line-slider')).sendKeys('51');
    await gallery.driver.switchTo().window(other);
    await gallery.shows('line-state', 'moved it to 51');
    await gallery.enterFirstWindow();
    await gallery.go('chat');
    await gallery.driver.switchTo().window(other);
    await gallery.shows('line-state', 'There is no other window');
  },

  async legacy(gallery) {
    await gallery.shows('legacy-state', 'Off in this window.');
    await gallery.enterNewWindow(() => gallery.click('legacy-open'));
    await gallery.shows('legacy-state', 'On in this window.');
    await gallery.type('legacy-value', 'written by keys');
    await gallery.click('legacy-set');
    await gallery.click('legacy-get');
    await gallery.shows('legacy-shown', 'written by keys');
  },

  async node(gallery) {
    await gallery.type('node-text', 'Regal äöü');
    await gallery.click('node-stdio');
    await gallery.shows('node-answer', 'üöä lageR — over standard input and output');
    await gallery.click('node-channel');
    await gallery.shows('node-answer', 'üöä lageR — over its IPC channel');
    await gallery.shows('node-child', 'is running as process');
    await gallery.click('node-stop');
    await gallery.shows('node-child', 'Node.js was ended');
    await gallery.click('node-channel');
    await gallery.shows('node-answer', 'üöä lageR — over its IPC channel');
  },

  async 'node-ipc'(gallery) {
    await gallery.click('node-ipc-start');
    await gallery.shows('node-ipc-state', '1 peer is connected');
    await gallery.shows('node-ipc-talk', 'Hello from Node.js v');
    await gallery.type('node-ipc-text', 'Grüße 😀');
    await gallery.click('node-ipc-say');
    await gallery.shows('node-ipc-talk', '“Grüße 😀” has 7 characters');
    await gallery.click('node-ipc-start');
    await gallery.shows('node-ipc-state', '2 peers are connected');
    await gallery.click('node-ipc-stop');
    await gallery.shows('node-ipc-state', 'Nobody is there');
  },

  async bus(gallery) {
    await gallery.click('bus-join');
    await gallery.shows('bus-state', 'Joined: This machine');
    await gallery.type('bus-text', 'Grüße');
    await gallery.click('bus-say');
    await gallery.shows('bus-heard', 'Grüße');
    await gallery.driver.findElement(By.css('#bus-engine option[value=redis]')).click();
    await gallery.click('bus-join');
    await gallery.waitFor('Redis, or that there is none', () => gallery.text('bus-state'),
      (text) => /^Joined: Redis|"redis-server"|“redis-server”/.test(text));
    if (!(await gallery.text('bus-state')).startsWith('Joined')) {
      await gallery.driver.findElement(By.css('#bus-engine option[value=local]')).click();
      await gallery.click('bus-join');
      await gallery.shows('bus-state', 'Joined: This machine');
    }
    await gallery.click('bus-another');
    await gallery.shows('bus-heard', 'A second instance is here: process');
  },

  async errors(gallery) {
    await gallery.click('run-fails');
    await gallery.shows('error-fails',
      "Error invoking remote method 'errors:fails': Error: The glass is broken");
    await gallery.click('run-uncloneable');
    await gallery.shows('error-uncloneable', 'An object could not be cloned.');
  },

  async crash(gallery) {
    await gallery.shows('crash-state', 'its first');
    await gallery.type('crash-text', 'kept through the end');
    await gallery.holds('crash-text', 'kept through the end');
    await gallery.click('crash-end');
    await gallery.comeBack();
    await gallery.shows('crash-state', 'Deaths so far: 1');
    await gallery.holds('crash-text', 'kept through the end');
  },

  async devtools(gallery) {
    await gallery.shows('devtools-state', 'are closed');
    await gallery.click('devtools-open');
    await gallery.shows('devtools-state', 'are open');
    await gallery.click('devtools-close');
    await gallery.shows('devtools-state', 'are closed');
  },
};
