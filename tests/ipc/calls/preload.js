// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Calls that end before their answer, and errors that say more than their message. The page has the
// functions that an app would give it, and `checks` for what only the preload world sees.

const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('harness', {
  report: (name, ok, detail) => ipcRenderer.send('test:result', { name, ok, detail }),
  done: () => ipcRenderer.send('test:done'),
});

const fail = (text) => { throw new Error(text); };

const equal = (actual, expected, text = 'the value') => {
  if (!Object.is(actual, expected)) {
    fail(`${text} is ${String(actual)}, not ${String(expected)}`);
  }
};

const same = (actual, expected) => equal(JSON.stringify(actual), JSON.stringify(expected));

const caught = async (fn) => {
  try {
    await fn();
  } catch (error) {
    return error;
  }
  return fail('nothing was thrown');
};

const textOf = (error) => `${error.constructor.name} ${error.name}: ${error.message}`;

// The host's handler `calls:wait` keeps the call until its name is answered.
const wait = (name, limits) => ipcRenderer.with(limits).invoke('calls:wait', name);
const answer = (name, value) => ipcRenderer.invoke('calls:answer', name, value);
const whenCancelled = (name) => ipcRenderer.invoke('calls:when-cancelled', name);
const log = () => ipcRenderer.invoke('calls:log');

const lastSignal = { signal: null };

