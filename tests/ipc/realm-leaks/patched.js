// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// A page that replaced its built-ins before it used the API.

test('the patches work', () => {
  patches.install();
  let threw = null;
  try {
    [].concat(Object.keys({})).push(...new Map());
    ({}).then; // eslint-disable-line no-unused-expressions
  } catch (error) {
    threw = error;
  } finally {
    patches.remove();
  }
  equal(threw, null);
  assert(patches.takeHits() > 3);
  collector.take();
});

test('the patches leave nothing behind', () => {
  equal('get' in {}, false);
  equal('0' in Array.prototype, false);
  equal(Object.keys({ a: 1 })[0], 'a');
  equal({}.constructor, Object);
  equal(patches.takeHits(), 0);
});

test('everything stays of the page when its built-ins are replaced', async () => {
  await new Promise((resolve, reject) => {
    patches.install();
    try {
      collector.exercise();
      collector.idle(resolve);
    } catch (error) {
      reject(error);
    }
  }).finally(patches.remove);
  assert(patches.takeHits() > 0, 'no patch was ever hit');
  expectOurs(1000);
  expectTheirs();
});

test('a plain call runs none of the replaced built-ins', () => {
  const list = [1, { a: 'b' }, ['c']];
  const fn = () => 'result';
  patches.install();
  const before = patches.takeHits();
  let result;
  try {
    leaks.echo(list, { deep: { deeper: [] } }, 'text', fn);
    leaks.call(fn, list);
    result = leaks.bounce(null, 0);
    leaks.getBody();
  } finally {
    var hits = patches.takeHits(); // eslint-disable-line no-var
    patches.remove();
  }
  assert(before >= 0);
  equal(hits, 0, 'the number of hits');
  equal(result.bottom.length, 0);
  collector.take();
});

test('copies are right when prototypes have setters', () => {
  patches.install();
  let copy;
  try {
    copy = leaks.echo({ then: 1, value: [1, 2, 3], get: { set: 2 }, constructor: 'mine' });
  } finally {
    patches.remove();
  }
  collector.take();
  same(copy, { then: 1, value: [1, 2, 3], get: { set: 2 }, constructor: 'mine' });
  patches.takeHits();
});

test('polluted prototypes do not end up in copies', () => {
  Object.prototype.polluted = { secret: 1 }; // eslint-disable-line no-extend-native
  Array.prototype.polluted = 1; // eslint-disable-line no-extend-native
  try {
    equal(Object.hasOwn(leaks.bounce(null, 0), 'polluted'), false);
    equal(Object.hasOwn(leaks.echo([1]), 'polluted'), false);
    equal(Object.hasOwn(leaks.echo({}), 'polluted'), false);
  } finally {
    delete Object.prototype.polluted;
    delete Array.prototype.polluted;
  }
});

test('errors are right when Error is replaced', () => {
  const { Error: Original, RangeError: OriginalRange } = window;
  window.Error = window.RangeError = function Fake() { return { fake: true }; };
  let error;
  try {
    leaks.throwIt('native');
  } catch (thrown) {
    error = thrown;
  } finally {
    window.Error = Original;
    window.RangeError = OriginalRange;
  }
  equal(Object.getPrototypeOf(error), Original.prototype);
});
