// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// What needs the real ipcRenderer is tried here, under a name; the page calls each as a test of its
// own. A check throws when something is wrong.

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

/** Resolves with the arguments of the next message on a channel. */
const next = (channel) => new Promise((resolve) => {
  ipcRenderer.once(channel, (event, ...args) => resolve({ event, args }));
});

const messageOf = async (fn) => {
  try {
    await fn();
    return 'nothing was thrown';
  } catch (error) {
    return `${error.constructor === globalThis[error.name]} ${error.name}: ${error.message}`;
  }
};

// Compares what JSON cannot say. `seen` ends cycles, and checks that both have the same shape.
const alike = (a, b, path = 'value', seen = new Map()) => {
  if (typeof a !== 'object' || a === null) {
    equal(b, a, path);
    return;
  }
  if (typeof b !== 'object' || b === null) {
    fail(`${path} is ${String(b)}`);
  }
  if (seen.has(a)) {
    equal(seen.get(a), b, `the reference ${path}`);
    return;
  }
  seen.set(a, b);
  const prototype = Object.getPrototypeOf(a);
  const isBuiltIn =
    prototype !== null && prototype.constructor === globalThis[prototype.constructor.name];
  equal(Object.getPrototypeOf(b), isBuiltIn ? prototype : Object.prototype, `the class of ${path}`);
  compareSlots(a, b, path, seen);
  const keys = Object.keys(a);
  same(Object.keys(b), keys);
  for (const key of keys) {
    alike(a[key], b[key], `${path}.${key}`, seen);
  }
};

const compareSlots = (a, b, path, seen) => {
  if (a instanceof Map || a instanceof Set) {
    alike([...a], [...b], path, seen);
  } else if (a instanceof Error) {
    alike([a.message, a.stack, a.cause], [b.message, b.stack, b.cause], path, seen);
  } else if (a instanceof RegExp) {
    equal(String(b), String(a), path);
  } else if (Array.isArray(a)) {
    equal(b.length, a.length, `the length of ${path}`);
  } else if (a instanceof ArrayBuffer) {
    same([...new Uint8Array(b)], [...new Uint8Array(a)]);
  } else if (ArrayBuffer.isView(a)) {
    same([b.byteOffset, b.byteLength], [a.byteOffset, a.byteLength]);
    alike(a.buffer, b.buffer, `${path}.buffer`, seen);
  } else if (a instanceof Date || (a.valueOf && typeof a.valueOf() !== 'object')) {
    equal(b.valueOf(), a.valueOf(), path);
  }
};

const shared = { n: 1 };
const cycle = { name: 'cycle' };
cycle.self = cycle;
const map = new Map([['a', { b: 1 }], [2, new Map()]]);
map.set('self', map);
const buffer = new Uint8Array([0, 1, 254, 255]).buffer;
const sparse = ['a', , 'c'];
const named = Object.assign([1, 2], { named: true });
const nested = (depth) => (depth === 0 ? 'bottom' : [nested(depth - 1)]);
class Point { constructor() { this.x = 1; this.y = undefined; } get sum() { return 1; } }

