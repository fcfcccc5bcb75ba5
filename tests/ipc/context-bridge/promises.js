// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Promises are proxied at any depth, both ways.

test('an exposed promise resolves', async () => {
  equal(await directPromise, 'i-resolved');
  equal(Object.getPrototypeOf(directPromise), Promise.prototype);
  equal((await values.promise).resolved, true);
});

test('an exposed promise rejects', () => rejects(rejection, 'i-rejected'));

test('a returned promise resolves with a copy', async () => {
  const promise = api.getPromise();
  equal(Object.getPrototypeOf(promise), Promise.prototype);
  const result = await promise;
  equal(Object.getPrototypeOf(result), Object.prototype);
  equal(result.list[0](), 'fn');
});

test('a promise that resolves later', async () => {
  equal(await api.getDelayed(), 'delayed');
});

test('a promise within what a promise resolves with', async () => {
  const { inner } = await api.getNestedPromise();
  equal(Object.getPrototypeOf(inner), Promise.prototype);
  same(await inner, [1]);
});

test('a rejection is an Error with the message', () => rejects(api.reject(), 'rejected'));

test('a rejection with a primitive', async () => {
  let reason;
  await api.rejectString().catch((thrown) => { reason = thrown; });
  equal(reason, 'a reason');
});

test('a rejection that cannot be copied', () =>
  rejects(api.rejectUncloneable(), 'An object could not be cloned.'));

test('a resolution that cannot be copied rejects', () =>
  rejects(api.resolveUncloneable(), 'An object could not be cloned.'));

test('a promise of the page arrives as one of the preload', async () => {
  const [value, isPromise] = await api.awaitIt(Promise.resolve({ a: 1 }));
  same(value, { a: 1 });
  equal(isPromise, true);
});

test('a rejection of the page arrives in the preload', async () => {
  equal(await api.awaitRejection(Promise.reject(new Error('page says no'))), 'true page says no');
});

test('a promise goes there and back', async () => {
  equal(await api.echo(Promise.resolve('round')), 'round');
  equal(await api.call(async () => 'async callback'), 'async callback');
});

test('a thenable is an object with a function', async () => {
  equal(await api.getThenable(), 'from thenable');
});

test('a promise with a constructor of its own', async () => {
  const promise = Promise.resolve(5);
  promise.constructor = { [Symbol.species]: class Odd extends Promise {} };
  const [value] = await api.awaitIt(promise);
  equal(value, 5);
});

test('a subclass of Promise', async () => {
  class Own extends Promise {}
  const [value, isPromise] = await api.awaitIt(Own.resolve(6));
  equal(value, 6);
  equal(isPromise, true);
});

test('the page patched Function.prototype.bind meanwhile', async () => {
  let observed = false;
  const original = Function.prototype.bind;
  Function.prototype.bind = new Proxy(original, { // eslint-disable-line no-extend-native
    apply(target, self, args) {
      observed = true;
      return Reflect.apply(target, self, args);
    },
  });
  try {
    equal((await api.getPromise()).list[0](), 'fn');
  } finally {
    Function.prototype.bind = original; // eslint-disable-line no-extend-native
  }
  equal(observed, false);
});
