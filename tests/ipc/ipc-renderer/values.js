// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Every kind of value goes to the main process and comes back, in every way there is.

for (const name of ipc.valueNames) {
  for (const way of ['invoke', 'sendSync', 'reply']) {
    test(`${name} by ${way}`, () => ipc.roundTrip(name, way));
  }
}

for (const name of ipc.uncloneableNames) {
  for (const way of ['send', 'sendSync', 'invoke', 'postMessage']) {
    test(`${name} is refused by ${way}`, async () => {
      equal(await ipc.sendUncloneable(name, way), 'true Error: An object could not be cloned.');
    });
  }
}

test('what is nested too deeply is refused', async () => {
  equal(await ipc.deep(3000), 'true RangeError: An object is nested too deeply to be sent.');
});

test('ipcRenderer crosses the bridge as an empty object', () => {
  equal(Reflect.ownKeys(rawIpcRenderer).length, 0);
  equal(Object.getPrototypeOf(rawIpcRenderer), Object.prototype);
});

for (const name of ipc.inside) {
  test(name, () => ipc.runInside(name));
}
