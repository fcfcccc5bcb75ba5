// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Primitives, and what the structured clone carries.

test('numbers cross', () => {
  equal(values.number, 123);
  equal(values.nan, NaN);
  equal(values.negativeZero, -0);
  equal(api.echo(Infinity), Infinity);
  equal(api.echo(-0), -0);
});

test('strings cross', () => {
  equal(values.string, 'my-words');
  equal(api.echo('\ud800\0 lone'), '\ud800\0 lone');
});

test('booleans, null and undefined cross', () => {
  equal(values.boolean, true);
  equal(values.nothing, null);
  equal(values.missing, undefined);
  assert('missing' in values, 'an undefined property is lost');
  equal(api.echo(), undefined);
});

test('BigInts cross', () => {
  equal(values.bigint, 10n ** 30n);
  equal(api.echo(-5n), -5n);
});

test('symbols cross with their identity', () => {
  equal(typeof values.symbol, 'symbol');
  assert(api.isSymbol(values.symbol));
  equal(api.getSymbol(), values.symbol);
  const own = Symbol('page');
  equal(api.echo(own), own);
});

test('symbol keys are copied', () => {
  equal(values.keyed[values.symbol], 123);
  equal(api.getKeyed()[api.getSymbol()], 123);
  const own = Symbol('page');
  equal(api.echo({ [own]: 'mine' })[own], 'mine');
});

test('a Date is cloned', () => {
  equal(Object.getPrototypeOf(values.date), Date.prototype);
  equal(values.date.getTime(), 86400000);
  equal(api.echo(new Date(7)).getTime(), 7);
  equal(api.describe(new Date(7)), 'Date true');
});

test('a RegExp is cloned', () => {
  equal(Object.getPrototypeOf(values.regexp), RegExp.prototype);
  equal(String(values.regexp), '/a+/gi');
  equal(api.describe(/x/), 'RegExp true');
});

test('a Map is cloned with what is in it', () => {
  equal(Object.getPrototypeOf(values.map), Map.prototype);
  equal(values.map.get('key').inner, 1);
  equal(Object.getPrototypeOf(values.map.get('key')), Object.prototype);
  equal(api.describe(new Map()), 'Map true');
});

test('a Set is cloned', () => {
  equal(Object.getPrototypeOf(values.set), Set.prototype);
  same([...values.set], [1, 'two']);
  equal(api.describe(new Set()), 'Set true');
});

test('typed arrays, views and buffers are cloned', () => {
  equal(Object.getPrototypeOf(values.typed), Uint8Array.prototype);
  same([...values.typed], [1, 2, 3]);
  equal(Object.getPrototypeOf(values.buffer), ArrayBuffer.prototype);
  equal(new Uint8Array(values.buffer)[0], 9);
  equal(Object.getPrototypeOf(values.view), DataView.prototype);
  equal(values.view.byteLength, 4);
  equal(api.describe(new Float64Array(2)), 'Float64Array true');
  equal(api.echo(new BigInt64Array([7n]))[0], 7n);
});

test('a cloned buffer is a copy', () => {
  const bytes = new Uint8Array([1, 2]);
  const copy = api.echo(bytes);
  copy[0] = 99;
  equal(bytes[0], 1);
});

test('an exposed typed array is not frozen', () => {
  values.typed[0] = 42;
  equal(values.typed[0], 42);
});

test('boxed primitives are cloned', () => {
  equal(Object.getPrototypeOf(values.boxed), Number.prototype);
  equal(values.boxed.valueOf(), 5);
  equal(api.describe(Object('text')), 'String true');
});

test('a WeakMap cannot be cloned', () => {
  throws(() => api.getWeakMap(), 'An object could not be cloned.');
  throws(() => api.echo(new WeakMap()), 'An object could not be cloned.');
  throws(() => api.echo({ deep: [new WeakSet()] }), 'An object could not be cloned.');
});

test('a symbol object cannot be cloned', () => {
  throws(() => api.echo(Object(Symbol('foo'))), 'An object could not be cloned.');
  throws(() => api.getSymbolObject(), 'An object could not be cloned.');
});

test('a Map that holds a function cannot be cloned', () => {
  throws(() => api.getMapWithFunction(), 'An object could not be cloned.');
});

test('a Map iterator cannot be cloned', () => {
  throws(() => api.echo(new Map().entries()), 'An object could not be cloned.');
});

test('a Proxy cannot be cloned, in any place', () => {
  throws(() => api.getProxy(), 'An object could not be cloned.');
  throws(() => api.echo(new Proxy({}, {})), 'An object could not be cloned.');
  throws(() => api.echo(new Proxy([], {})), 'An object could not be cloned.');
  throws(() => api.echo({ a: [new Proxy({}, {})] }), 'An object could not be cloned.');
});

test('a revoked Proxy cannot be cloned', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  throws(() => api.echo(proxy), 'An object could not be cloned.');
});

test('to refuse a Proxy leaves its target as it was', () => {
  class Thing {}
  const target = new Thing();
  throws(() => api.echo(new Proxy(target, {})), 'An object could not be cloned.');
  equal(Object.getPrototypeOf(target), Thing.prototype);
});

test('document.all does not cross', () => {
  throws(() => api.getAll(), 'An object could not be cloned.');
});
