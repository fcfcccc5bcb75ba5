// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/*
 * One value of each kind that the structured clone algorithm takes, by name.
 *
 * This function is run in the page and, from its text, in the preload world: each makes values of
 * its own realm.
 */
function makeValues() {
  const shared = { n: 1 };
  const cycle = { name: 'cycle', list: [] };
  cycle.self = cycle;
  cycle.list.push(cycle, cycle.list);
  const map = new Map([['a', { b: 1 }], [2, new Map()]]);
  map.set('self', map).set(map, 'key');
  const set = new Set();
  set.add(set);
  const buffer = new Uint8Array([0, 1, 254, 255]).buffer;
  const resizable = new ArrayBuffer(4, { maxByteLength: 16 });
  new Uint8Array(resizable).set([9, 8, 7, 6]);
  const error = new Error('cycle');
  error.cause = error;
  const own = new Error('own');
  own.code = 7;
  const sticky = /a\/(?<b>c)\u2028/dgimsuy;
  sticky.lastIndex = 3;
  const accessor = { get computed() { return 42; }, [Symbol('hidden')]: 1 };
  const nested = (depth) => (depth === 0 ? 'bottom' : [nested(depth - 1)]);
  const bytes = Uint8Array.from({ length: 5000 }, (item, i) => i);
  const file = new File([bytes, 'text €'], 'a\u20ac.bin', { type: 'x/y', lastModified: 86400123 });
  const transfer = new DataTransfer();
  transfer.items.add(file);
  transfer.items.add(new File(['second'], 'b'));
  const image = new ImageData(3, 2);
  image.data.set(bytes.subarray(0, 24));

  return {
    'null': null,
    'undefined': undefined,
    'true': true,
    'an integer': 42,
    'an integer beyond 64 bits': 2 ** 70,
    'the least integer': Number.MIN_SAFE_INTEGER,
    'a tiny number': 5e-324,
    'a huge number': -1.7976931348623157e308,
    'NaN': NaN,
    'Infinity': Infinity,
    '-Infinity': -Infinity,
    '-0': -0,
    'special numbers deep inside': [{ a: [NaN, { b: -0 }] }, -Infinity],
    'a BigInt': -(2n ** 200n),
    'a BigInt of 5000 digits': 10n ** 5000n,
    'the BigInt 0': 0n,
    'the empty string': '',
    'a string with NUL and %': 'a\0b%0000\0',
    'lone surrogates': '\ude00\ud83d x\ud83d\ude00y\udfff\ud800',
    'a surrogate pair between lone ones': '\ud83d\ud83d\ude00\ude00',
    'a string with escapes': '"\\/\b\f\n\r\t\u001b\u007f\u2028\ufeff\uffff',
    'long texts': ['a'.repeat(4095), 'b'.repeat(4096), { c: 'c\n"'.repeat(30000) }],
    'a long text of Latin-1': '\u0001\u007f\u0080Größe \u00ff'.repeat(1000),
    'a long text of all planes': '\ufeffab€😀\u2028'.repeat(10000),
    'a long text with NUL': 'a'.repeat(5000) + '\0' + 'b'.repeat(5000),
    'long texts and bytes': ['a'.repeat(5000), new Uint8Array([1, 2, 3]), 'ä'.repeat(5001)],
    'a Map of long texts': new Map([['k'.repeat(5000), 'v'.repeat(5000)]]),
    'keys of all kinds': { 'a\0b': 1, '\ud800': 2, '': 3, '%': 4, '"': 5, '\u2028': 6 },
    'undefined members': { a: undefined, b: [undefined, , null] },
    'an array with a hole': [, 'a', , 'b', , ],
    'an array of holes only': new Array(3),
    'the longest array': Object.assign([], { length: 2 ** 32 - 1 }),
    'an array with named members': Object.assign(['x'], { index: 0, input: 'x', '-1': 2 }),
    'a match': /b(?<c>c)/.exec('abc'),
    'a long array with named members': Object.assign(Array.from({ length: 1000 }, () => 1), { n: 1 }),
    'arrays 1800 deep': nested(1800),
    'a Date': new Date(86400000),
    'a Date before 1970': new Date(-1),
    'the last Date': new Date(8.64e15),
    'an invalid Date': new Date(NaN),
    'a RegExp': sticky,
    'an empty RegExp': new RegExp(''),
    'a RegExp with half a pair': new RegExp('\ud800'),
    'a Map': new Map([['k', { v: 1 }], [{ key: true }, undefined], [NaN, -0], [undefined, null]]),
    'a Map in itself': map,
    'a Set': new Set([1, 'two', { three: 3 }, undefined, NaN]),
    'a Set in itself': set,
    'boxed primitives': [new Number(-0), new Number(NaN), new String('\ud800s'), new Boolean(false),
      Object(5n)],
    'a boxed primitive twice': Array(2).fill(new Number(1)),
    'an Error': new Error('plain'),
    'an Error without a message': new Error(),
    'every Error': [new EvalError('1'), new RangeError('2'), new ReferenceError('3'),
      new SyntaxError('4'), new TypeError('5\0'), new URIError('6')],
    'an Error with a cause': new TypeError('typed', { cause: { code: NaN, error: new Error('e') } }),
    'an Error with the cause undefined': new Error('typed', { cause: undefined }),
    'an Error that caused itself': error,
    'a DOMException': new DOMException('gone', 'AbortError'),
    'a shared reference': { first: shared, second: shared, list: [shared, [shared]] },
    'a cycle': cycle,
    'an ArrayBuffer': buffer,
    'an empty ArrayBuffer': new ArrayBuffer(0),
    'a resizable ArrayBuffer': resizable,
    'two views of one buffer': [new Uint8Array(buffer, 1, 2), new DataView(buffer, 3), buffer],
    'every view': [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array,
      Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView,
      ...(typeof Float16Array === 'function' ? [Float16Array] : [])]
      .map((Class) => new Class(bytes.buffer, 8, 2)),
    'a Float64Array': new Float64Array([1.5, -0, NaN]),
    'a Blob': new Blob([bytes, 'text'], { type: 'text/plain;charset=utf-8' }),
    'an empty Blob': new Blob(),
    'a part of a Blob': new Blob([bytes]).slice(100, 4200, 'a/b'),
    'a File': file,
    'a FileList': transfer.files,
    'one Blob twice': Array(2).fill(new Blob(['x'])),
    'an ImageData': image,
    'a DOMPoint': new DOMPoint(1, -0, NaN, Infinity),
    'a DOMRect': new DOMRect(1, 2, -3, 4.5),
    'a DOMMatrix': new DOMMatrix([1, 2, 3, 4, 5, 6]),
    'a DOMMatrix in space': new DOMMatrix(Array.from({ length: 16 }, (item, i) => i)),
    'a DOMQuad': DOMQuad.fromRect(new DOMRect(1, 2, 3, 4)),
    'readonly geometry': [new DOMPointReadOnly(1), new DOMRectReadOnly(1), new DOMMatrixReadOnly()],
    'an own $mullion key': { $mullion: 'undefined', value: { $mullion: 1 } },
    'every tag as a page would write it': ['undefined', 'number', 'ref', 'map', 'error', 'blob']
      .map((type) => ({ $mullion: type, id: 1, value: 'NaN', entries: [] })),
    'an own __proto__ key': JSON.parse('{"__proto__": {"polluted": true}, "a": 1}'),
    'an own toJSON': { toJSON: 'text', a: 2 },
    'an accessor and a symbol': accessor,
    'an Error with members of its own': own,
    'an object without a prototype': Object.assign(Object.create(null), { a: 1 }),
    'an object with the tag of a Map': { a: 1, [Symbol.toStringTag]: 'Map' },
  };
}