const checks = {
  'an aborted call rejects with the reason, and its handler is told': async () => {
    const controller = new AbortController();
    const call = wait('aborted', { signal: controller.signal });
    controller.abort();
    const error = await caught(() => call);
    equal(error, controller.signal.reason);
    equal(error instanceof DOMException, true);
    equal(error.name, 'AbortError');
    await whenCancelled('aborted');
  },
  'any reason is the reason': async () => {
    for (const reason of ['why', 0, null, new TypeError('mine'), { a: 1 }]) {
      const controller = new AbortController();
      const call = wait(`reason ${typeof reason}`, { signal: controller.signal });
      controller.abort(reason);
      equal(await caught(() => call), reason);
    }
  },
  'the rejection does not wait for the main process': async () => {
    const controller = new AbortController();
    const call = caught(() => wait('at once', { signal: controller.signal }));
    const turn = ipcRenderer.invoke('echo', 'turn').then(() => 'turn');
    controller.abort('now');
    equal(await Promise.race([turn, call]), 'now');
  },
  'a signal that is aborted already sends nothing': async () => {
    const { signal } = { signal: AbortSignal.abort('before') };
    equal(await caught(() => wait('never sent', { signal })), 'before');
    equal((await log()).includes('wait never sent'), false);
  },
  'a signal that the arguments abort ends the call': async () => {
    const controller = new AbortController();
    const argument = { get a() { controller.abort('while reading'); return 1; } };
    const call = ipcRenderer.with({ signal: controller.signal })
      .invoke('calls:wait', 'while reading', argument);
    equal(await caught(() => call), 'while reading');
    await whenCancelled('while reading');
  },
  'abort after the answer does nothing': async () => {
    const controller = new AbortController();
    const call = wait('answered', { signal: controller.signal, timeout: 60000 });
    await answer('answered', 'in time');
    equal(await call, 'in time');
    controller.abort();
    await answer('nobody', 0);
    equal((await log()).includes('cancelled answered'), false);
  },
  'the answer after an abort is for nobody': async () => {
    const controller = new AbortController();
    const call = wait('late', { signal: controller.signal });
    await ipcRenderer.invoke('echo', 'it has arrived');
    controller.abort('too long');
    await whenCancelled('late');
    await answer('late', 'too late');
    equal(await caught(() => call), 'too long');
    equal(await ipcRenderer.invoke('echo', 'alive'), 'alive');
  },
  'an answer that crosses the abort is for nobody': async () => {
    const controller = new AbortController();
    const call = ipcRenderer.with({ signal: controller.signal }).invoke('echo', 'crossing');
    ipcRenderer.sendSync('echo-sync', 'the answer is in the socket');
    controller.abort('crossed');
    equal(await caught(() => call), 'crossed');
    equal(await ipcRenderer.invoke('echo', 'alive'), 'alive');
  },
  'abort and call in one turn': async () => {
    const controller = new AbortController();
    const calls = Array.from({ length: 100 }, (item, i) =>
      caught(() => wait(`one of many ${i}`, { signal: controller.signal })));
    controller.abort('all');
    (await Promise.all(calls)).forEach((reason) => equal(reason, 'all'));
    await whenCancelled('one of many 99');
  },
  'only the call whose signal it is ends': async () => {
    const controller = new AbortController();
    const ended = wait('ended', { signal: controller.signal });
    const other = wait('other', { signal: new AbortController().signal });
    const plain = ipcRenderer.invoke('calls:wait', 'plain');
    controller.abort('ended');
    equal(await caught(() => ended), 'ended');
    await answer('other', 1);
    await answer('plain', 2);
    same([await other, await plain], [1, 2]);
  },
  'an event that is only called abort ends nothing': async () => {
    const { signal } = new AbortController();
    const call = wait('pretended', { signal });
    signal.dispatchEvent(new Event('abort'));
    await answer('pretended', 'still here');
    equal(await call, 'still here');
  },
  'a call without an answer in time rejects, and its handler is told': async () => {
    const error = await caught(() => wait('slow', { timeout: 20 }));
    equal(textOf(error), "DOMException TimeoutError: Remote method 'calls:wait' did not answer " +
      'within 20 ms');
    equal(error.code, DOMException.TIMEOUT_ERR);
    await whenCancelled('slow');
  },
  'a timeout of nothing is as soon as can be': async () => {
    equal((await caught(() => wait('no time', { timeout: 0 }))).name, 'TimeoutError');
    await whenCancelled('no time');
  },
  'an answer in time stops the clock': async () => {
    const call = wait('in time', { timeout: 40 });
    await answer('in time', 1);
    equal(await call, 1);
    // This one begins later and so ends later than the first one's clock would have.
    await caught(() => wait('clock', { timeout: 60 }));
    equal((await log()).includes('cancelled in time'), false);
  },
  'the signal or the timeout, whichever is first': async () => {
    const { signal } = new AbortController();
    equal((await caught(() => wait('clock first', { signal, timeout: 10 }))).name, 'TimeoutError');
    const controller = new AbortController();
    const call = wait('signal first', { signal: controller.signal, timeout: 60000 });
    controller.abort('first');
    equal(await caught(() => call), 'first');
  },
  'AbortSignal.timeout and AbortSignal.any': async () => {
    const error = await caught(() => wait('platform', { signal: AbortSignal.timeout(10) }));
    equal(error.name, 'TimeoutError');
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(60000)]);
    const call = wait('any', { signal });
    controller.abort('one of them');
    equal(await caught(() => call), 'one of them');
  },
  'the same limits serve many calls': async () => {
    const soon = ipcRenderer.with({ timeout: 60000 });
    equal(await soon.invoke('echo', 1), 1);
    equal(await soon.invoke('echo', 2), 2);
    equal(await ipcRenderer.with({}).invoke('echo', 3), 3);
    equal(await ipcRenderer.with({ signal: null, timeout: undefined }).invoke('echo', 4), 4);
    same(await soon.invoke('echo-all', 1, 'two', [3]), [1, 'two', [3]]);
  },
  'errors of the call itself stay as they are': async () => {
    const limited = ipcRenderer.with({ timeout: 60000 });
    equal(textOf(await caught(() => limited.invoke(5))), 'TypeError TypeError: Error processing ' +
      'argument at index 1, conversion failure from 5');
    equal(textOf(await caught(() => limited.invoke('echo', () => {}))),
      'Error Error: An object could not be cloned.');
    equal(textOf(await caught(() => limited.invoke('never'))),
      "Error Error: Error invoking remote method 'never': reply was never sent");
  },
  'what the platform aborts with is of this world': async () => {
    const controller = new AbortController();
    controller.abort();
    const { signal } = new AbortController();
    const timed = AbortSignal.timeout(0);
    await new Promise((resolve) => { timed.onabort = resolve; });
    for (const [reason, text] of [
      [controller.signal.reason, 'AbortError: The operation was aborted.'],
      [AbortSignal.abort().reason, 'AbortError: The operation was aborted.'],
      [AbortSignal.any([signal, AbortSignal.abort()]).reason,
        'AbortError: The operation was aborted.'],
      [timed.reason, 'TimeoutError: The operation timed out.'],
    ]) {
      equal(Object.getPrototypeOf(reason), DOMException.prototype);
      equal(String(reason), text);
    }
    equal(textOf(await caught(() => AbortSignal.timeout(-1))).startsWith('TypeError'), true);
    equal(AbortSignal.timeout(1e12).aborted, false);
  },
  'limits that are none': async () => {
    const text = async (options) => textOf(await caught(() => ipcRenderer.with(options)));
    equal(await text(), "TypeError TypeError: Expected options to be an object, but found type " +
      "'undefined'");
    equal(await text(null), "TypeError TypeError: Expected options to be an object, but found " +
      "type 'null'");
    equal(await text({ signal: {} }), 'TypeError TypeError: Expected signal to be an ' +
      "AbortSignal, but found type 'object'");
    equal(await text({ signal: Object.create(AbortSignal.prototype) }), 'TypeError TypeError: ' +
      "Expected signal to be an AbortSignal, but found type 'object'");
    for (const timeout of ['5', null, 5n]) {
      equal(await text({ timeout }), 'TypeError TypeError: Expected timeout to be a number, but ' +
        `found type '${timeout === null ? 'null' : typeof timeout}'`);
    }
    for (const timeout of [-1, NaN, Infinity, -Infinity, 2147483648]) {
      equal(await text({ timeout }), 'RangeError RangeError: The timeout must be between 0 and ' +
        `2147483647 milliseconds, but is ${timeout}`);
    }
  },
  'a patched platform changes nothing': async () => {
    const { aborted } = Object.getOwnPropertyDescriptors(AbortSignal.prototype);
    const { addEventListener } = EventTarget.prototype;
    const controller = new AbortController();
    Object.defineProperty(AbortSignal.prototype, 'aborted', { configurable: true, value: false });
    EventTarget.prototype.addEventListener = () => {};
    let call;
    try {
      call = wait('patched', { signal: controller.signal });
      controller.abort('all the same');
    } finally {
      Object.defineProperty(AbortSignal.prototype, 'aborted', aborted);
      EventTarget.prototype.addEventListener = addEventListener;
    }
    equal(await caught(() => call), 'all the same');
  },

  'a GError has its domain, its code and its details': async () => {
    const error = await caught(() => ipcRenderer.invoke('calls:fail', { path: ['a', 1], n: null }));
    equal(Object.getPrototypeOf(error), Error.prototype);
    equal(String(error), "Error: Error invoking remote method 'calls:fail': Error: no such note");
    equal(error.domain, 'g-io-error-quark');
    equal(error.code, 1);
    same(error.details, { path: ['a', 1], n: null });
    same(Object.keys(error).filter((key) => !['line', 'column', 'sourceURL'].includes(key)),
      ['domain', 'code', 'details']);
  },
  'details are of every kind': async () => {
    const details = { when: new Date(5), set: new Set([1]), big: 5n };
    const error = await caught(() => ipcRenderer.invoke('calls:fail', details));
    equal(error.details.when.getTime(), 5);
    equal(error.details.set.has(1), true);
    equal(error.details.big, 5n);
  },
  'an error of sendSync is typed too': async () => {
    const error = await caught(() => ipcRenderer.sendSync('calls:fail-sync', 'more'));
    equal(String(error), 'Error: no such note');
    same([error.domain, error.code, error.details], ['g-io-error-quark', 1, 'more']);
    const plain = await caught(() => ipcRenderer.sendSync('calls:fail-sync'));
    equal('details' in plain, false);
  },
  'what is no GError is a plain Error': async () => {
    for (const channel of ['never', 'no-such-handler']) {
      const error = await caught(() => ipcRenderer.invoke(channel));
      same([error.name, 'domain' in error, 'code' in error], ['Error', false, false]);
    }
    const error = await caught(() => ipcRenderer.sendSync('no-such-listener'));
    same([error.name, 'domain' in error], ['Error', false]);
  },
};