const values = {
  'null': null,
  'undefined': undefined,
  'true': true,
  'an integer': 42,
  'the greatest safe integer': Number.MAX_SAFE_INTEGER,
  'a fraction': 0.1,
  'a huge number': 1.7976931348623157e308,
  'a tiny number': 5e-324,
  'NaN': NaN,
  'Infinity': Infinity,
  '-Infinity': -Infinity,
  '-0': -0,
  'a BigInt': 123456789012345678901234567890n,
  'the empty string': '',
  'a string of every kind of character': 'aé€😀"\\/\b\f\n\r\t\u001b\u2028%',
  'a string with NUL': 'a\0b',
  'half a surrogate pair': 'x\ud83d',
  'a long string': 'long '.repeat(20000),
  'an empty object': {},
  'an empty array': [],
  'nested plain data': { a: [1, { b: [null, 'x'] }], c: { d: {} } },
  'undefined members': { a: undefined, b: [undefined] },
  'a sparse array': sparse,
  'an array with a named member': named,
  'an array of 20,000 numbers': Array.from({ length: 20000 }, (item, i) => i / 3),
  'arrays 900 deep': nested(900),
  'a Date': new Date(86400000),
  'an invalid Date': new Date(NaN),
  'a RegExp': /a\/(?<b>c)/giu,
  'a Map': new Map([['k', { v: 1 }], [{ key: true }, null]]),
  'a Map in itself': map,
  'a Set': new Set([1, 'two', { three: 3 }]),
  'boxed primitives': [new Number(1), new String('s'), new Boolean(false), Object(5n)],
  'an Error': new Error('plain'),
  'a TypeError with a cause': new TypeError('typed', { cause: { code: 7 } }),
  'a shared reference': { first: shared, second: shared, list: [shared] },
  'a cycle': cycle,
  'an ArrayBuffer': buffer,
  'two views of one buffer': [new Uint8Array(buffer, 1, 2), new DataView(buffer), buffer],
  'a Float64Array': new Float64Array([1.5, -0, NaN]),
  'a BigInt64Array': new BigInt64Array([-1n]),
  'an own $mullion key': { $mullion: 'undefined', value: { $mullion: 1 } },
  'an own __proto__ key': JSON.parse('{"__proto__": {"polluted": true}, "a": 1}'),
  'a key with NUL': { 'a\0b': 1 },
  'an own toJSON': { toJSON: 1, a: 2 },
  'an instance of a class': new Point(),
  'an object without a prototype': Object.assign(Object.create(null), { a: 1 }),
};

const ways = {
  invoke: (value) => ipcRenderer.invoke('echo', value),
  sendSync: async (value) => ipcRenderer.sendSync('echo-sync', value),
  reply: async (value) => {
    const reply = next('echo-reply');
    ipcRenderer.send('echo', value);
    return (await reply).args[0];
  },
};

const uncloneable = {
  'a function': () => {},
  'a symbol': Symbol('s'),
  'a promise': Promise.resolve(),
  'a WeakMap': new WeakMap(),
  'a WeakSet': new WeakSet(),
  'a WeakRef': new WeakRef({}),
  'a Proxy': new Proxy({}, {}),
  'the document': document,
  'an event target': new EventTarget(),
  'the window': window,
  'a function deep inside': { a: [{ b: () => {} }] },
  'a symbol in a Map': new Map([['a', Symbol('s')]]),
};

const senders = {
  send: (value) => ipcRenderer.send('echo', value),
  sendSync: (value) => ipcRenderer.sendSync('echo-sync', value),
  invoke: (value) => ipcRenderer.invoke('echo', value),
  postMessage: (value) => ipcRenderer.postMessage('echo', value),
};

const checks = require('events');
const emitter = new checks();

