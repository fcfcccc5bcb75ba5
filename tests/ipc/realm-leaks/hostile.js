// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Values that run code of the page while the bridge looks at them.

const { attempt, collect, spy } = collector;

const TRAP_NAMES = ['apply', 'construct', 'defineProperty', 'deleteProperty', 'get',
  'getOwnPropertyDescriptor', 'getPrototypeOf', 'has', 'isExtensible', 'ownKeys',
  'preventExtensions', 'set', 'setPrototypeOf'];

/** A handler that collects what each trap is given, and then does the ordinary. */
const spyingHandler = () => {
  const handler = {};
  for (const name of TRAP_NAMES) {
    handler[name] = function trap(...args) {
      collect(this);
      collect(args);
      args.forEach(collect);
      return Reflect[name](...args);
    };
  }
  return handler;
};

test('the traps of a Proxy are given nothing of the preload', async () => {
  const targets = [{}, { a: { b: 1 } }, [1, [2]], () => ({}), function plain() { return this; },
    class Thing {}, new Map(), Promise.resolve({}), new Error('target'), new Date(),
    Object.freeze({ a: {} }), Object.freeze([{}])];
  for (const target of targets) {
    const proxy = new Proxy(target, spyingHandler());
    attempt(leaks.echo, [proxy]);
    attempt(leaks.echo, [{ deep: [proxy] }]);
    attempt(leaks.echo, [Object.create(proxy)]);
    attempt(leaks.call, [proxy, {}, []]);
    attempt(leaks.call, [() => proxy]);
    attempt(leaks.attempt, [() => { throw proxy; }]);
    attempt(leaks.awaitIt, [proxy]);
    attempt(leaks.await, [proxy]);
    attempt(leaks.awaitIt, [Promise.reject(proxy)]);
    attempt(leaks.rejectWith, [proxy]);
  }
  await pause();
  expectOurs(500);
  expectTheirs();
});

test('a Proxy whose traps lie', async () => {
  const answer = (result) => (...args) => {
    args.forEach(collect);
    return result;
  };
  const handlers = [
    { getPrototypeOf: () => Promise.prototype },
    { getPrototypeOf: () => Node.prototype },
    { getPrototypeOf: () => Map.prototype, setPrototypeOf: () => false },
    { getPrototypeOf: () => Error.prototype, setPrototypeOf: () => false, get: answer({}) },
    { setPrototypeOf: () => false, ownKeys: () => ['a', 'b'], get: answer({ leak: [] }) },
    { setPrototypeOf: () => { throw new Error('trap'); } },
    { getPrototypeOf: () => { throw new Error('trap'); } },
  ];
  for (const handler of handlers) {
    for (const target of [{ a: 1 }, [], Promise.resolve(1)]) {
      const liar = new Proxy(target, handler);
      walker.liars.add(liar);
      attempt(leaks.echo, [liar]);
      attempt(leaks.call, [() => [liar]]);
    }
  }
  const endless = new Proxy({}, { getPrototypeOf: () => endless, setPrototypeOf: () => false });
  walker.liars.add(endless);
  attempt(leaks.echo, [endless]);
  attempt(leaks.echo, [Object.create(endless)]);
  await pause();
  expectOurs(20);
  expectTheirs();
});

test('getters and toString are given nothing of the preload', async () => {
  const hostile = {};
  for (const key of ['then', 'message', 'length', 'constructor', 'toJSON', 'own', 'name', 'stack',
    Symbol.toStringTag, Symbol.toPrimitive, Symbol.iterator, Symbol.species]) {
    Object.defineProperty(hostile, key, {
      enumerable: true,
      get: spy(() => ({})),
    });
  }
  for (const value of [hostile, [hostile], { hostile }, Object.create(hostile)]) {
    attempt(leaks.echo, [value]);
    attempt(leaks.call, [() => value]);
    attempt(leaks.attempt, [() => { throw value; }]);
    attempt(leaks.rejectWith, [value]);
    attempt(leaks.awaitIt, [Promise.reject(value)]);
  }
  await pause();
  expectOurs(20);
  expectTheirs();
});

