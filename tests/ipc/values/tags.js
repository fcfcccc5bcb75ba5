// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// What main says is JSON of any kind: a handler may pass on what it was given. A tag that is none
// rejects the call, and nothing else is harmed.

const MALFORMED = {
  'an unknown type': { $mullion: 'nonsense' },
  'a type that is no string': { $mullion: 1 },
  'a type of Object.prototype': { $mullion: 'toString' },
  'the type __proto__': { $mullion: '__proto__' },
  'an unknown number': { $mullion: 'number', value: '1' },
  'a number of Object.prototype': { $mullion: 'number', value: 'valueOf' },
  'a number without a value': { $mullion: 'number' },
  'a BigInt of a word': { $mullion: 'bigint', value: 'x' },
  'a BigInt of nothing': { $mullion: 'bigint', value: '' },
  'a BigInt in another base': { $mullion: 'bigint', value: '0x10' },
  'a BigInt of a number': { $mullion: 'bigint', value: 1 },
  'a string with a cut escape': { $mullion: 'string', value: 'a%00' },
  'a string with half an escape': { $mullion: 'string', value: 'a%00g0' },
  'a string that is none': { $mullion: 'string', value: null },
  'a Date of a string': { $mullion: 'date', value: '2000' },
  'a Date of nothing': { $mullion: 'date' },
  'a RegExp without flags': { $mullion: 'regexp', source: 'a' },
  'a RegExp with unknown flags': { $mullion: 'regexp', source: 'a', flags: 'xx' },
  'a RegExp that cannot be': { $mullion: 'regexp', source: '(', flags: '' },
  'an Error of another class': { $mullion: 'error', name: 'Function', message: 'm' },
  'an Error whose message is a list': { $mullion: 'error', name: 'Error', message: [] },
  'an Error whose stack is a number': { $mullion: 'error', name: 'Error', stack: 1 },
  'a DOMException without a name': { $mullion: 'exception', message: 'm' },
  'a boxed object': { $mullion: 'boxed', value: {} },
  'a boxed null': { $mullion: 'boxed', value: null },
  'a boxed nothing': { $mullion: 'boxed' },
  'a Map without entries': { $mullion: 'map' },
  'a Map with an entry of one': { $mullion: 'map', entries: [[1]] },
  'a Map with an entry that is none': { $mullion: 'map', entries: [null] },
  'a Set of an object': { $mullion: 'set', values: {} },
  'an array of the length -1': { $mullion: 'array', length: -1, entries: [] },
  'an array of the length 1.5': { $mullion: 'array', length: 1.5, entries: [] },
  'an array that sets its length': { $mullion: 'array', length: 1, entries: [['length', 2 ** 31]] },
  'an array with a key that is none': { $mullion: 'array', length: 1, entries: [[0, 1]] },
  'an object with a key that is none': { $mullion: 'object', entries: [[{}, 1]] },
  'a view of no known type': { $mullion: 'view', type: 'Array', offset: 0, length: 1, buffer: {} },
  'a view of an array': { $mullion: 'view', type: 'Uint8Array', offset: 0, length: 1, buffer: [] },
  'a Blob of text': { $mullion: 'blob', type: '', data: 'x' },
  'a Blob of nothing': { $mullion: 'blob', type: '' },
  'a File without bytes': { $mullion: 'file', name: 'a', lastModified: 0, type: '', data: {} },
  'a FileList of numbers': { $mullion: 'filelist', files: [1] },
  'an ImageData of nothing': { $mullion: 'imagedata', width: 1, height: 1, data: {} },
  'a point of three': { $mullion: 'geometry', type: 'DOMPoint', values: [1, 2, 3] },
  'a point of words': { $mullion: 'geometry', type: 'DOMPoint', values: ['1', '2', '3', '4'] },
  'geometry of another class': { $mullion: 'geometry', type: 'Image', values: [1, 2, 3, 4] },
  'a reference to nothing': { $mullion: 'ref', id: 7 },
  'a reference to a later object': [{ $mullion: 'ref', id: 1 }, { $mullion: 'ref', id: 1, value: [] }],
  'a reference that is its own value':
    { $mullion: 'ref', id: 1, value: { $mullion: 'ref', id: 1 } },
  'a boxed reference to itself':
    { $mullion: 'ref', id: 1, value: { $mullion: 'boxed', value: { $mullion: 'ref', id: 1 } } },
  'a view of itself': { $mullion: 'ref', id: 1, value: { $mullion: 'view', type: 'Uint8Array',
    offset: 0, length: 0, buffer: { $mullion: 'ref', id: 1 } } },
  'a reference without an id': { $mullion: 'ref' },
};

const failure = (name) => ipc.tryInvoke('parse', JSON.stringify(MALFORMED[name]));

for (const name of Object.keys(MALFORMED)) {
  test(`${name} rejects the call`, async () => {
    const text = await failure(name);
    assert(text.startsWith("Error: Error invoking remote method 'parse': "), text);
    equal(await ipc.invoke('echo', 'alive'), 'alive');
  });
}

test('the message names the type', async () => {
  equal(await failure('a Map without entries'),
    "Error: Error invoking remote method 'parse': Error: Malformed value of type 'map'");
});

test('a cycle through tags is read', async () => {
  const map = await ipc.invoke('parse', JSON.stringify({ $mullion: 'ref', id: 1, value: {
    $mullion: 'map', entries: [['self', { $mullion: 'ref', id: 1 }]] } }));
  equal(map.get('self'), map);
});

test('what main nests too deeply rejects the call', async () => {
  equal(await ipc.tryInvoke('parse', '['.repeat(2500) + ']'.repeat(2500)),
    "Error: Error invoking remote method 'parse': Error: Cannot write JSON: arrays and objects " +
    'are nested more than 1997 levels deep');
  equal(await ipc.invoke('echo', 'alive'), 'alive');
});

for (const [begin, end] of [['[', ']'], ['{"$mullion":"set","values":[', ']}'],
  ['{"$mullion":"error","name":"Error","cause":', '}']]) {
  test(`what main nests as deeply as it can is read: ${begin}`, async () => {
    const depth = begin === '[' ? 1990 : 990;
    equal(await ipc.depthOf(begin.repeat(depth) + '1' + end.repeat(depth)), depth);
  });
}
