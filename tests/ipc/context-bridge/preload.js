// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('harness', {
  report: (name, ok, detail) => ipcRenderer.send('test:result', { name, ok, detail }),
  done: () => ipcRenderer.send('test:done'),
});

// What the page cannot see for itself is tried here and answered as text.
const attempt = (fn) => {
  try {
    fn();
    return 'nothing was thrown';
  } catch (error) {
    return `${error.constructor === Error} ${error.name}: ${error.message}`;
  }
};

const nest = (levels, wrap) => {
  let value = wrap(null);
  for (let i = 1; i < levels; i++) {
    value = wrap(value);
  }
  return value;
};

const symbol = Symbol('unique');
const callbacks = new Set();
const cycle = { value: 135 };
cycle.self = cycle;
const shared = { shared: true };

class Point {
  constructor(x) { this.x = x; }
  double() { return this.x * 2; }
}

let gets = 0;

contextBridge.exposeInMainWorld('values', {
  number: 123,
  nan: NaN,
  negativeZero: -0,
  string: 'my-words',
  boolean: true,
  nothing: null,
  missing: undefined,
  bigint: 10n ** 30n,
  symbol,
  array: [1, 'two', [3]],
  nested: { a: { b: { c: 'deep' } } },
  keyed: { [symbol]: 123, 1: 'one', 2: 'two' },
  instance: new Point(4),
  cycle,
  pair: [shared, shared],
  typed: new Uint8Array([1, 2, 3]),
  date: new Date(86400000),
  regexp: /a+/gi,
  map: new Map([['key', { inner: 1 }]]),
  set: new Set([1, 'two']),
  buffer: new Uint8Array([9, 8]).buffer,
  view: new DataView(new ArrayBuffer(4)),
  boxed: Object(5),
  error: new TypeError('only my message'),
  promise: Promise.resolve({ resolved: true }),
  get accessor() { gets++; return 'read once'; },
});
contextBridge.exposeInMainWorld('direct', 123);
contextBridge.exposeInMainWorld('directFunction', (a, b) => a + b);
contextBridge.exposeInMainWorld('directNull', null);
contextBridge.exposeInMainWorld('directUndefined', undefined);
contextBridge.exposeInMainWorld('directArray', [1, [2]]);
contextBridge.exposeInMainWorld('directPromise', Promise.resolve('i-resolved'));
const lateRejection = Promise.reject(new Error('i-rejected'));
contextBridge.exposeInMainWorld('rejection', lateRejection);

const hidden = {};
Object.defineProperty(hidden, 'secret', { value: 1, enumerable: false });
hidden.visible = 2;

contextBridge.exposeInMainWorld('api', {
  echo: (value) => value,
  count: (...args) => args.length,
  same: (a, b) => a === b,
  typeOf: (value) => typeof value,
  call: (fn, ...args) => fn(...args),
  callTwice: (fn) => fn(fn(1)),
  getNumber: () => 123,
  getObject: () => ({ thing: 123 }),
  getArray: () => [1, { a: [2] }],
  getSymbol: () => symbol,
  isSymbol: (value) => value === symbol,
  getKeyed: () => ({ [symbol]: 123 }),
  getFunction: () => (x) => x + 1,
  getFunctions: () => ({ list: [(x) => x * 2] }),
  getPoint: () => new Point(7),
  getHidden: () => hidden,
  getInherited: () => Object.create({ inherited: 1 }, {
    own: { value: 2, enumerable: true },
  }),
  getNullPrototype: () => Object.assign(Object.create(null), { a: 1 }),
  getCycle: () => cycle,
  getPair: () => [shared, { again: shared }],
  getProto: () => JSON.parse('{ "__proto__": { "polluted": true }, "x": 1 }'),
  getSparse: () => [1, , 3], // eslint-disable-line no-sparse-arrays
  getGets: () => gets,
  getAccessor: () => ({ get value() { gets++; return { at: 'copy' }; } }),
  getThrowing: () => ({ get bad() { throw new Error('damm'); } }),
  getDate: () => new Date(5),
  getErrorObject: () => Object.assign(new RangeError('kept'), { code: 'LOST' }),
  getWeirdError: () => {
    const error = new Error('foo');
    error.message = { garbage: true };
    return error;
  },
  getWeakMap: () => new WeakMap(),
  getMapWithFunction: () => new Map([[1, () => 1]]),
  getProxy: () => new Proxy({ a: 1 }, {}),
  getAll: () => document.all,
  getSymbolObject: () => Object(Symbol('foo')),
  nestArrays: (levels) => nest(levels, (inner) => (inner === null ? [] : [inner])),
  nestObjects: (levels) => nest(levels, (inner) => (inner === null ? {} : { inner })),
  self: 'the parent',
  whoAmI() { return this.self; },
  inner: { self: 'the inner parent', whoAmI() { return this.self; } },
  construct: Point,
  argumentsLength() { return arguments.length; },
  list: (...args) => args,

  // Errors.
  throwError: () => { throw new Error('whoops'); },
  throwType: () => { throw new TypeError('a type'); },
  throwString: () => { throw 'this is no error...'; }, // eslint-disable-line no-throw-literal
  throwNull: () => { throw null; }, // eslint-disable-line no-throw-literal
  throwLikeError: () => { throw { message: 'like an error' }; }, // eslint-disable-line no-throw-literal
  catchIt: (fn) => {
    try {
      return fn();
    } catch (error) {
      return `${Object.getPrototypeOf(error) === Error.prototype} ${error.message}`;
    }
  },

  // Promises.
  getPromise: async () => ({ list: [() => 'fn'] }),
  getDelayed: () => new Promise((resolve) => { setTimeout(resolve, 20, 'delayed'); }),
  getNestedPromise: async () => ({ inner: Promise.resolve([1]) }),
  reject: async () => { throw new Error('rejected'); },
  rejectString: () => Promise.reject('a reason'), // eslint-disable-line prefer-promise-reject-errors
  rejectUncloneable: () => Promise.reject(Object(Symbol('foo'))), // eslint-disable-line prefer-promise-reject-errors
  resolveUncloneable: async () => Object(Symbol('foo')),
  awaitIt: async (promise) => [await promise, promise instanceof Promise],
  awaitRejection: (promise) => promise.catch((error) =>
    `${error instanceof Error} ${error.message ?? error}`),
  getThenable: () => ({ then: (resolve) => { resolve('from thenable'); } }),

  // What arrives in the preload world is of the preload world.
  isOurs: (value) => {
    const Class = { function: Function, object: Array.isArray(value) ? Array : Object }[typeof value];
    return Object.getPrototypeOf(value) === Class.prototype;
  },
  describe: (value) => `${value.constructor.name} ${value instanceof globalThis[value.constructor.name]}`,
  describeReturned: (fn) => fn() instanceof Object,
  own: (value) => Reflect.ownKeys(value).map(String).join(),

  // The same function has the same proxy.
  subscribe: (fn) => { callbacks.add(fn); return callbacks.size; },
  unsubscribe: (fn) => callbacks.delete(fn),
  emit: (value) => { for (const fn of callbacks) fn(value); },

  // DOM.
  getBody: () => document.body,
  getNodes: () => [document, document.body, document.createTextNode('text')],
  isBody: (node) => node === document.body,
  describeNode: (node) => [node.tagName, node instanceof HTMLElement, typeof node.querySelector],
  getBlob: () => new Blob(['ab', 'cd'], { type: 'text/x-test' }),
  getFile: () => new File(['content'], 'name.txt', { type: 'text/plain' }),
  readBlob: async (blob) => [await blob.text(), blob instanceof Blob],

  ipcRenderer,
  getIpcRenderer: () => ipcRenderer,
});

