// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Errors keep their message, and are errors of whoever sees them.

const UNKNOWN = 'An unknown exception occurred in the isolated context, an error occurred but a ' +
  'valid exception was not thrown.';

test('a thrown error keeps its message', () => {
  throws(() => api.throwError(), 'whoops');
});

test('a thrown error becomes a plain Error', () => {
  throws(() => api.throwType(), 'a type');
});

test('what is thrown and is no error gets a text of its own', () => {
  throws(() => api.throwString(), UNKNOWN);
  throws(() => api.throwNull(), UNKNOWN);
});

test('a thrown object with a message gives that', () => {
  throws(() => api.throwLikeError(), 'like an error');
});

test('an error that is passed keeps its message only', () => {
  const error = api.getErrorObject();
  equal(Object.getPrototypeOf(error), Error.prototype);
  equal(error.message, 'kept');
  equal(error.name, 'Error');
  equal(error.code, undefined);
  equal(Object.getPrototypeOf(values.error), Error.prototype);
  equal(values.error.message, 'only my message');
});

test('an error with a message that is no string is still an error', () => {
  const error = api.getWeirdError();
  equal(Object.getPrototypeOf(error), Error.prototype);
  equal(typeof error.message, 'string');
});

test('an error that the page passes arrives as an Error of the preload', () => {
  equal(api.describe(new TypeError('mine')), 'Error true');
  equal(api.echo(new TypeError('mine')).message, 'mine');
});

test('a DOMException keeps its name', () => {
  const back = api.echo(new DOMException('dom text', 'AbortError'));
  equal(Object.getPrototypeOf(back), DOMException.prototype);
  equal(back.message, 'dom text');
  equal(back.name, 'AbortError');
  equal(back.code, DOMException.ABORT_ERR);
  equal(api.describe(new DOMException('dom text')), 'DOMException true');
});

test('what a callback throws arrives as an Error of the preload', () => {
  equal(api.catchIt(() => { throw new TypeError('from page'); }), 'true from page');
  equal(api.catchIt(() => { throw 5; }), `true ${UNKNOWN}`); // eslint-disable-line no-throw-literal
});

test('what a callback throws goes through to the caller', () => {
  throws(() => api.call(() => { throw new TypeError('through'); }), 'through');
});

test('an argument that cannot be copied throws at the caller', () => {
  let called = false;
  throws(() => api.call(() => { called = true; }, new WeakMap()), 'An object could not be cloned.');
  equal(called, false);
});

test('a callback result that cannot be copied throws in the preload', () => {
  equal(api.catchIt(() => new WeakMap()), 'true An object could not be cloned.');
});

test('an error whose message is a hostile getter', () => {
  const hostile = { get message() { throw new Error('again'); } };
  equal(api.catchIt(() => { throw hostile; }), `true ${UNKNOWN}`);
});

test('endless recursion in the preload is an Error here', () => {
  let error;
  try {
    const recurse = () => 1 + api.call(recurse);
    recurse();
  } catch (thrown) {
    error = thrown;
  }
  assert(error instanceof Error);
  // The stack may end within the bridge as well, which then has words of its own.
  const { message } = error;
  assert(message.startsWith('Maximum call stack size exceeded')
    || message.startsWith('An unknown exception occurred')
    || message === 'An object could not be cloned.', message);
});
