// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// A signal of the page, on its way through the bridge to the call.

const caught = async (promise) => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return fail('nothing was thrown');
};

test('a signal of the page cancels a call', async () => {
  const controller = new AbortController();
  const call = calls.wait('from the page', { signal: controller.signal });
  controller.abort();
  const error = await caught(call);
  equal(Object.getPrototypeOf(error), DOMException.prototype);
  equal(error.name, 'AbortError');
  equal(error.message, controller.signal.reason.message);
  await calls.whenCancelled('from the page');
});

test('a timeout of the page is a TimeoutError', async () => {
  equal((await caught(calls.wait('clock of the page', { timeout: 10 }))).name, 'TimeoutError');
  const error = await caught(calls.wait('timed signal', { signal: AbortSignal.timeout(10) }));
  equal(Object.getPrototypeOf(error), DOMException.prototype);
  equal(error.name, 'TimeoutError');
  await calls.whenCancelled('timed signal');
});

test('a signal of the page that is aborted already sends nothing', async () => {
  const error = await caught(calls.wait('sent by the page', { signal: AbortSignal.abort('no') }));
  equal(error, 'no');
  equal((await calls.log()).includes('wait sent by the page'), false);
});

test('a signal arrives as a signal', () => {
  equal(calls.hold(new AbortController().signal), true);
  equal(calls.isAborted(), false);
  equal(calls.nested({ list: [{ signal: new AbortController().signal }] }), true);
});

test('a signal of a frame is a signal', () => {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const controller = new frame.contentWindow.AbortController();
  equal(calls.hold(controller.signal), true);
  controller.abort('in the frame');
  equal(calls.reason(), 'in the frame');
  frame.remove();
});

test('the same signal is the same there', () => {
  const { signal } = new AbortController();
  calls.hold(signal);
  equal(calls.isSame(signal), true);
  equal(calls.isSame(new AbortController().signal), false);
});

test('the reason is copied', () => {
  const controller = new AbortController();
  calls.hold(controller.signal);
  controller.abort({ a: [1] });
  same(calls.reason(), { a: [1] });
  equal(calls.reasonIsOurs(), true);
  for (const [reason, name] of [[new TypeError('t'), 'Error'], [new DOMException('d', 'DataError'),
    'DataError'], [Promise.resolve(1), undefined], [new WeakMap(), 'Error']]) {
    const other = new AbortController();
    calls.hold(other.signal);
    other.abort(reason);
    equal(calls.isAborted(), true);
    equal(calls.reasonIsOurs(), true);
    equal(calls.reason().name, name);
  }
});

test('an event that is only called abort aborts nothing', () => {
  const controller = new AbortController();
  calls.hold(controller.signal);
  controller.signal.dispatchEvent(new Event('abort'));
  equal(calls.isAborted(), false);
  controller.abort('now');
  equal(calls.reason(), 'now');
});

test('what only looks like a signal is none', () => {
  throws(() => calls.wait('fake', { signal: { aborted: false, addEventListener() {} } }),
    "Expected signal to be an AbortSignal, but found type 'object'");
  throws(() => calls.wait('fake', { signal: Object.create(AbortSignal.prototype) }),
    "Expected signal to be an AbortSignal, but found type 'object'");
});

test('a signal of the preload arrives as one of the page', async () => {
  const signal = calls.timeoutSignal();
  equal(Object.getPrototypeOf(signal), AbortSignal.prototype);
  await new Promise((resolve) => { signal.addEventListener('abort', resolve, { once: true }); });
  equal(Object.getPrototypeOf(signal.reason), DOMException.prototype);
  equal(signal.reason.name, 'TimeoutError');
  same(calls.abortedSignal({ a: 1 }).reason, { a: 1 });
  equal(Object.getPrototypeOf(calls.abortedSignal({}).reason), Object.prototype);
  equal(calls.exposed.reason, 'at home');
});

test('a page that patched its signals cancels all the same', async () => {
  const { aborted } = Object.getOwnPropertyDescriptors(AbortSignal.prototype);
  const { addEventListener } = EventTarget.prototype;
  const seen = [];
  Object.defineProperty(AbortSignal.prototype, 'aborted', {
    configurable: true, get() { seen.push(this); return false; },
  });
  EventTarget.prototype.addEventListener = (...args) => { seen.push(args); };
  const controller = new AbortController();
  calls.hold(controller.signal);
  controller.abort('patched');
  Object.defineProperty(AbortSignal.prototype, 'aborted', aborted);
  EventTarget.prototype.addEventListener = addEventListener;
  equal(calls.reason(), 'patched');
  equal(seen.length, 0);
});
