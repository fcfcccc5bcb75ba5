// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Plain objects and arrays: shape, depth, cycles, getters.

test('nested objects cross', () => {
  equal(values.nested.a.b.c, 'deep');
  same(api.getObject(), { thing: 123 });
  equal(Object.getPrototypeOf(api.getObject()), Object.prototype);
});

test('arrays cross', () => {
  same(values.array, [1, 'two', [3]]);
  assert(Array.isArray(values.array));
  equal(Object.getPrototypeOf(values.array), Array.prototype);
  same(api.getArray(), [1, { a: [2] }]);
});

test('objects with number keys stay objects', () => {
  equal(values.keyed[1], 'one');
  equal(values.keyed[2], 'two');
  assert(!Array.isArray(values.keyed));
});

test('what the preload receives is of its world', () => {
  assert(api.isOurs({ a: 1 }));
  assert(api.isOurs([1]));
  assert(api.isOurs(() => {}));
});

test('instances of classes become plain objects with their own properties', () => {
  same(api.getPoint(), { x: 7 });
  equal(Object.getPrototypeOf(api.getPoint()), Object.prototype);
  equal(values.instance.double, undefined);
  class Local {
    constructor() { this.field = 1; }
    method() { return this.field; }
  }
  equal(api.own(new Local()), 'field');
});

test('hidden and inherited properties are not copied', () => {
  same(Reflect.ownKeys(api.getHidden()), ['visible']);
  same(Reflect.ownKeys(api.getInherited()), ['own']);
  equal(api.own(Object.create({ inherited: 1 })), '');
});

test('an object without a prototype becomes a plain one', () => {
  const object = api.getNullPrototype();
  equal(object.a, 1);
  equal(Object.getPrototypeOf(object), Object.prototype);
  equal(api.own(Object.assign(Object.create(null), { b: 1 })), 'b');
});

test('an own key __proto__ stays an own key', () => {
  const object = api.getProto();
  same(Object.keys(object).sort(), ['__proto__', 'x']);
  equal(Object.getPrototypeOf(object), Object.prototype);
  equal(object.polluted, undefined);
  equal(Object.getOwnPropertyDescriptor(object, '__proto__').value.polluted, true);
  equal(api.own(JSON.parse('{ "__proto__": {} }')), '__proto__');
});

test('holes become undefined', () => {
  const array = api.getSparse();
  equal(array.length, 3);
  assert(1 in array);
  equal(array[1], undefined);
  equal(api.echo([, 1]).length, 2); // eslint-disable-line no-sparse-arrays
});

test('extra properties of arrays are not copied', () => {
  const array = Object.assign([1], { extra: true });
  equal(api.echo(array).extra, undefined);
});

test('long arrays cross', () => {
  const long = Array.from({ length: 100000 }, (_, i) => i);
  const copy = api.echo(long);
  equal(copy.length, 100000);
  equal(copy[99999], 99999);
  equal(Object.getPrototypeOf(copy), Array.prototype);
});

test('many arguments cross', () => {
  equal(api.count(...Array.from({ length: 5000 }, () => ({}))), 5000);
});

test('cycles keep their shape', () => {
  const cycle = api.getCycle();
  equal(cycle.value, 135);
  equal(cycle.self, cycle);
  equal(cycle.self.self.self.value, 135);
  equal(values.cycle.self, values.cycle);
  const mine = { list: [] };
  mine.list.push(mine, mine.list);
  const back = api.echo(mine);
  equal(back.list[0], back);
  equal(back.list[1], back.list);
});

test('shared references keep their shape', () => {
  equal(values.pair[0], values.pair[1]);
  const [first, { again }] = api.getPair();
  equal(first, again);
});

test('an argument given twice arrives as one object', () => {
  const object = { foo: 1 };
  assert(api.same(object, object));
  assert(!api.same({ foo: 1 }, { foo: 1 }));
});

test('every call copies anew', () => {
  assert(api.getCycle() !== api.getCycle());
  const object = api.getObject();
  object.thing = 'changed';
  equal(api.getObject().thing, 123);
});

test('999 nested arrays cross, 1000 do not', () => {
  const nest = (levels) => {
    let array = [];
    for (let i = 0; i < levels; i++) {
      array = [array];
    }
    return array;
  };
  const text = 'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 ' +
    'are not supported.';
  equal(api.count(nest(999)), 1);
  throws(() => api.count(nest(1000)), text, TypeError);
  throws(() => api.count(nest(5000)), text, TypeError);
  equal(api.nestArrays(1000).length, 1);
  throws(() => api.nestArrays(1001), text);
});

test('nested objects have the same limit', () => {
  const text = 'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 ' +
    'are not supported.';
  equal(typeof api.nestObjects(1000), 'object');
  throws(() => api.nestObjects(1001), text);
});

test('a getter is read when the object is copied, once', () => {
  equal(values.accessor, 'read once');
  equal(typeof Object.getOwnPropertyDescriptor(values, 'accessor').value, 'string');
  const before = api.getGets();
  const copy = api.getAccessor();
  equal(api.getGets(), before + 1);
  equal(copy.value.at, 'copy');
  equal(copy.value, copy.value);
  let reads = 0;
  api.echo({ get mine() { reads++; return {}; } });
  equal(reads, 1);
});

test('what a getter throws is thrown by the call', () => {
  throws(() => api.getThrowing(), 'damm');
  throws(() => api.echo({ get bad() { throw new Error('mine'); } }), 'mine');
  throws(() => api.echo([{ get bad() { throw new RangeError('typed'); } }]), 'typed');
});

test('frozen objects cross', () => {
  const copy = api.echo(Object.freeze({ a: Object.freeze([1]) }));
  assert(!Object.isFrozen(copy));
  same(copy, { a: [1] });
});
