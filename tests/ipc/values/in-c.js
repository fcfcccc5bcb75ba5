// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// What C says that a value is, and what arrives when C reads it and makes it anew.

const KINDS = {
  'null': 'null',
  'undefined': 'undefined',
  'true': 'boolean',
  'an integer': 'number',
  'NaN': 'number',
  'a BigInt': 'bigint',
  'lone surrogates': 'string',
  'a long text of Latin-1': 'string',
  'a long text of all planes': 'string',
  'an array with a hole': 'array',
  'arrays 1800 deep': 'array',
  'an own $mullion key': 'object',
  'a Date': 'date',
  'an invalid Date': 'date',
  'a RegExp': 'regexp',
  'an Error with a cause': 'error',
  'an Error that caused itself': 'error',
  'a DOMException': 'exception',
  'a Map in itself': 'map',
  'a Set': 'set',
  'a cycle': 'object',
  'an ArrayBuffer': 'buffer',
  'a Float64Array': 'view',
  'a Blob': 'blob',
  'a File': 'file',
  'a FileList': 'file-list',
  'an ImageData': 'image-data',
  'a DOMMatrix in space': 'geometry',
};

for (const name of Object.keys(KINDS)) {
  test(`in C, ${name} is of its kind`, async () => {
    equal(await ipc.kindInC(name), KINDS[name]);
  });
}

const REMADE = [
  'long texts', 'a long text of Latin-1', 'a long text of all planes', 'a long text with NUL',
  'undefined', 'NaN', 'Infinity', '-Infinity', '-0', 'an integer', 'a tiny number', 'a huge number',
  'an integer beyond 64 bits', 'a BigInt', 'the BigInt 0', 'the empty string',
  'a string with NUL and %', 'lone surrogates', 'a surrogate pair between lone ones', 'a Date',
  'a Date before 1970', 'the last Date', 'an invalid Date', 'a RegExp', 'an empty RegExp',
  'a DOMException', 'boxed primitives', 'a Map', 'a Set', 'a Float64Array', 'a Blob',
  'an empty Blob', 'a File', 'an ImageData', 'a DOMPoint', 'a DOMRect', 'a DOMMatrix',
  'a DOMMatrix in space', 'a DOMQuad', 'readonly geometry', 'special numbers deep inside',
];

for (const name of REMADE) {
  test(`made anew in C, ${name} is the same`, () => ipc.remade(name));
}
