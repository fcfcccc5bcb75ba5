// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// What no message can hold is an error at the caller, in the words of Electron.

const CANNOT = 'Error: An object could not be cloned.';

for (const name of ipc.uncloneable) {
  for (const way of ipc.senders) {
    test(`${name} is refused (${way})`, async () => {
      equal(await ipc.sendUncloneable(name, way), CANNOT);
    });
  }
}

test('an ImageBitmap is refused', async () => {
  const canvas = document.createElement('canvas');
  const bitmap = await createImageBitmap(canvas);
  await rejects(ipc.invoke('echo', bitmap), 'An object could not be cloned.');
});

test('a getter that throws is heard by the caller', () => ipc.throwingGetter());

test('what was refused keeps nothing else from being sent', async () => {
  await ipc.sendUncloneable('a function', 'send');
  equal(await ipc.invoke('echo', 1), 1);
});

for (const depth of [1901, 100000]) {
  test(`objects ${depth} deep are refused`, async () => {
    for (const kind of ipc.nestable) {
      equal(await ipc.sendNested(kind, depth),
        'RangeError: An object is nested too deeply to be sent.', kind);
    }
  });
}

test('a string of 1 GiB is refused', async () => {
  equal(await ipc.sendLongString(2 ** 30),
    'RangeError: A string of 1073741824 characters is over the limit of 134217728 characters');
});

test('strings that are too long together are refused', async () => {
  equal(await ipc.sendLongStrings(5, 2 ** 25),
    'RangeError: Texts of 167772160 bytes in one message are over the limit of 134217728 bytes');
});

test('a Blob over the limit is refused', async () => {
  const part = new Uint8Array(2 ** 24);
  const blob = new Blob(Array(9).fill(part));
  await rejects(ipc.invoke('echo', blob),
    'A Blob of 150994944 bytes is over the limit of 134217728 bytes');
});

test('more values than main would read are refused', async () => {
  for (const way of ['send', 'sendSync', 'invoke']) {
    equal(await ipc.sendZeros(6000000, way), 'Error: Too many values: they would take about 560 MiB ' +
      'of memory, and the limit is 512 MiB', way);
  }
  equal(await ipc.invoke('echo', 'alive'), 'alive');
});
