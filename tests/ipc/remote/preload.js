// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// The legacy shared object. The main process shares { text: 'a', list: [1, { deep: true }], none: null }.

const { contextBridge, ipcRenderer, remote } = require('electron');

contextBridge.exposeInMainWorld('harness', {
  report: (name, ok, detail) => ipcRenderer.send('test:result', { name, ok, detail }),
  done: () => ipcRenderer.send('test:done'),
});

const shared = remote.getGlobal('shared');

const equal = (actual, expected) => {
  if (!Object.is(actual, expected)) {
    throw new Error(`the value is ${String(actual)}, not ${String(expected)}`);
  }
};

const throws = (fn, message) => {
  let thrown = 'nothing was thrown';
  try {
    fn();
  } catch (error) {
    thrown = error.message;
  }
  equal(thrown, message);
};

const checks = {
  'members are read': () => {
    equal(shared.text, 'a');
    equal(shared.none, null);
    equal(shared.list[0], 1);
    equal(shared.list[1].deep, true);
  },
  'what is not there is undefined': () => {
    equal(shared.missing, undefined);
    equal(remote.getGlobal('no such global'), undefined);
    equal(remote.getGlobal('__proto__'), undefined);
  },
  'a member that is set is read by all': () => {
    shared.number = 42;
    shared.list[1].deep = { er: 'yes' };
    const again = remote.getGlobal('shared');
    equal(again.number, 42);
    equal(again.list[1].deep.er, 'yes');
  },
  'in, delete and keys': () => {
    shared.gone = 1;
    equal('gone' in shared, true);
    equal(Object.keys(shared).includes('gone'), true);
    equal(delete shared.gone, true);
    equal('gone' in shared, false);
    equal('toString' in shared, false);
  },
  'an array is an array': () => {
    shared.numbers = [1, 2];
    const { numbers } = shared;
    equal(Array.isArray(numbers), true);
    equal(numbers.length, 2);
    numbers.push(3);
    equal(JSON.stringify(remote.getGlobal('shared').numbers), '[1,2,3]');
    equal(numbers.map((n) => n * 2).join(), '2,4,6');
  },
  'an object can be written as JSON': () => {
    shared.tree = { a: { b: [1, 'x'] } };
    equal(JSON.stringify(shared.tree), '{"a":{"b":[1,"x"]}}');
    equal(String(shared.tree), '[object Object]');
  },
  'what cannot be sent is refused': () => {
    throws(() => { shared.bad = () => {}; }, 'An object could not be cloned.');
    throws(() => { shared[Symbol('s')] = 1; }, 'A symbol cannot be a key of a shared object');
    throws(() => Object.defineProperty(shared, 'x', { value: 1 }),
      'A member of a shared object is set by assignment only');
  },
  'a proxy of it cannot be sent': () => {
    throws(() => ipcRenderer.send('echo', shared), 'An object could not be cloned.');
  },
};

contextBridge.exposeInMainWorld('remote', {
  names: Object.keys(checks),
  run: (name) => checks[name](),
});
