// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/*
 * A page's side of a page-test suite.
 *
 * The suite's preload exposes `harness` with report (name, ok, detail) and
 * done (); tests are added with test() and start with run(), one after the
 * other. A test that neither ends nor throws within its time has failed.
 */
(() => {
  const { harness } = window;
  const tests = [];
  const TEST_TIME = 10000;

  const show = (value) => {
    try {
      return typeof value === 'string' ? JSON.stringify(value) : String(value);
    } catch {
      return `a ${typeof value} that cannot be shown`;
    }
  };

  const test = (name, fn) => { tests.push({ name, fn }); };

  const fail = (text) => { throw new Error(text); };

  const assert = (condition, text = 'the condition does not hold') => {
    if (!condition) {
      fail(text);
    }
  };

  const equal = (actual, expected, text = 'the value') => {
    if (!Object.is(actual, expected)) {
      fail(`${text} is ${show(actual)}, not ${show(expected)}`);
    }
  };

  /** Compares by JSON: for what JSON can say. */
  const same = (actual, expected, text = 'the value') => {
    equal(JSON.stringify(actual), JSON.stringify(expected), text);
  };

  const checkError = (error, message, Class) => {
    equal(Object.getPrototypeOf(error), Class.prototype, 'the prototype of the error');
    equal(error.message, message, 'the message');
  };

  /** Checks that @fn throws exactly a @Class of this realm, with this message. */
  const throws = (fn, message, Class = Error) => {
    let result;
    try {
      result = fn();
    } catch (error) {
      checkError(error, message, Class);
      return;
    }
    fail(`nothing was thrown, ${show(result)} was returned`);
  };

  /** The same for a promise. */
  const rejects = async (promise, message, Class = Error) => {
    let result;
    try {
      result = await promise;
    } catch (error) {
      checkError(error, message, Class);
      return;
    }
    fail(`nothing was rejected, it resolved with ${show(result)}`);
  };

  const limit = (promise) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the test did not end in time')), TEST_TIME);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });

  const run = async () => {
    for (const { name, fn } of tests) {
      try {
        await limit((async () => fn())());
        harness.report(name, true, '');
      } catch (error) {
        harness.report(name, false, error instanceof Error ? error.message : show(error));
      }
    }
    harness.done();
  };

  Object.assign(window, { test, assert, equal, same, throws, rejects, fail, run });
})();