const inside = {
  'event.sender is ipcRenderer': async () => {
    const reply = next('echo-reply');
    ipcRenderer.send('echo', 1);
    const { event } = await reply;
    equal(event.sender, ipcRenderer);
    equal(event.senderId, 0);
    same(event.ports, []);
  },
  'references between arguments keep the count of the arguments': async () => {
    const result = await ipcRenderer.invoke('echo-all', shared, shared, undefined);
    equal(result.length, 3);
    same(result[0], shared);
    same(result[1], shared);
    equal(result[2], undefined);
  },
  'a patched toJSON is not asked': async () => {
    Object.prototype.toJSON = () => 'patched';
    const result = ipcRenderer.sendSync('echo-sync', { a: [1] });
    delete Object.prototype.toJSON;
    same(result, { a: [1] });
  },
  'patched built-ins change nothing': async () => {
    const { stringify, parse } = JSON;
    const { push, join } = Array.prototype;
    const { get, set } = Map.prototype;
    const patched = () => fail('a patched built-in was asked');
    JSON.stringify = JSON.parse = patched;
    Array.prototype.push = Array.prototype.join = patched;
    Map.prototype.get = Map.prototype.set = patched;
    let result;
    try {
      result = ipcRenderer.sendSync('echo-sync', { a: undefined, b: [1] });
    } finally {
      Object.assign(JSON, { stringify, parse });
      Object.assign(Array.prototype, { push, join });
      for (const [name, value] of [['get', get], ['set', set], ['push', push], ['join', join]]) {
        const holder = name in Map.prototype ? Map.prototype : Array.prototype;
        Object.defineProperty(holder, name,
          { value, configurable: true, enumerable: false, writable: true });
      }
    }
    equal(Object.hasOwn(result, 'a'), true);
    same(result.b, [1]);
  },
  'ipcRenderer has no members of its own': () => same(Reflect.ownKeys(ipcRenderer), []),
  'a method works without its object': async () => {
    const { invoke } = ipcRenderer;
    equal(await invoke('echo', 'free'), 'free');
  },
  'a listener is called on ipcRenderer': async () => {
    const self = new Promise((resolve) => {
      ipcRenderer.once('echo-reply', function () { resolve(this === ipcRenderer); });
    });
    ipcRenderer.send('echo');
    equal(await self, true);
  },
  'a getter that throws is heard by the caller': async () => {
    const bad = { get a() { throw new RangeError('mine'); } };
    for (const name of Object.keys(senders)) {
      equal(await messageOf(() => senders[name](bad)), 'true RangeError: mine', name);
    }
  },
  'an answer that comes before a message is seen before it': async () => {
    const seen = [];
    ipcRenderer.once('echo-reply', () => seen.push('message'));
    const answer = ipcRenderer.invoke('echo', 1).then(() => seen.push('answer'));
    ipcRenderer.send('echo', 1);
    await answer;
    while (seen.length < 2) {
      await ipcRenderer.invoke('echo', 0);
    }
    same(seen, ['answer', 'message']);
  },
  'emit reaches the listeners': () => {
    const seen = [];
    ipcRenderer.once('local', (...args) => seen.push(...args));
    equal(ipcRenderer.emit('local', 1, 2), true);
    equal(ipcRenderer.emit('local', 3), false);
    same(seen, [1, 2]);
  },
  'an EventEmitter of the app works beside it': () => {
    let heard = 0;
    emitter.on('a', () => { heard++; });
    emitter.emit('a');
    equal(heard, 1);
  },
};

const listeners = new Map();

contextBridge.exposeInMainWorld('ipc', {
  inside: Object.keys(inside),
  runInside: (name) => inside[name](),
  valueNames: Object.keys(values),
  roundTrip: async (name, way) => alike(values[name], await ways[way](values[name])),
  uncloneableNames: Object.keys(uncloneable),
  sendUncloneable: (name, way) => messageOf(() => senders[way](uncloneable[name])),
  call: (method, ...args) => messageOf(() => ipcRenderer[method](...args)),
  callWithPort: () => messageOf(() =>
    ipcRenderer.postMessage('echo', 1, [new MessageChannel().port1])),
  transferOther: () => messageOf(() => ipcRenderer.postMessage('echo', 1, [{}])),
  deep: (depth) => messageOf(() => ipcRenderer.send('echo', nested(depth))),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  sendSync: (channel, ...args) => ipcRenderer.sendSync(channel, ...args),
  postMessage: (channel, message) => ipcRenderer.postMessage(channel, message),
  add: (id, method, channel, fn) => {
    listeners.set(id, (event, ...args) => fn(...args));
    ipcRenderer[method](channel, listeners.get(id));
  },
  remove: (id, method, channel) => { ipcRenderer[method](channel, listeners.get(id)); },
  addThrowing: (channel) => {
    ipcRenderer.once(channel, () => { throw new Error('a listener that throws'); });
  },
  removeAll: (channel) => { ipcRenderer.removeAllListeners(channel); },
  count: (channel) => ipcRenderer.listenerCount(channel),
  names: () => ipcRenderer.eventNames(),
});
contextBridge.exposeInMainWorld('rawIpcRenderer', ipcRenderer);
