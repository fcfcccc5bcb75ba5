// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Stack overflow at any depth: the error belongs to whoever sees it.

/*
 * Calls @fn near the end of the stack, from as many depths as there are, and
 * counts errors. Frames of several sizes make the depths fall everywhere.
 */
const callAtEveryDepth = (fn) => {
  const errors = new Map();
  const note = (error) => {
    const kind = Object.getPrototypeOf(error);
    errors.set(kind, (errors.get(kind) ?? 0) + 1);
  };
  const descend = (levels) => {
    let below;
    try {
      below = descend(levels + 1);
    } catch {
      return 0;
    }
    if (below < 250) {
      try {
        fn();
      } catch (error) {
        note(error);
      }
    }
    return below + 1;
  };
  for (let size = 0; size < 16; size += 2) {
    // Each argument makes the first frame larger by a word.
    Reflect.apply((...unused) => descend(unused.length), undefined, Array.from({ length: size }));
  }
  return errors;
};

const expectOwnErrors = (fn) => {
  const errors = callAtEveryDepth(fn);
  let count = 0;
  for (const [prototype, times] of errors) {
    assert([Error, RangeError, TypeError].some((Class) => Class.prototype === prototype),
      `${times} errors of a foreign kind`);
    count += times;
  }
  assert(count > 0, 'nothing overflowed');
};

test('overflow in an empty call', () => expectOwnErrors(() => leaks.getSelf()));
test('overflow in a call that passes objects', () =>
  expectOwnErrors(() => leaks.echo({ a: [1, { b: {} }], c: () => {} })));
test('overflow in a call that returns objects', () => expectOwnErrors(() => leaks.bounce(null, 0)));
test('overflow in a call that returns a promise', () => expectOwnErrors(() => { leaks.resolveWith({}); }));
test('overflow in a call back', () => expectOwnErrors(() => leaks.call(() => leaks.getSelf(), {})));
test('overflow in a call that throws', () => expectOwnErrors(() => leaks.throwIt('error')));
test('overflow in a call that cannot be copied', () => expectOwnErrors(() => leaks.bad.getProxy()));
test('overflow with a node', () => expectOwnErrors(() => leaks.getBody()));
test('overflow with a clone', () => expectOwnErrors(() => leaks.echo(new Map([[1, {}]]))));

test('the preload sees errors of its own, too', () => {
  leaks.forget();
  expectOwnErrors(() => leaks.attempt(() => ({ a: [{}] })));
  expectOwnErrors(() => leaks.attempt(() => { throw new Error('thrown'); }));
  expectTheirs();
  leaks.forget();
});

test('overflow of the preload', () => {
  let error;
  try {
    leaks.overflow();
  } catch (thrown) {
    error = thrown;
  }
  collector.collect(error);
  equal(Object.getPrototypeOf(error), Error.prototype);
  expectOurs(1);
});

test('overflow by recursion over the bridge', () => {
  const errors = [];
  const down = () => {
    try {
      return 1 + leaks.bounceForever(down)[0];
    } catch (error) {
      errors.push(error);
      throw error;
    }
  };
  let last;
  try {
    down();
  } catch (error) {
    last = error;
  }
  assert(last instanceof Error);
  assert(errors.length > 10, `only ${errors.length} levels`);
  errors.forEach(collector.collect);
  expectOurs(1);
});

test('overflow by recursion in which both sides catch', () => {
  leaks.forget();
  const errors = [];
  let calls = 0;
  const down = () => {
    calls++;
    if (calls > 20000) {
      return 0;
    }
    try {
      return leaks.attempt(down);
    } catch (error) {
      errors.push(error);
      return 0;
    }
  };
  down();
  errors.forEach(collector.collect);
  expectOurs(0);
  expectTheirs();
  leaks.forget();
});

test('overflow in a getter, a trap and a toString of the page', async () => {
  const recurse = () => 1 + recurse();
  const values = [{ get a() { return recurse(); } }, new Proxy({}, { ownKeys: recurse, setPrototypeOf: () => false }),
    new Proxy(() => {}, { apply: recurse }), { get then() { return recurse(); } }];
  leaks.forget();
  for (const value of values) {
    collector.attempt(leaks.echo, [value]);
    collector.attempt(leaks.call, [() => value]);
    collector.attempt(leaks.attempt, [() => { throw value; }]);
    collector.attempt(leaks.rejectWith, [value]);
    if (typeof value === 'function') {
      collector.attempt(leaks.call, [value]);
      collector.attempt(leaks.attempt, [value]);
    }
  }
  await pause();
  expectOurs(5);
  expectTheirs();
});
