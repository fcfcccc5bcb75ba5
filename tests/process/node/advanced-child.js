// SPDX-License-Identifier: LGPL-2.1-or-later
// Has values that JSON cannot say: sends the one that its parent names, and says what is wrong with one that
// comes back.
'use strict';

const assert = require('node:assert');
const vm = require('node:vm');

const cycle = { name: 'cycle', list: [] };
cycle.self = cycle;
cycle.list.push(cycle.list, cycle);

const shared = { shared: true };
const named = [1, 2];
named.name = 'array';
const error = new RangeError('too far');
const bytes = Buffer.from([0, 1, 2, 254, 255]);

const values = {
  undefined: [undefined],
  null: null,
  booleans: [true, false],
  integers: [0, 1, -1, 63, 64, -64, -65, 2147483647, -2147483648, 4294967295],
  numbers: [1.5, -0, NaN, Infinity, -Infinity, 1e308, 5e-324, 2 ** 53],
  bigints: [0n, 1n, -1n, 2n ** 64n, -(2n ** 64n) + 1n, 12345678901234567890123456789012345678901234567890n,
    10n ** 4000n],
  texts: ['', 'ascii', 'é', '€😀', 'a\0b', '\ud800', 'half \udc00 of it', 'x'.repeat(70000), '€'.repeat(5000)],
  dates: [new Date(0), new Date(1700000000123)],
  regexps: [/a/, /é+(?<x>b)/dgimsuy],
  boxed: [Object(1.5), Object('€'), Object(true), Object(false), Object(10n ** 30n)],
  map: new Map([[1, 'one'], ['two', { deep: new Map([[{}, null]]) }], [NaN, undefined]]),
  set: new Set([1, 'a', [new Set()]]),
  sparse: [1, , 3],
  empty: new Array(7),
  named,
  deep: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`),
  object: { a: 1, 5: 'five', 4294967294: 'large', 1.5: 'half', '': 'nothing', $mullion: 'date', 'a\0b': 1 },
  tag: { $mullion: 'ref', id: 1 },
  cycle,
  shared: [shared, { again: shared }, shared],
  again: [named, cycle, bytes.buffer.slice(0), new Date(1)].flatMap((value) => [value, value]),
  buffer: new Uint8Array([1, 2, 3]).buffer,
  views: [new Int8Array([-1]), new Uint8Array(bytes), new Uint8ClampedArray([300]), new Int16Array([-2, 3]),
    new Uint16Array([65535]), new Int32Array([-5]), new Uint32Array([6]), new Float32Array([1.5]),
    new Float64Array([Math.PI]), new BigInt64Array([-1n]), new BigUint64Array([2n ** 64n - 1n]),
    new DataView(new ArrayBuffer(3)), new Uint8Array(0)],
  part: new Uint16Array(new Uint16Array([1, 2, 3, 4]).buffer, 2, 2),
  errors: [error, new TypeError(''), new Error()],
};

const handlers = {
  give: ({ name }) => process.send(values[name]),
  names: () => process.send(Object.keys(values)),
  buffer: () => process.send(bytes),
  cause: () => process.send(new Error('outer', { cause: { why: 'inner' } })),
  // An object with more behind it than JavaScript sees: Node.js copies what can be copied.
  native: () => process.send([new vm.Script('1'), 'behind']),
  check({ name, value }) {
    assert.deepStrictEqual(value, values[name]);
    if (name === 'shared') assert.ok(value[0] === value[1].again && value[0] === value[2]);
    if (name === 'again') value.forEach((one, i) => assert.ok(i % 2 === 0 || one === value[i - 1]));
    process.send('right');
  },
  eval({ code, value }) {
    process.send(new Function('value', `return ${code}`)(value));
  },
};

process.on('message', (message) => {
  try {
    handlers[message.type](message);
  } catch (failure) {
    process.send(`wrong: ${failure.message}`);
  }
});
