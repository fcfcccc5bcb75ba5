// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// A page as it was loaded: whatever the API gives is of this realm.

const { collector, patches, walker } = window;

const idle = () => new Promise((resolve) => { collector.idle(resolve); });

/** For promises that hostile values may keep from ever settling. */
const pause = (time = 100) => new Promise((resolve) => { setTimeout(resolve, time); });

/** Fails unless everything that was collected, at least @least objects, is ours. */
const expectOurs = (least) => {
  const { found, count } = walker.find(collector.take());
  same(found, [], 'what was found');
  assert(count >= least, `only ${count} objects were walked`);
};

const expectTheirs = () => same(leaks.findForeign(), [], 'what the preload found');

test('the walker tells a foreign object', () => {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const { Object: Foreign, Function: ForeignFunction } = frame.contentWindow;
  const { found } = walker.find([{ deep: [new Foreign()] }, new Map([[1, ForeignFunction]])]);
  frame.remove();
  assert(found.length >= 2, `${found.length} were found`);
});

test('everything that the API gives is of the page', async () => {
  collector.exercise();
  await idle();
  expectOurs(1000);
  expectTheirs();
});

test('constructors lead to this realm only', async () => {
  const Functions = [leaks.echo.constructor, (await leaks.promiseEverything()).function.constructor,
    leaks.getEverything().async.constructor, leaks.everything.promise.then.constructor];
  for (const Class of Functions) {
    equal(Class, Function);
  }
  equal(leaks.everything.error.constructor, Error);
  equal(leaks.everything.promise.constructor, Promise);
  equal(leaks.getEverything().body.constructor, HTMLBodyElement);
});

test('results are of the page in hot code as well', () => {
  let foreign = 0;
  for (let i = 0; i < 20000; i++) {
    const { bottom } = leaks.bounce(null, 0);
    foreign += bottom.constructor === Array ? 0 : 1;
  }
  equal(foreign, 0);
});

test('what the preload receives is of the preload, in hot code as well', () => {
  leaks.forget();
  for (let i = 0; i < 5000; i++) {
    leaks.echo({ a: [i, { b: 1 }] });
  }
  expectTheirs();
  leaks.forget();
});

test('caller and arguments show nothing', () => {
  const seen = [];
  // Sloppy code, as only such functions have them: the page's own, made by its frame.
  leaks.sloppy(function callback() {
    for (const fn of [callback, leaks.sloppy, leaks.echo]) {
      for (const key of ['caller', 'arguments', 'callee']) {
        try {
          seen.push(fn[key]);
        } catch (error) {
          seen.push(error);
        }
      }
    }
    return seen.length;
  });
  collector.collect(seen);
  expectOurs(10);
});
