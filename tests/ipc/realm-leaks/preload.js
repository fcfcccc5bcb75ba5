// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('harness', {
  report: (name, ok, detail) => ipcRenderer.send('test:result', { name, ok, detail }),
  done: () => ipcRenderer.send('test:done'),
});

// All that this world is given is kept, and searched for objects of the page.
const received = [];
const keep = (value) => {
  if (received.length < 100000) {
    received.push(value);
  }
  return value;
};

const isObject = (value) => Object(value) === value;

const rootOf = (object) => {
  let root = object;
  for (let next = object; next !== null; next = Object.getPrototypeOf(next)) {
    root = next;
  }
  return root;
};

const findForeign = () => {
  const seen = new Set();
  const queue = [...received];
  const found = [];
  while (queue.length > 0) {
    const object = queue.pop();
    if (isObject(object) && !seen.has(object)) {
      seen.add(object);
      if (rootOf(object) !== Object.prototype) {
        found.push(`${typeof object} ${Reflect.ownKeys(object).map(String).slice(0, 5).join()}`);
      } else if (!(object instanceof Node) && object !== globalThis) {
        for (const key of Reflect.ownKeys(object).filter((one) => one !== Symbol.unscopables)) {
          const { value, get, set } = Object.getOwnPropertyDescriptor(object, key);
          queue.push(value, get, set);
        }
        queue.push(Object.getPrototypeOf(object));
      }
    }
  }
  return found;
};

const attempt = (fn) => {
  try {
    return keep(fn());
  } catch (error) {
    keep(error);
    return 'caught';
  }
};

const symbol = Symbol('unique');
const cycle = { list: [] };
cycle.self = cycle;
cycle.list.push(cycle);

class Point {
  constructor() { this.x = 1; this.at = { y: 2 }; }
  method() { return this; }
}

const makeEverything = () => ({
  number: 1,
  string: 'text',
  symbol,
  bigint: 10n,
  array: [1, 'two', [3, { four: 4 }]],
  nested: { a: { b: { c() { return { d: 1 }; } } } },
  keyed: { [symbol]: { inside: true } },
  point: new Point(),
  cycle,
  nullPrototype: Object.assign(Object.create(null), { a: {} }),
  proto: JSON.parse('{ "__proto__": { "x": {} } }'),
  date: new Date(0),
  regexp: /a/g,
  map: new Map([[{ key: 1 }, { value: [1] }]]),
  set: new Set([{ member: 1 }]),
  typed: new Uint8Array(2),
  buffer: new ArrayBuffer(2),
  view: new DataView(new ArrayBuffer(2)),
  boxed: Object('text'),
  error: Object.assign(new TypeError('an error'), { extra: {} }),
  aggregate: new AggregateError([new Error('inner')], 'many'),
  promise: Promise.resolve({ resolved: [() => ({})] }),
  rejected: (() => {
    const promise = Promise.reject(new RangeError('rejected'));
    promise.catch(() => {});
    return promise;
  })(),
  function: () => ({ returned: [{}] }),
  async: async () => ({ returned: [{}] }),
  generator: function* generator() { yield 1; },
  body: document.body,
  blob: new Blob(['x']),
  dom: new DOMException('dom', 'AbortError'),
  rect: new DOMRect(1, 2, 3, 4),
  event: new Event('an-event'),
  url: new URL('https://example.org/'),
  get accessor() { return { from: 'getter' }; },
  global: undefined,
});

