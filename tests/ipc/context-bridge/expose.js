// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// The three functions of contextBridge.

test('any value can be exposed by itself', () => {
  equal(direct, 123);
  equal(directNull, null);
  equal(directUndefined, undefined);
  assert('directUndefined' in window);
  same(directArray, [1, [2]]);
});

test('the property on window is read-only and stays', () => {
  const descriptor = Object.getOwnPropertyDescriptor(window, 'direct');
  equal(descriptor.writable, false);
  equal(descriptor.configurable, false);
  equal(descriptor.enumerable, true);
  throws(() => { delete window.direct; }, 'Unable to delete property.', TypeError);
  equal(Reflect.set(window, 'direct', 456), false);
  equal(direct, 123);
});

test('an exposed object is frozen, all of it', () => {
  assert(Object.isFrozen(frozen));
  assert(Object.isFrozen(frozen.list));
  assert(Object.isFrozen(frozen.list[0]));
  assert(Object.isFrozen(frozen.fn));
  assert(Object.isFrozen(values.nested.a.b));
  equal(Reflect.set(values, 'number', 456), false);
  equal(values.number, 123);
  throws(() => directArray.push(3),
    'Attempted to assign to readonly property.', TypeError);
});

test('returned values are not frozen', () => {
  const object = api.getArray();
  assert(!Object.isFrozen(object));
  object.push(1);
  object[1].more = true;
  assert(!Object.isFrozen(api.getFunction()));
});

test('an exposed object is a copy', () => {
  equal(frozen.later, undefined);
});

test('a key that window has cannot be bound', () => {
  const text = 'true Error: Cannot bind an API on top of an existing property on the window object';
  equal(attempts.again, text);
  equal(attempts.existing, text);
  equal(typeof api.echo, 'function');
});

test('a key that is no string throws', () => {
  equal(attempts.key, true);
});

test('what cannot be copied cannot be exposed', () => {
  equal(attempts.uncloneable, 'true Error: An object could not be cloned.');
  equal(attempts.throwing, 'true Error: a getter');
  equal(attempts.deep, 'false TypeError: Electron contextBridge recursion depth exceeded.  Nested ' +
    'objects deeper than 1000 are not supported.');
  equal('never' in window, false);
});

test('ipcRenderer crosses as an empty object', () => {
  equal(Reflect.ownKeys(api.ipcRenderer).length, 0);
  equal(Reflect.ownKeys(api.getIpcRenderer()).length, 0);
  equal(Object.getPrototypeOf(api.getIpcRenderer()), Object.prototype);
});

test('exposeInIsolatedWorld reaches the main world by 0', () => {
  equal(viaWorldZero.yes, true);
});

test('exposeInIsolatedWorld reaches the preload world by 999', () => {
  equal(preloadWorld.has, true);
  equal(preloadWorld.frozen, true);
  equal('inPreloadWorld' in window, false);
});

test('an isolated world is not the main world', () => {
  equal('inIsolatedWorld' in window, false);
});

test('exposeInIsolatedWorld refuses other ids', () => {
  equal(attempts.world.startsWith('true Error: Invalid worldId 5'), true);
  equal(attempts.worldType, true);
});

test('executeInMainWorld passes arguments and returns', () => {
  equal(executed.sum, 3);
  equal(executed.noArgs, 0);
  equal(executed.shared, true);
  equal(executed.safe, true);
});

test('executeInMainWorld passes functions both ways', () => {
  equal(executed.callback, 21);
  equal(executed.returned, 15);
});

test('executeInMainWorld returns a promise for a promise', async () => {
  equal((await executed.promise).from, 'page');
});

test('executeInMainWorld runs in the page world, before its scripts', () => {
  equal(madeInMainWorld.by, 'execute');
  equal(Object.getPrototypeOf(madeInMainWorld), Object.prototype);
});

test('executeInMainWorld reads the source with its own toString', () => {
  equal(hacked, 'nope');
});

test('executeInMainWorld throws errors of the preload', () => {
  equal(executed.throwing, 'true Error: in page');
  equal(executed.closure, "true Error: Can't find variable: object");
  equal(executed.invalid, 'true Error: Invalid script');
  equal(executed.missing, "true Error: Function 'func' is required in script");
  equal(executed.badArgs, "true Error: 'args' must be an array");
  equal(executed.uncloneable, 'true Error: An object could not be cloned.');
});

test('the page sees nothing of the preload', () => {
  for (const name of ['require', 'process', 'module', 'exports', 'ipcRenderer', 'contextBridge',
    'electron', 'native', 'global', 'setImmediate']) {
    equal(typeof window[name], 'undefined', name);
  }
});
