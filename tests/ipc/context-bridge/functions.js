// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Functions: proxied both ways, at any depth, and unwrapped when they come home.

test('methods can be called, again and again', () => {
  equal(api.getNumber(), 123);
  equal(api.getNumber(), 123);
  equal(api.getNumber(), 123);
});

test('a function can be exposed by itself', () => {
  equal(directFunction(2, 3), 5);
});

test('arguments are passed in their number and order', () => {
  equal(api.count(), 0);
  equal(api.count(undefined, undefined), 2);
  equal(api.argumentsLength(1, {}, [], () => {}), 4);
  for (const list of [[], [1], [1, {}], [{}, undefined, 3], [undefined, 2, {}, [4]]]) {
    same(api.list(...list), list);
    same(api.call((...args) => args, ...list), list);
  }
});

test('an argument that is passed twice stays one', () => {
  const object = {};
  for (const list of [[object, object], [object, 2, object], [1, object, object, 4]]) {
    const copies = api.list(...list);
    equal(new Set(copies).size, list.length - 1);
    equal(copies.includes(object), false);
  }
});

test('a callback is called with copies', () => {
  equal(api.call((n) => n + 1, 123), 124);
  equal(api.call((a, b) => a.x + b[0], { x: 1 }, [2]), 3);
  equal(api.callTwice((n) => n * 10), 100);
});

test('a callback may return an object', () => {
  equal(api.describeReturned(() => ({ a: 1 })), true);
  same(api.call(() => ({ a: [1] })), { a: [1] });
});

test('a returned function can be called', () => {
  equal(api.getFunction()(1), 2);
  equal(api.getFunctions().list[0](21), 42);
});

test('a function that comes home is unwrapped', () => {
  const fn = () => null;
  equal(api.echo(fn), fn);
  equal(api.echo({ deep: [fn] }).deep[0], fn);
  const theirs = api.getFunction();
  equal(api.echo(theirs), theirs, 'the preload function that came back');
});

test('a function is wrapped once per call', () => {
  const fn = () => {};
  assert(api.same(fn, fn));
  const { a, b } = api.echo({ a: fn, b: fn });
  equal(a, b);
});

test('a listener can be removed by the function that was added', () => {
  const seen = [];
  const listener = (value) => { seen.push(value); };
  api.subscribe(listener);
  api.emit(1);
  equal(api.unsubscribe(listener), true, 'the answer of unsubscribe');
  api.emit(2);
  same(seen, [1]);
});

test('a listener added twice counts once', () => {
  const listener = () => {};
  const size = api.subscribe(listener);
  equal(api.subscribe(listener), size);
  api.unsubscribe(listener);
});

test('this is the object that the function was exposed on', () => {
  const { whoAmI } = api;
  equal(whoAmI(), 'the parent');
  equal(api.inner.whoAmI.call({ self: 'somebody else' }), 'the inner parent');
  equal(api.whoAmI.call(undefined), 'the parent');
});

test('this of a callback is the object that it came in', () => {
  const object = {
    name: 'page',
    fn() { return this === object; },
  };
  equal(api.echo(object).fn, object.fn);
  equal(api.call(function isObject() { return this === window; }), true);
});

test('nested callbacks, and promises in them', async () => {
  const run = (second) => api.call(second, (fn) => fn());
  equal(await run((third) => third(() => Promise.resolve('final value'))), 'final value');
});

test('a proxy function is an ordinary function of the page', () => {
  equal(Object.getPrototypeOf(api.getNumber), Function.prototype);
  equal(typeof api.getNumber, 'function');
  same(Reflect.ownKeys(api.getNumber).sort(), ['length', 'name']);
  assert(api.getNumber instanceof Function);
  equal(api.getNumber.prototype, undefined);
  equal(api.getNumber.name, '');
  equal(api.getNumber.length, 0);
});

test('properties of functions are not copied', () => {
  const fn = Object.assign(() => 1, { extra: true });
  equal(api.own(fn).includes('extra'), false);
});

test('a class cannot be constructed over the bridge', () => {
  let error;
  try {
    new api.construct(1);
  } catch (thrown) {
    error = thrown;
  }
  equal(Object.getPrototypeOf(error), TypeError.prototype);
  let second;
  try {
    api.construct(1);
  } catch (thrown) {
    second = thrown;
  }
  equal(Object.getPrototypeOf(second), Error.prototype);
});

test('a callable Proxy is a function', () => {
  let given;
  const fn = new Proxy(() => 0, {
    apply(target, self, args) {
      given = args;
      return args[0] + 1;
    },
  });
  equal(api.call(fn, 1), 2);
  equal(Object.getPrototypeOf(given), Array.prototype);
});

test('bound and built-in functions cross', () => {
  equal(api.call(Math.max, 1, 5), 5);
  equal(api.call((function add(a, b) { return this.base + a + b; }).bind({ base: 10 }), 1, 2), 13);
});

test('calls nest over the bridge', () => {
  const count = (n) => (n === 0 ? 'bottom' : api.call(count, n - 1));
  equal(count(100), 'bottom');
});