const leaks = {
  everything: makeEverything(),
  getEverything: makeEverything,
  promiseEverything: async () => makeEverything(),
  callWithEverything: (fn) => keep(fn(makeEverything(), [1, {}], () => ({}), new Error('arg'))),
  echo: (...args) => { args.forEach(keep); return args[0]; },
  call: (fn, ...args) => { keep(fn); args.forEach(keep); return keep(fn(...args)); },
  // Sloppy code, whose frames `caller` might show.
  sloppy: new Function('fn', 'return [fn(), arguments.length]'), // eslint-disable-line no-new-func
  attempt: (fn) => attempt(fn),
  getSelf() { return this === leaks; },
  awaitIt: (promise) => promise.then(keep, keep),
  await: async (value) => keep(await value),
  thenable: () => ({ then: (resolve, reject) => { keep(resolve); keep(reject); resolve({ a: {} }); } }),
  resolveWith: (value) => Promise.resolve(keep(value)),
  rejectWith: (value) => Promise.reject(keep(value)),
  throwIt: (kind) => {
    switch (kind) {
      case 'error': throw Object.assign(new TypeError('thrown'), { secret: {} });
      case 'object': throw { message: 'an object', secret: {} }; // eslint-disable-line no-throw-literal
      case 'function': throw () => {}; // eslint-disable-line no-throw-literal
      case 'getter': throw { get message() { throw new Error('nested'); } }; // eslint-disable-line no-throw-literal
      case 'message': throw { message: { an: 'object' } }; // eslint-disable-line no-throw-literal
      case 'proxy': throw new Proxy({}, { get() { throw new Error('trap'); } });
      case 'dom': throw new DOMException('dom');
      case 'native': return null.property;
      case 'syntax': return JSON.parse('{');
      case 'symbol': throw Symbol('thrown');
      default: throw undefined; // eslint-disable-line no-throw-literal
    }
  },
  bad: {
    getWeakMap: () => new WeakMap(),
    getMapOfFunctions: () => new Map([[1, () => {}]]),
    getProxy: () => new Proxy({}, {}),
    getThrowing: () => ({ get bad() { throw new TypeError('getter'); } }),
    getDeep: () => { let deep = {}; for (let i = 0; i < 2000; i++) deep = { deep }; return deep; },
    getAll: () => document.all,
    rejectWeakMap: () => Promise.reject(new WeakMap()), // eslint-disable-line prefer-promise-reject-errors
    resolveWeakMap: async () => [new WeakMap()],
  },
  overflow: () => { const recurse = () => 1 + recurse(); return recurse(); },
  overflowIn: (fn) => { const recurse = () => [attempt(fn), recurse()]; return recurse(); },
  bounce: (fn, n) => (n > 0 ? fn(n - 1) : { bottom: [] }),
  bounceForever: (fn) => [fn()],
  getBody: () => document.body,
  findForeign,
  forget: () => { received.length = 0; },

  // What the platform could hand over behind the bridge's back.
  rejectUnhandled: () => { Promise.reject(new Error('unhandled in preload')); },
  handleLate: () => {
    const promise = Promise.reject(new Error('handled late in preload'));
    setTimeout(() => promise.catch(() => {}), 50);
  },
  throwLater: () => { setTimeout(() => { throw new Error('thrown later in preload'); }); },
  overflowLater: () => { setTimeout(() => leaks.overflow()); },
  report: () => reportError({ secret: {} }),
  touchPlatform: () => {
    document.body.onclick = () => {};
    window.onstorage = () => {};
    document.body.expando = { secret: {} };
    history.replaceState({ secret: {} }, '');
    performance.mark('leak-mark', { detail: { secret: {} } });
    document.adoptedStyleSheets.push(new CSSStyleSheet());
  },
  dispatchCustom: () => document.dispatchEvent(new CustomEvent('leak-custom', { detail: { secret: {} } })),
  dispatchMessage: () => document.dispatchEvent(new MessageEvent('leak-message', { data: { secret: {} } })),
  dispatchError: () => document.dispatchEvent(new ErrorEvent('leak-error', { error: new Error('dispatched') })),
  dispatchPlain: new Function('document.body.dispatchEvent(new Event("leak-plain"))'), // eslint-disable-line no-new-func
};
leaks.registry = String(customElements);
leaks.registryKeys = Reflect.ownKeys(CustomElementRegistry.prototype).map(String).join();
contextBridge.exposeInMainWorld('leaks', leaks);