test('a getter that answers an object the second time', () => {
  let reads = 0;
  const secret = {};
  const object = { get value() { reads++; return reads === 1 ? 'text' : secret; } };
  equal(leaks.echo(object).value, 'text');
  equal(reads, 1);
  expectTheirs();
});

test('thenables are called with functions of the page', async () => {
  const thenable = { then: spy(undefined) };
  attempt(leaks.await, [thenable]);
  attempt(leaks.echo, [thenable]);
  attempt(leaks.call, [() => thenable]);
  await pause();
  Object.prototype.then = function then(...args) { // eslint-disable-line no-extend-native
    collect(this);
    args.forEach(collect);
  };
  attempt(leaks.getEverything, []);
  attempt(leaks.promiseEverything, []);
  attempt(leaks.getBody, []);
  await null;
  delete Object.prototype.then;
  await pause();
  expectOurs(20);
  expectTheirs();
});

test('constructors and species of promises are given nothing of the preload', async () => {
  const makeConstructor = () => function Species(executor) {
    collect(this);
    collect(new.target);
    collect(executor);
    executor(collect((value) => { collect(value); }), collect((reason) => { collect(reason); }));
  };
  for (const make of [() => Promise.resolve({}), () => Promise.reject(new Error('no'))]) {
    const bySpecies = make();
    bySpecies.constructor = { [Symbol.species]: makeConstructor() };
    const byGetter = make();
    Object.defineProperty(byGetter, 'constructor', { get: spy({ [Symbol.species]: makeConstructor() }) });
    const byThen = make();
    byThen.then = spy({});
    for (const promise of [bySpecies, byGetter, byThen]) {
      attempt(leaks.awaitIt, [promise]);
      attempt(leaks.echo, [[promise]]);
      promise.constructor === undefined || Promise.prototype.catch.call(Promise.resolve(promise), () => {});
    }
  }
  const original = Object.getOwnPropertyDescriptor(Promise, Symbol.species);
  Object.defineProperty(Promise, Symbol.species, { configurable: true, get: () => makeConstructor() });
  attempt(leaks.awaitIt, [Promise.resolve({})]);
  attempt(leaks.promiseEverything, []);
  Object.defineProperty(Promise, Symbol.species, original);
  await pause();
  expectOurs(20);
  expectTheirs();
});

test('arrays of odd kinds', () => {
  class Odd extends Array {
    static get [Symbol.species]() { return spy(new Odd()); }
  }
  const accessor = [1, 2];
  Object.defineProperty(accessor, 1, { enumerable: true, get: spy({}) });
  const iterable = [1, {}];
  iterable[Symbol.iterator] = spy({ next: spy({ done: true }) });
  const foreign = [];
  foreign.constructor = { [Symbol.species]: spy([]) };
  for (const array of [Odd.from([{}, 1]), accessor, iterable, foreign,
    Object.setPrototypeOf([{}], null), Object.setPrototypeOf([{}], { get 0() { return {}; } })]) {
    attempt(leaks.echo, [array]);
    attempt(leaks.call, [() => array]);
  }
  expectOurs(20);
  expectTheirs();
});

test('objects of another realm of the page', async () => {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const { contentWindow: other } = frame;
  leaks.forget();
  for (const value of [new other.Object(), new other.Array(1, 2), new other.Map([[1, {}]]),
    new other.Error('theirs'), new other.Date(), other.Promise.resolve(1), new other.Uint8Array(1),
    other.document.body, new other.Blob(['x'])]) {
    const copy = leaks.echo(value);
    if (!(value instanceof other.Node)) {
      equal(walker.find([copy]).found.length, 0);
    }
    leaks.call(() => value);
  }
  leaks.call(other.Math.max, 1, 2);
  await pause();
  expectTheirs();
  leaks.forget();
  frame.remove();
});
