// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// What of an error comes through the bridge.

const MESSAGE = "Error invoking remote method 'calls:fail': Error: no such note";

test('a GError arrives with all that it says', async () => {
  const error = await caught(calls.fail({ a: [1, { b: 2 }] }));
  equal(Object.getPrototypeOf(error), Error.prototype);
  equal(error.message, MESSAGE);
  equal(error.name, 'Error');
  equal(error.domain, 'g-io-error-quark');
  equal(error.code, 1);
  same(error.details, { a: [1, { b: 2 }] });
  equal(Object.getPrototypeOf(error.details), Object.prototype);
  equal(Object.getPrototypeOf(error.details.a), Array.prototype);
});

test('a GError without details has none', async () => {
  const error = await caught(calls.fail());
  equal(error.message, MESSAGE);
  equal('details' in error, false);
});

test('a GError of sendSync arrives with all that it says', () => {
  let error;
  try {
    calls.failSync('more');
  } catch (thrown) {
    error = thrown;
  }
  equal(Object.getPrototypeOf(error), Error.prototype);
  same([error.message, error.name, error.domain, error.code, error.details],
    ['no such note', 'Error', 'g-io-error-quark', 1, 'more']);
});

test('a GError that is returned arrives as one that is thrown', async () => {
  const error = await calls.errorAsValue();
  same([error.message, error.domain, error.details], [MESSAGE, 'g-io-error-quark', 'value']);
});

test('what the preload set on an error stays there', async () => {
  const error = await caught(calls.changedError());
  equal(error.domain, 'g-io-error-quark');
  equal('secret' in error, false);
});

test('of any other error only the message arrives', () => {
  let error;
  try {
    calls.foreignError();
  } catch (thrown) {
    error = thrown;
  }
  same([error.message, error.name, 'domain' in error, 'code' in error],
    ['foreign', 'Error', false, false]);
});

test('a DOMException that is thrown keeps its name', () => {
  throws(() => calls.throwException(), 'gone', DOMException);
});

test('setters of the page hear nothing', async () => {
  const seen = [];
  for (const key of ['name', 'domain', 'code', 'details']) {
    const before = Object.getOwnPropertyDescriptor(Error.prototype, key);
    Object.defineProperty(Error.prototype, key, {
      configurable: true, get: () => 'patched', set(value) { seen.push(value); },
    });
    const error = await caught(calls.fail('d'));
    assert(error[key] !== 'patched', `${key} is the page's`);
    delete Error.prototype[key];
    if (before !== undefined) {
      Object.defineProperty(Error.prototype, key, before);
    }
  }
  equal(seen.length, 0);
});