const frozen = { list: [{}], fn: () => {}, buffer: new Uint8Array(2) };
contextBridge.exposeInMainWorld('frozen', frozen);
frozen.later = 'not seen';

contextBridge.exposeInMainWorld('attempts', {
  again: attempt(() => contextBridge.exposeInMainWorld('api', {})),
  existing: attempt(() => contextBridge.exposeInMainWorld('document', {})),
  key: attempt(() => contextBridge.exposeInMainWorld(Symbol('key'), {})).startsWith('false TypeError'),
  uncloneable: attempt(() => contextBridge.exposeInMainWorld('never', { map: new WeakMap() })),
  throwing: attempt(() => contextBridge.exposeInMainWorld('never', { get a() { throw new Error('a getter'); } })),
  deep: attempt(() => contextBridge.exposeInMainWorld('never', nest(1001, (inner) => [inner]))),
  world: attempt(() => contextBridge.exposeInIsolatedWorld(5, 'never', {})),
  worldType: attempt(() => contextBridge.exposeInIsolatedWorld('0', 'never', {})).startsWith('false TypeError'),
});

contextBridge.exposeInIsolatedWorld(0, 'viaWorldZero', { yes: true });
contextBridge.exposeInIsolatedWorld(999, 'inPreloadWorld', { yes: true, fn: () => 'called' });
contextBridge.exposeInMainWorld('preloadWorld', {
  has: globalThis.inPreloadWorld?.yes === true && globalThis.inPreloadWorld.fn() === 'called',
  frozen: Object.isFrozen(globalThis.inPreloadWorld),
});
contextBridge.exposeInIsolatedWorld(1004, 'inIsolatedWorld', { yes: true });

// executeInMainWorld, before any page script ran.
const object = {};
const results = {
  sum: contextBridge.executeInMainWorld({ func: (a, b) => a + b, args: [1, 2] }),
  noArgs: contextBridge.executeInMainWorld({ func: function () { return arguments.length; } }),
  shared: contextBridge.executeInMainWorld({ func: (a, b) => a === b, args: [object, object] }),
  safe: contextBridge.executeInMainWorld({ func: () => ({}) }).constructor === Object,
  callback: contextBridge.executeInMainWorld({ func: (fn) => fn(20), args: [(x) => x + 1] }),
  returned: contextBridge.executeInMainWorld({ func: () => (x) => x * 3 })(5),
  closure: attempt(() => contextBridge.executeInMainWorld({ func: () => object })),
  throwing: attempt(() => contextBridge.executeInMainWorld({ func: () => { throw new TypeError('in page'); } })),
  invalid: attempt(() => contextBridge.executeInMainWorld(null)),
  missing: attempt(() => contextBridge.executeInMainWorld({})),
  badArgs: attempt(() => contextBridge.executeInMainWorld({ func: () => {}, args: 3 })),
  uncloneable: attempt(() => contextBridge.executeInMainWorld({ func: () => {}, args: [new WeakMap()] })),
  promise: contextBridge.executeInMainWorld({ func: async () => ({ from: 'page' }) }),
};
const tricky = () => { window.hacked = 'nope'; };
tricky.toString = () => "() => { window.hacked = 'gotcha'; }";
contextBridge.executeInMainWorld({ func: tricky });
contextBridge.executeInMainWorld({ func: () => { window.madeInMainWorld = { by: 'execute' }; } });
contextBridge.exposeInMainWorld('executed', results);
