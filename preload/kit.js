// SPDX-License-Identifier: LGPL-2.1-or-later

/*
 * A kit holds what it takes to make and to read values of one realm.
 *
 * The extension evaluates this file, one expression, in the page world and in
 * the preload world before any other script of theirs, so that every built-in
 * below is the pristine one. Its value is called with those of kit-platform.js and kit-streams.js.
 * Only the bridge (converter.js) ever holds a kit.
 *
 * The rules that keep two realms apart:
 * - Whatever the other side receives is made here, by code of its own realm.
 * - Nothing is looked up later: no global, no method through a prototype, no
 *   iterator protocol (for-of, spread of arrays, destructuring of arrays), no
 *   assignment that a setter on a prototype could see.
 * - Object spread, rest parameters and literals only create data properties;
 *   they are safe whatever a page did to its prototypes.
 */
((platform, streams) => {
  'use strict';

  const global = globalThis;
  const { apply, defineProperty, getPrototypeOf, has } = Reflect;
  const { freeze, setPrototypeOf } = Object;
  const { get: mapGet, set: mapSet } = Map.prototype;
  const { toSpliced } = Array.prototype;
  const { toString } = Object.prototype;
  const { isNode, isPort, isSignal } = platform;
  const { isReadable, isWritable } = streams;
  const { bind } = Function.prototype;
  const { then } = Promise.prototype;
  const objectPrototype = Object.prototype;
  const OriginalError = Error;
  const OriginalTypeError = TypeError;
  const OriginalRangeError = RangeError;
  const OriginalPromise = Promise;
  const originalClone = global.structuredClone;
  /** What the bridge returns to a wrapper that must throw. */
  const FAILED = freeze({ __proto__: null });
  let failure;

  // A call cannot take more arguments than this in JavaScriptCore, with room to spare.
  const MAX_CALL_LIST = 8192;

  const OVERFLOW = 'Maximum call stack size exceeded.';

  // Kinds of objects, by how they cross. The numbers are known to converter.js.
  const PLAIN = 0, CLONE = 1, BUFFER = 2, BLOB = 3, NODE = 4, PROMISE = 5, ERROR = 6, SIGNAL = 7,
    PORT = 8, READABLE = 9, WRITABLE = 10;

  const NAMES = [
    [PLAIN, 'Object'],
    [CLONE, 'Date', 'RegExp', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Boolean', 'Number',
      'String', 'BigInt', 'Symbol', 'ImageData', 'ImageBitmap', 'VideoFrame', 'FileList',
      'DOMPointReadOnly', 'DOMRectReadOnly', 'DOMMatrixReadOnly', 'DOMQuad', 'CryptoKey'],
    [BUFFER, 'ArrayBuffer', 'SharedArrayBuffer', 'DataView'],
    [BLOB, 'Blob'],
    [NODE, 'Node'],
    [PORT, 'MessagePort'],
    [PROMISE, 'Promise'],
    [ERROR, 'Error', 'DOMException'],
    [SIGNAL, 'AbortSignal'],
    [READABLE, 'ReadableStream'],
    [WRITABLE, 'WritableStream'],
  ];

  /** A Map that keeps its methods on itself, out of the page's reach. */
  const makeTable = () => {
    const table = new Map();
    table.get = mapGet;
    table.set = mapSet;
    return setPrototypeOf(table, null);
  };

  const kindByPrototype = makeTable();
  const kindByTag = makeTable();

  const fillTables = () => {
    for (const [kind, ...names] of NAMES) {
      for (const name of names) {
        kindByTag.set('[object ' + name + ']', kind);
        if (typeof global[name] === 'function') {
          kindByPrototype.set(global[name].prototype, kind);
        }
      }
    }
    const typedArray = getPrototypeOf(Int8Array.prototype);
    kindByPrototype.set(typedArray, BUFFER);
    for (const iterator of [new Map().keys(), new Set().keys()]) {
      kindByPrototype.set(getPrototypeOf(iterator), CLONE);
    }
  };
  fillTables();

  // Anybody may make an object with such a prototype or tag.
  const isWhatItSays = (value, kind) => {
    switch (kind) {
      case NODE: return isNode(value);
      case PORT: return isPort(value);
      case SIGNAL: return isSignal(value);
      case READABLE: return isReadable(value);
      case WRITABLE: return isWritable(value);
      default: return true;
    }
  };

  // An object of another realm of this world, an iframe's say, has none of our
  // prototypes. Its tag may lie; a wrong kind only ends in a refusal.
  const kindOfStranger = (value) => {
    if (isNode(value)) {
      return NODE;
    }
    const kind = kindByTag.get(apply(toString, value, []));
    return kind !== undefined && isWhatItSays(value, kind) ? kind : PLAIN;
  };

  /** Tells how @value, an object that is neither function, array nor Proxy, crosses. */
  const kindOf = (value) => {
    let prototype = getPrototypeOf(value);
    if (prototype === objectPrototype || prototype === null) {
      return PLAIN;
    }
    // The count ends a chain that a Proxy made endless.
    for (let steps = 0; prototype !== null && steps < 100; steps++) {
      const kind = kindByPrototype.get(prototype);
      if (kind !== undefined) {
        return isWhatItSays(value, kind) ? kind : PLAIN;
      }
      prototype = getPrototypeOf(prototype);
    }
    return kindOfStranger(value);
  };

  /** A plain object with the own enumerable properties of @source, getters read once. */
  const spread = (source) => ({ ...source });

  const rest = (...items) => items;

  /** A dense array with the elements of @source, holes and getters read once. */
  const list = (source) => source.length <= MAX_CALL_LIST
    ? apply(rest, undefined, source)
    : apply(toSpliced, source, [0, 0]);

  const makeError = (message) => new OriginalError(message);

  const makeTypeError = (message) => new OriginalTypeError(message);

  /** Gives @error, which this kit made, a property of its own. */
  const describe = (error, key, value, enumerable) => defineProperty(error, key, {
    __proto__: null, value, writable: true, enumerable, configurable: true,
  });

  /** Keeps an error that this kit made for the wrapper to throw; to be returned to it at once. */
  const fail = (error) => {
    failure = error;
    return FAILED;
  };

  const takeFailure = () => {
    const error = failure;
    failure = undefined;
    return error;
  };

  /**
   * A function of this realm around @call, a function of the other one, which takes the count of
   * arguments and either the first two or, of more, a list. Most calls have no more, and a list
   * takes longer than all else.
   *
   * Whatever @call throws belongs to the other realm and must not be seen; as
   * it reports failures through fail(), that can only be a stack overflow. An
   * overflow in the catch block happens in code of this realm and is its own.
   *
   * A method has `arguments`, and is no constructor; this one has no name.
   */
  const makeFunction = (call) => {
    const callWithList = (...args) => call(args.length, undefined, undefined, args);
    return ({
      ''() {
        let result;
        try {
          switch (arguments.length) {
            case 0: result = call(0, undefined, undefined, undefined); break;
            case 1: result = call(1, arguments[0], undefined, undefined); break;
            case 2: result = call(2, arguments[0], arguments[1], undefined); break;
            default: result = apply(callWithList, undefined, arguments);
          }
        } catch {
          throw new OriginalRangeError(OVERFLOW);
        }
        if (result === FAILED) {
          throw takeFailure();
        }
        return result;
      },
    })[''];
  };

  const listOf = (count, first, second, list) => {
    switch (count) {
      case 0: return [];
      case 1: return [first];
      case 2: return [first, second];
      default: return list;
    }
  };

  /** Passes a call of makeFunction() on to @fn, a function of this realm, whatever that is. */
  // In this realm, because the trap of a callable Proxy is handed the list.
  const makeCaller = (fn, self) => (count, first, second, list) =>
    apply(fn, self, listOf(count, first, second, list));

  /** The same, faster. To bind a function may run code of it: for one that we trust. */
  const makeBoundCaller = (fn, self) => {
    const bound = apply(bind, fn, [self]);
    return (count, first, second, list) => {
      switch (count) {
        case 0: return bound();
        case 1: return bound(first);
        case 2: return bound(first, second);
        default: return apply(bound, undefined, list);
      }
    };
  };

  const makePromise = () => {
    const record = { __proto__: null, promise: null, resolve: null, reject: null };
    record.promise = new OriginalPromise((resolve, reject) => {
      record.resolve = resolve;
      record.reject = reject;
    });
    return record;
  };

  const settle = ({ resolve, reject }, isFulfilled, value) => {
    (isFulfilled ? resolve : reject)(value);
  };

  /**
   * Calls @settled (value, isFulfilled) of the other realm once @promise is.
   *
   * The promise's own constructor and species take part in then(), so that it
   * must be given functions of this realm. An error of @settled is an overflow
   * of the other realm: it ends here, for a promise would pass it on.
   */
  const observe = (promise, settled) => {
    const pass = (value, isFulfilled) => {
      try {
        settled(value, isFulfilled);
      } catch {
        // Said above.
      }
    };
    apply(then, promise, [
      (value) => { pass(value, true); },
      (reason) => { pass(reason, false); },
    ]);
  };

  /** A structured clone made in this realm, or FAILED. */
  const clone = (value) => {
    try {
      return apply(originalClone, global, [value]);
    } catch {
      return FAILED;
    }
  };

  const define = (key, value) => defineProperty(global, key, {
    __proto__: null, value, writable: false, enumerable: true, configurable: false,
  });

  const hasGlobal = (key) => has(global, key);

  return freeze({
    __proto__: null,
    FAILED,
    global,
    freeze,
    kindOf,
    spread,
    list,
    makeError,
    makeTypeError,
    describe,
    fail,
    makeFunction,
    makeCaller,
    makeBoundCaller,
    makePromise,
    settle,
    observe,
    clone,
    define,
    hasGlobal,
    ...platform,
    ...streams,
  });
})
