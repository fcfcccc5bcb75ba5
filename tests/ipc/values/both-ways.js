// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Every value goes to main and back: from the page, through the bridge, and from the preload world
// in each of the ways that a message can take.

const values = makeValues();
const compare = makeCompare();
const tools = `(() => { ${makeValues}; ${makeCompare}; return { makeValues, makeCompare }; })()`;

ipc.prepare(tools);

// The bridge carries an error as Electron's does: as an Error with its message.
const BRIDGED = /Error|DOMException/;

// Like Electron's it also nests no deeper than 1000 levels, copies each view with a buffer of its
// own, fills the holes of arrays and drops their named members.
const LIMITED =
  /1800 deep|two views|every view|hole|longest array|named members|a match|undefined members/;

for (const name of Object.keys(values)) {
  for (const way of ipc.ways) {
    test(`${name} (${way})`, () => ipc.roundTrip(name, way));
  }
  if (!BRIDGED.test(name) && !LIMITED.test(name)) {
    test(`${name} (page)`, async () => {
      await compare(values[name], await ipc.invoke('echo', values[name]));
    });
  }
}

test('an error of the page arrives with its message', async () => {
  const back = await ipc.invoke('echo', new TypeError('mine'));
  equal(Object.getPrototypeOf(back), Error.prototype);
  equal(back.message, 'mine');
});

test('an AggregateError is an Error', () => ipc.aggregate());

test('the text of an accessor is no message', () => ipc.accessorMessage());

test('a RegExp begins anew', async () => {
  const regexp = /a/g;
  regexp.lastIndex = 5;
  equal((await ipc.invoke('echo', regexp)).lastIndex, 0);
});

test('undefined arguments stay', async () => {
  same(await ipc.countArguments(), [0, 1, 2, 4]);
});

test('a string of 16 MiB', async () => {
  const text = 'ab€😀'.repeat(2 * 1024 * 1024);
  assert(await ipc.invoke('echo', text) === text);
});

test('a string of 4 MiB with halves of pairs', async () => {
  const text = 'abcdefg\ud800'.repeat(512 * 1024);
  assert(await ipc.invoke('echo', text) === text);
});

test('a Blob of 9 MiB', async () => {
  const bytes = Uint8Array.from({ length: 9 * 1024 * 1024 + 3 }, (item, i) => i * 7);
  const back = await ipc.invoke('echo', new Blob([bytes]));
  const received = new Uint8Array(await back.arrayBuffer());
  equal(received.length, bytes.length);
  equal(received.findIndex((byte, i) => byte !== bytes[i]), -1);
});

test('messages with a Blob stay in order', () => ipc.order());
