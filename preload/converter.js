// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/**
 * Carries values from one world to another.
 *
 * A *link* is one direction, { source, target, back, twins, isTrusted }, where source and target are
 * kits, and functions of a trusted source are the preload's. Values are read with what the source
 * world has and made by the target's kit, so that no world ever holds an object of the other one.
 *
 * A copy is filled in place: the target's kit spreads the source object, which
 * reads every getter once and leaves plain data properties, and then whatever
 * is not a primitive is replaced. Until it is complete nobody else has the copy.
 */

const {
  ArrayIsArray: isArray,
  ObjectFreeze: freeze,
  ReflectOwnKeys: ownKeys,
  SafeWeakMap,
} = require('./primordials');
const {
  NOT_CLONEABLE, TOO_DEEP, UNKNOWN_RESULT, UNKNOWN_THROW, isObject, isProxy, messageOf,
} = require('./crossing');
const { createStreamCrossing } = require('./crossing-streams');
const { Pass, recall, remember } = require('./pass');
const { clone, copyBlob, rewrapNode } = require('./platform-copies');
const { originOf } = require('./remote-error');

// Kinds of objects, as kit.js tells them.
const PLAIN = 0, CLONE = 1, BUFFER = 2, BLOB = 3, NODE = 4, PROMISE = 5, SIGNAL = 7, PORT = 8,
  READABLE = 9, WRITABLE = 10;

/** Nesting that is refused, as in Electron. */
const MAX_DEPTH = 1000;

/** proxy function → { fn, kit }: what it stands for and the world where that lives. */
const origins = new SafeWeakMap();

/** Copies what the main process said of @error, which is one of ours, to @copy. */
const describeRemote = ({ name, domain, code, details }, copy, link) => {
  const { source, target } = link;
  target.describe(copy, 'name', name, false);
  target.describe(copy, 'domain', domain, true);
  target.describe(copy, 'code', code, true);
  if (details !== undefined) {
    const value = isObject(details)
      ? convert(details, source.global, new Pass(link, false), 0) : details;
    target.describe(copy, 'details', value, true);
  }
};

/**
 * An error of link.target for whatever was thrown.
 *
 * Only the message crosses, as in Electron; what would be lost with it is the
 * name of a DOMException, and what the main process said besides (remote-error.js).
 */
const copyError = (error, fallback, link) => {
  const { source, target } = link;
  const message = messageOf(error, fallback);
  const name = source.exceptionName(error);
  if (name !== undefined) {
    return target.makeException(message, name);
  }
  const copy = target.makeError(message);
  const origin = originOf(error);
  if (origin !== undefined) {
    describeRemote(origin, copy, link);
  }
  return copy;
};

/** Converts the arguments of a call in place: @args is fresh, dense, and known to nobody else. */
const convertList = (args, back) => {
  const pass = new Pass(back, false);
  for (let i = 0; i < args.length; i++) {
    if (isObject(args[i])) {
      args[i] = convertDirect(args[i], pass);
    }
  }
};

/**
 * What a proxy function runs: @fn of link.source, called from link.target, as
 * kit.js makes such functions. The try block spans everything that can throw.
 */
const makeCall = (fn, self, link) => {
  const { source, target, back } = link;
  const { fail } = target;
  const passOn = link.isTrusted ? source.makeBoundCaller(fn, self) : source.makeCaller(fn, self);

  return (count, first, second, args) => {
    let pass = null;
    let hasArguments = false;
    let hasResult = false;
    try {
      if (isObject(first)) {
        pass = new Pass(back, false);
        first = convertDirect(first, pass);
      }
      if (isObject(second)) {
        pass ??= new Pass(back, false);
        second = convertDirect(second, pass);
      }
      if (args !== undefined) {
        convertList(args, back);
      }
      hasArguments = true;
      const result = passOn(count, first, second, args);
      hasResult = true;
      return isObject(result) ? convertDirect(result, new Pass(link, false)) : result;
    } catch (error) {
      return fail(error === TOO_DEEP && !hasArguments
        ? target.makeTypeError(error.message)
        : copyError(error, hasResult ? UNKNOWN_RESULT : UNKNOWN_THROW, link));
    }
  };
};

const proxyFunction = (fn, self, link) => {
  const origin = origins.get(fn);
  if (origin !== undefined && origin.kit === link.target) {
    return origin.fn;
  }
  const proxy = link.target.makeFunction(makeCall(fn, self, link));
  origins.set(proxy, { __proto__: null, fn, kit: link.source });
  return proxy;
};

/**
 * Converts an argument or a result. A function that is one itself has the same
 * proxy every time, so that what was given to an addListener can be given to a
 * removeListener.
 */
const convertDirect = (value, pass) => {
  const { link } = pass;
  if (typeof value !== 'function') {
    return convert(value, link.source.global, pass, 0);
  }
  let proxy = link.twins.get(value);
  if (proxy === undefined) {
    proxy = proxyFunction(value, link.source.global, link);
    link.twins.set(value, proxy);
  }
  return remember(pass, value, proxy);
};

