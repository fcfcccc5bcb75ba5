// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Arguments that do not fit, in Electron's words.

const CONVERSION = 'true TypeError: Error processing argument at index';

for (const method of ['send', 'sendSync', 'invoke']) {
  for (const [value, text] of [[5, '5'], [undefined, 'undefined'], [null, 'null'],
    [{}, '#<Object>'], [true, 'true']]) {
    test(`${method} on the channel ${text}`, async () => {
      equal(await ipc.call(method, value), `${CONVERSION} 1, conversion failure from ${text}`);
    });
  }

  test(`${method} on a channel with NUL`, async () => {
    equal(await ipc.call(method, 'a\0b'),
      'true TypeError: The name of a channel has a character that cannot be sent');
  });
}

test('postMessage on a channel that is no string', async () => {
  equal(await ipc.call('postMessage', 5, 1), `${CONVERSION} 0, conversion failure from 5`);
});

test('postMessage with a transfer that is no array', async () => {
  equal(await ipc.call('postMessage', 'echo', 1, 'ports'),
    'true TypeError: Invalid value for transfer');
});

test('postMessage with a transfer of something else', async () => {
  equal(await ipc.transferOther(), 'true TypeError: Invalid value for transfer');
});

test('postMessage with a port', async () => {
  equal(await ipc.callWithPort(), 'nothing was thrown');
});

test('postMessage with an empty transfer', async () => {
  equal(await ipc.call('postMessage', 'nobody', 1, []), 'nothing was thrown');
});

test('sendTo an id that is no number', async () => {
  equal(await ipc.call('sendTo', 'x', 'channel'), `${CONVERSION} 0, conversion failure from x`);
});

test('sendTo nobody', async () => {
  equal(await ipc.call('sendTo', 999999, 'channel'), 'nothing was thrown');
  equal(await ipc.invoke('echo', 'alive'), 'alive');
});

test('sendToHost is not available', async () => {
  equal(await ipc.call('sendToHost', 'channel'), 'true Error: ipcRenderer.sendToHost is not ' +
    'available: there is no <webview> whose host could receive the message');
});
