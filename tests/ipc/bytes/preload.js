// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Binary values: of every size at which the wire does something else, in every kind of message, and
// as C sees and makes them. The handlers echo; bytes-… are in bytes-handlers.c.

const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('harness', {
  report: (name, ok, detail) => ipcRenderer.send('test:result', { name, ok, detail }),
  done: () => ipcRenderer.send('test:done'),
});

const equal = (actual, expected, what = 'the value') => {
  if (!Object.is(actual, expected)) {
    throw new Error(`${what} is ${String(actual)}, not ${String(expected)}`);
  }
};

const throws = async (fn, message) => {
  let thrown = 'nothing was thrown';
  try {
    await fn();
  } catch (error) {
    thrown = `${error.name}: ${error.message}`;
  }
  equal(thrown, message, 'what was thrown');
};

const make = (size, seed = 1) => {
  const array = new Uint8Array(size);
  for (let i = 0; i < size; i += size > 1e6 ? 4099 : 1) {
    array[i] = i * 31 + seed;
  }
  return array;
};

const sameBytes = (actual, expected) => {
  equal(actual instanceof Uint8Array, true, 'being a Uint8Array');
  equal(actual.length, expected.length, 'the length');
  for (let i = 0; i < expected.length; i += 1) {
    if (actual[i] !== expected[i]) {
      throw new Error(`byte ${i} is ${actual[i]}, not ${expected[i]}`);
    }
  }
};

const next = (channel) => new Promise((resolve) => {
  ipcRenderer.once(channel, (event, ...args) => resolve(args));
});

const KIB = 1024;
const MIB = 1024 * KIB;
const sizes = [0, 1, 7, 8, 9, 64 * KIB - 8, 64 * KIB, 64 * KIB + 1, 300000, 16 * MIB];

const checks = {
  'a resizable buffer crosses by its content': async () => {
    const buffer = new ArrayBuffer(100, { maxByteLength: 1000 });
    new Uint8Array(buffer).set([5, 6, 7]);
    buffer.resize(200);
    const got = await ipcRenderer.invoke('echo', buffer);
    equal(got.byteLength, 200, 'the length');
    equal(new Uint8Array(got)[2], 7);
  },
  'a detached buffer is refused': async () => {
    const buffer = new ArrayBuffer(10);
    structuredClone(buffer, { transfer: [buffer] });
    await throws(() => ipcRenderer.send('echo', buffer),
      'Error: An object could not be cloned.');
    await throws(() => ipcRenderer.invoke('echo', new Map([[1, buffer]])),
      'Error: An object could not be cloned.');
  },
  'what is sent is what the bytes were when it was sent': async () => {
    const array = make(100000);
    const before = array.slice();
    const answer = ipcRenderer.invoke('echo', array);
    array.fill(0);
    sameBytes(await answer, before);
  },
  'many buffers in one message': async () => {
    const list = Array.from({ length: 5000 }, (_, i) => make(i % 50, i));
    const got = await ipcRenderer.invoke('echo', { list });
    list.forEach((array, i) => sameBytes(got.list[i], array));
  },
  'many messages with bytes, in order': async () => {
    const sent = Array.from({ length: 300 }, (_, i) => make(i % 7 === 0 ? 100000 : 100, i));
    const got = await Promise.all(sent.map((array) => ipcRenderer.invoke('echo', array)));
    got.forEach((array, i) => sameBytes(array, sent[i]));
  },
  'two views of one buffer stay that': async () => {
    const buffer = make(100000).buffer;
    const [a, b] = await ipcRenderer.invoke('echo',
      [new Uint8Array(buffer, 8, 16), new Float64Array(buffer, 8, 2)]);
    equal(a.buffer, b.buffer, 'the buffer');
    equal(a.byteOffset, 8);
    equal(a.buffer.byteLength, 100000);
    a[0] = 99;
    equal(new Uint8Array(b.buffer)[8], 99);
  },
  'a message among others keeps its place': async () => {
    const sent = ['first', make(10), 'third', make(200000), make(20), 'last'];
    const heard = new Promise((resolve) => {
      const answers = [];
      const listener = (event, answer) => {
        if (answers.push(answer) === sent.length) {
          ipcRenderer.off('echo-reply', listener);
          resolve(answers);
        }
      };
      ipcRenderer.on('echo-reply', listener);
    });
    sent.forEach((value) => ipcRenderer.send('echo', value));
    (await heard).forEach((value, i) => equal(value.length, sent[i].length, `the length of ${i}`));
  },
  'bytes that main keeps beyond the event are gone, and nobody crashes': async () => {
    ipcRenderer.send('order', make(10));
    await ipcRenderer.invoke('echo', 1);
    await throws(() => ipcRenderer.sendSync('order-log'),
      'Error: The bytes of a binary value are gone: they live as long as the event that brought them');
  },
  'C reads what a view shows': async () => {
    const array = make(1000);
    const sum = (list) => list.reduce((a, b) => a + b, 0);
    equal(await ipcRenderer.invoke('bytes-sum', array), sum(array));
    equal(await ipcRenderer.invoke('bytes-sum', array.buffer), sum(array));
    equal(await ipcRenderer.invoke('bytes-sum', array.subarray(10, 20)), sum(array.subarray(10, 20)));
    equal(await ipcRenderer.invoke('bytes-sum', new Uint16Array(array.buffer, 2, 3)),
      sum(array.subarray(2, 8)));
    equal(await ipcRenderer.invoke('bytes-sum', new Uint8Array(0)), 0);
    equal(await ipcRenderer.invoke('bytes-sum', 'text'), -1);
    equal(await ipcRenderer.invoke('bytes-sum', { $mullion: 'buffer', bytes: 'x' }), -1);
  },
  'C makes bytes': async () => {
    const array = await ipcRenderer.invoke('bytes-make', 100001);
    equal(array instanceof Uint8Array, true);
    equal(array.length, 100001);
    equal(array[100000], 100000 % 256);
    equal((await ipcRenderer.invoke('bytes-make', 0)).length, 0);
  },
  'main sends bytes': async () => {
    const heard = next('bytes-pushed');
    ipcRenderer.send('bytes-push', 70000);
    const [array, text] = await heard;
    equal(array.length, 70000);
    equal(array[255], 255);
    equal(text, 'and text');
  },
  '1 GiB is refused, and 64 MiB are not': async () => {
    const size = 2 ** 30;
    await throws(() => ipcRenderer.invoke('echo', new ArrayBuffer(size)),
      `RangeError: Binary values of ${size} bytes in one message are over the limit: they must ` +
      `have less than ${size} bytes`);
    sameBytes(await ipcRenderer.invoke('echo', make(64 * MIB)), make(64 * MIB));
  },
};

for (const size of sizes) {
  const sent = make(size);
  checks[`${size} bytes by invoke`] = async () => {
    sameBytes(await ipcRenderer.invoke('echo', sent), sent);
  };
  checks[`${size} bytes by sendSync`] = async () => {
    sameBytes(ipcRenderer.sendSync('echo-sync', sent), sent);
  };
  checks[`${size} bytes by send and reply`] = async () => {
    const answer = next('echo-reply');
    ipcRenderer.send('echo', sent, 'beside');
    const [got, beside] = await answer;
    sameBytes(got, sent);
    equal(beside, 'beside');
  };
}

contextBridge.exposeInMainWorld('bytes', {
  names: Object.keys(checks),
  run: (name) => checks[name](),
  echo: (value) => ipcRenderer.invoke('echo', value),
});