contextBridge.exposeInMainWorld('calls', {
  names: Object.keys(checks),
  check: (name) => checks[name](),
  wait,
  answer,
  whenCancelled,
  log,
  hold: (signal) => {
    lastSignal.signal = signal;
    return signal instanceof AbortSignal;
  },
  isSame: (signal) => lastSignal.signal === signal,
  isAborted: () => lastSignal.signal.aborted,
  reason: () => lastSignal.signal.reason,
  reasonIsOurs: () => lastSignal.signal.reason.constructor === globalThis[lastSignal.signal.reason.constructor.name],
  nested: ({ list: [{ signal }] }) => signal instanceof AbortSignal,
  timeoutSignal: () => AbortSignal.timeout(10),
  abortedSignal: (reason) => AbortSignal.abort(reason),
  exposed: AbortSignal.abort('at home'),
  fail: (...args) => ipcRenderer.invoke('calls:fail', ...args),
  failSync: (...args) => ipcRenderer.sendSync('calls:fail-sync', ...args),
  errorAsValue: () => caught(() => ipcRenderer.invoke('calls:fail', 'value')),
  changedError: async () => {
    const error = await caught(() => ipcRenderer.invoke('calls:fail'));
    error.domain = () => 'a function';
    error.secret = 'of the preload';
    throw error;
  },
  foreignError: () => {
    throw Object.assign(new TypeError('foreign'), { domain: 'mine', code: 5 });
  },
  throwException: () => { throw new DOMException('gone', 'NotFoundError'); },
});
