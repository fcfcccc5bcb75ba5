// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('harness', {
  report: (name, ok, detail) => ipcRenderer.send('test:result', { name, ok, detail }),
  done: () => ipcRenderer.send('test:done'),
});

let values;
let compare;

const fail = (text) => { throw new Error(text); };

const next = (channel) => new Promise((resolve) => {
  ipcRenderer.once(channel, (event, ...args) => resolve(args));
});

const messageOf = async (fn) => {
  try {
    await fn();
    return 'nothing was thrown';
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};

const senders = {
  send: (value) => ipcRenderer.send('echo', value),
  sendSync: (value) => ipcRenderer.sendSync('echo-sync', value),
  invoke: (value) => ipcRenderer.invoke('echo', value),
  postMessage: (value) => ipcRenderer.postMessage('echo', value),
};

const answerOf = async (sender, value) => {
  const answer = next('echo-reply');
  senders[sender](value);
  return (await answer)[0];
};

const ways = {
  invoke: senders.invoke,
  sendSync: async (value) => senders.sendSync(value),
  send: (value) => answerOf('send', value),
  postMessage: (value) => answerOf('postMessage', value),
};

class Stranger { get [Symbol.toStringTag]() { return 'Stranger'; } #secret = () => {}; }

const detached = new ArrayBuffer(8);
const detachedView = new Uint8Array(detached);
structuredClone(detached, { transfer: [detached] });

const uncloneable = {
  'a function': () => {},
  'a class': Stranger,
  'a symbol': Symbol('s'),
  'a boxed symbol': Object(Symbol('s')),
  'a promise': Promise.resolve(),
  'a generator': (function* generate() {})(),
  'a WeakMap': new WeakMap(),
  'a WeakSet': new WeakSet(),
  'a WeakRef': new WeakRef({}),
  'a Proxy': new Proxy({}, {}),
  'the document': document,
  'an element': document.createElement('p'),
  'an event': new Event('e'),
  'an event target': new EventTarget(),
  'the window': window,
  'a MessagePort': new MessageChannel().port1,
  'a detached ArrayBuffer': detached,
  'a view of a detached ArrayBuffer': detachedView,
  'a function deep inside': { a: [{ b: () => {} }] },
  'a symbol in a Map': new Map([['a', Symbol('s')]]),
  'a promise in a Set': new Set([Promise.resolve()]),
  'a function as a cause': new Error('e', { cause: () => {} }),
};

const nestable = {
  arrays: (inner) => [inner],
  objects: (inner) => ({ inner }),
  maps: (inner) => new Map([[1, inner]]),
  keys: (inner) => new Map([[inner, 1]]),
  sets: (inner) => new Set([inner]),
  causes: (inner) => new Error('', { cause: inner }),
};

const nest = (kind, depth) => {
  let value = {};
  for (let i = 0; i < depth; i++) {
    value = nestable[kind](value);
  }
  return value;
};

const checkError = (error, message) => {
  if (Object.getPrototypeOf(error) !== Error.prototype || error.message !== message) {
    fail(`${error} is no Error with the message '${message}'`);
  }
};

contextBridge.exposeInMainWorld('ipc', {
  prepare: (text) => {
    const { makeValues, makeCompare } = (0, eval)(text);
    values = makeValues();
    compare = makeCompare();
  },
  ways: Object.keys(ways),
  roundTrip: async (name, way) => compare(values[name], await ways[way](values[name])),
  kindInC: (name) => ipcRenderer.invoke('kind', values[name]),
  remade: async (name) => compare(values[name], await ipcRenderer.invoke('remake', values[name])),
  aggregate: async () => {
    const back = await ipcRenderer.invoke('echo', new AggregateError([1], 'both'));
    checkError(back, 'both');
    return Object.hasOwn(back, 'errors') ? fail('it has kept its errors') : undefined;
  },
  accessorMessage: async () => {
    const error = Object.defineProperty(new Error(), 'message', { get: () => 'computed' });
    checkError(await ipcRenderer.invoke('echo', error), '');
  },
  countArguments: async () => [
    (await ipcRenderer.invoke('echo-all')).length,
    (await ipcRenderer.invoke('echo-all', undefined)).length,
    (await ipcRenderer.invoke('echo-all', 1, undefined)).length,
    (await ipcRenderer.invoke('echo-all', undefined, null, undefined, undefined)).length,
  ],
  order: async () => {
    const blob = new Blob(['x'.repeat(100000)]);
    ipcRenderer.send('order', 1, blob);
    const invoked = ipcRenderer.invoke('order', 2);
    ipcRenderer.send('order', 3);
    ipcRenderer.sendSync('order', 4, blob);
    const last = ipcRenderer.invoke('order', 5, blob);
    await Promise.all([invoked, last]);
    const seen = ipcRenderer.sendSync('order-log');
    return seen.join() === '1,2,3,4,5' ? undefined : fail(`the order is ${seen}`);
  },

  uncloneable: Object.keys(uncloneable),
  senders: Object.keys(senders),
  sendUncloneable: (name, way) => messageOf(() => senders[way](uncloneable[name])),
  throwingGetter: async () => {
    const bad = { get a() { throw new RangeError('mine'); } };
    for (const name of Object.keys(senders)) {
      const text = await messageOf(() => senders[name](bad));
      if (text !== 'RangeError: mine') {
        fail(`${name}: ${text}`);
      }
    }
  },
  nestable: Object.keys(nestable),
  sendNested: (kind, depth) => messageOf(() => ipcRenderer.send('echo', nest(kind, depth))),
  sendLongString: (length) => messageOf(() => ipcRenderer.send('echo', 'a'.repeat(length))),
  sendLongStrings: (n, length) =>
    messageOf(() => ipcRenderer.send('echo', Array(n).fill('a'.repeat(length)))),
  sendZeros: (length, way) => messageOf(() => senders[way](Array(length).fill(0))),
  depthOf: async (text) => {
    let depth = 0;
    for (let value = await ipcRenderer.invoke('parse', text); value !== 1; depth++) {
      value = value instanceof Error ? value.cause : [...value][0];
    }
    return depth;
  },
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  tryInvoke: (channel, ...args) => messageOf(() => ipcRenderer.invoke(channel, ...args)),
});