const proxyPromise = (promise, link) => {
  const { source, target } = link;
  const record = target.makePromise();

  source.observe(promise, (value, isFulfilled) => {
    let result = value;
    if (isObject(value)) {
      try {
        result = convert(value, source.global, new Pass(link, false), 0);
      } catch (error) {
        target.settle(record, false, copyError(error, UNKNOWN_THROW, link));
        return;
      }
    }
    target.settle(record, isFulfilled, result);
  });
  return record.promise;
};

/** Converts why something failed or ended, which may be anything. */
const carryReason = (reason, link) => {
  try {
    return carry(reason, link, false);
  } catch (error) {
    return copyError(error, UNKNOWN_THROW, link);
  }
};

const { proxyReadable, proxyWritable } =
  createStreamCrossing((value, link) => carry(value, link, false), carryReason);

/** The same signal has the same copy every time, so that it is listened to once. */
const proxySignal = (signal, link) => {
  const { source, target, twins } = link;
  let copy = twins.get(signal);
  if (copy === undefined) {
    const controller = target.makeController();
    copy = target.signalOf(controller);
    twins.set(signal, copy);
    source.observeSignal(signal, (reason) => target.abort(controller, carryReason(reason, link)));
  }
  return copy;
};

const convertChild = (child, parent, pass, depth) => {
  if (depth >= MAX_DEPTH) {
    throw TOO_DEEP;
  }
  return isObject(child) ? convert(child, parent, pass, depth) : child;
};

const copyArray = (array, pass, depth) => {
  const copy = remember(pass, array, pass.link.target.list(array));
  for (let i = 0; i < copy.length; i++) {
    const item = copy[i];
    if (depth >= MAX_DEPTH - 1 || isObject(item)) {
      copy[i] = convertChild(item, array, pass, depth + 1);
    }
  }
  return copy;
};

const copyObject = (object, pass, depth) => {
  const copy = remember(pass, object, pass.link.target.spread(object));
  const keys = ownKeys(copy);
  for (let i = 0; i < keys.length; i++) {
    const item = copy[keys[i]];
    if (depth >= MAX_DEPTH - 1 || isObject(item)) {
      copy[keys[i]] = convertChild(item, object, pass, depth + 1);
    }
  }
  return copy;
};

/** Converts what is neither function nor array, by the kinds of kit.js. */
const convertByKind = (value, kind, pass) => {
  switch (kind) {
    case CLONE:
    case BUFFER: return clone(value, pass.link);
    case BLOB: return copyBlob(value, pass.link);
    case NODE:
    case PORT: return rewrapNode(value, pass.link);
    case PROMISE: return proxyPromise(value, pass.link);
    case SIGNAL: return proxySignal(value, pass.link);
    case READABLE: return proxyReadable(value, pass.link);
    case WRITABLE: return proxyWritable(value, pass.link);
    default: return copyError(value, 'Uncaught Error', pass.link);
  }
};

// A view cannot be frozen, and a node is not ours to freeze; nor is what the platform changes.
const isFreezable = (kind) => kind !== BUFFER && kind !== BLOB && kind !== NODE && kind < SIGNAL;

/**
 * Converts @value, an object of pass.link.source.
 *
 * @param parent what a function is called on: the object it was found in.
 * @throws TOO_DEEP, NOT_CLONEABLE, or whatever a getter of @value throws.
 */
function convert(value, parent, pass, depth) {
  const known = recall(pass, value);
  if (known !== undefined) {
    return known;
  }
  let copy;
  let freezes = true;
  if (typeof value === 'function') {
    copy = remember(pass, value, proxyFunction(value, parent, pass.link));
    // A function that came home belongs to who made it.
    freezes = origins.has(copy);
  } else if (typeof value === 'undefined' || isProxy(value)) {
    throw NOT_CLONEABLE;
  } else if (isArray(value)) {
    copy = copyArray(value, pass, depth);
  } else {
    const kind = pass.link.source.kindOf(value);
    if (kind === PLAIN) {
      copy = copyObject(value, pass, depth);
    } else {
      copy = remember(pass, value, convertByKind(value, kind, pass));
      freezes = isFreezable(kind);
    }
  }
  if (pass.isFrozen && freezes) {
    pass.link.target.freeze(copy);
  }
  return copy;
}

/**
 * Connects the preload world, which is @source, and another one. Returns the
 * link from it to @target; its `back` is the other.
 */
const connect = (source, target) => {
  const makeLink = (from, to, back) => ({
    __proto__: null, source: from, target: to, back, twins: new SafeWeakMap(),
    isTrusted: from === source,
  });
  const link = makeLink(source, target, null);
  const back = makeLink(target, source, link);
  link.back = back;
  freeze(back);
  return freeze(link);
};

/** Converts any @value over @link; with @isFrozen, everything in it is frozen. */
const carry = (value, link, isFrozen) =>
  isObject(value) ? convert(value, link.source.global, new Pass(link, isFrozen), 0) : value;

module.exports = freeze({
  __proto__: null, UNKNOWN_THROW, TOO_DEEP, carry, connect, messageOf, proxyFunction,
});
