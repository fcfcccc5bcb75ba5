// SPDX-License-Identifier: LGPL-2.1-or-later

// Node's EventEmitter, with its texts. What an emitter holds is kept beside it and not on it: an
// emitter that crosses the bridge shows no listeners, and the methods also work on an object that
// only borrowed them, as `EventEmitter.call(this)` and Object.assign do in Node.

'use strict';

const {
  ArrayPrototypeSlice,
  ArrayPrototypeSplice,
  Error,
  ObjectDefineProperties,
  ObjectGetPrototypeOf,
  RangeError,
  ReflectApply,
  SafeMap,
  SafeWeakMap,
  String,
  Symbol,
  TypeError,
} = require('./primordials');
const { consoleError } = require('./platform');
const { once } = require('./events-once');

const states = new SafeWeakMap();
const errorMonitor = Symbol('events.errorMonitor');
let defaultMaxListeners = 10;

/**
 * @constructor
 */
function EventEmitter() {}

function stateOf(emitter) {
  let state = states.get(emitter);
  if (state === undefined) {
    state = { events: new SafeMap(), limit: -1 };
    states.set(emitter, state);
  }
  return state;
}

function codedError(Class, code, message) {
  const error = new Class(message);
  error.code = code;
  return error;
}

function describe(value) {
  if (value === null || value === undefined) {
    return '' + value;
  }
  return typeof value === 'object'
    ? 'an instance of ' + (ObjectGetPrototypeOf(value)?.constructor?.name || 'Object')
    : 'type ' + typeof value + ' (' + String(value) + ')';
}

function checkListener(listener) {
  if (typeof listener !== 'function') {
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "listener" argument must be of type ' +
      'function. Received ' + describe(listener));
  }
}

function checkLimit(limit, name) {
  if (typeof limit !== 'number' || !(limit >= 0)) {
    throw codedError(RangeError, 'ERR_OUT_OF_RANGE', 'The value of "' + name + '" is out of range. ' +
      'It must be a non-negative number. Received ' + String(limit));
  }
}

function warnOnce(state, type, list) {
  const limit = state.limit < 0 ? defaultMaxListeners : state.limit;
  if (limit > 0 && list.length > limit && list.warned !== true) {
    list.warned = true;
    consoleError('MaxListenersExceededWarning: Possible EventEmitter memory leak detected. ' +
      list.length + ' ' + String(type) + ' listeners added. ' +
      'Use emitter.setMaxListeners() to increase limit');
  }
}

// A list is replaced and never changed: who walks one is not disturbed by what the listeners do.
function add(emitter, type, listener, atFront) {
  checkListener(listener);
  const state = stateOf(emitter);
  if (state.events.get('newListener') !== undefined) {
    emitter.emit('newListener', type, listener.listener ?? listener);
  }
  const old = state.events.get(type) ?? [];
  const list = ArrayPrototypeSlice(old);
  list.warned = old.warned;
  ArrayPrototypeSplice(list, atFront ? 0 : list.length, 0, listener);
  state.events.set(type, list);
  warnOnce(state, type, list);
  return emitter;
}

function onceWrapper(emitter, type, listener) {
  checkListener(listener);
  let fired = false;
  const wrapper = function (...args) {
    if (fired) {
      return undefined;
    }
    fired = true;
    emitter.removeListener(type, wrapper);
    return ReflectApply(listener, emitter, args);
  };
  wrapper.listener = listener;
  return wrapper;
}

function takeOut(state, type, index) {
  const list = ArrayPrototypeSlice(state.events.get(type));
  ArrayPrototypeSplice(list, index, 1);
  if (list.length === 0) {
    state.events.delete(type);
  } else {
    state.events.set(type, list);
  }
}

function throwUnhandled(error) {
  if (error instanceof Error) {
    throw error;
  }
  const unhandled = codedError(Error, 'ERR_UNHANDLED_ERROR',
    'Unhandled error. (' + (typeof error === 'string' ? "'" + error + "'" : String(error)) + ')');
  unhandled.context = error;
  throw unhandled;
}

/**
 * The listeners of an event as they are now, wrappers of once() included.
 *
 * @param {EventEmitter} emitter
 * @param {string|symbol} type
 * @returns {Function[]|undefined} A list that is never changed, or undefined when there are none.
 */
function currentListeners(emitter, type) {
  const state = states.get(emitter);
  return state === undefined ? undefined : state.events.get(type);
}

function callAll(emitter, list, args) {
  for (let i = 0; i < list.length; i++) {
    ReflectApply(list[i], emitter, args);
  }
}

function unwrapped(list) {
  const listeners = [];
  for (let i = 0; i < list.length; i++) {
    listeners[i] = list[i].listener ?? list[i];
  }
  return listeners;
}

const methods = {
  on(type, listener) {
    return add(this, type, listener, false);
  },

  prependListener(type, listener) {
    return add(this, type, listener, true);
  },

  once(type, listener) {
    return this.on(type, onceWrapper(this, type, listener));
  },

  prependOnceListener(type, listener) {
    return this.prependListener(type, onceWrapper(this, type, listener));
  },

  emit(type, ...args) {
    if (type === 'error') {
      if (currentListeners(this, errorMonitor) !== undefined) {
        callAll(this, currentListeners(this, errorMonitor), args);
      }
      if (currentListeners(this, 'error') === undefined) {
        throwUnhandled(args[0]);
      }
    }
    const list = currentListeners(this, type);
    if (list === undefined) {
      return false;
    }
    callAll(this, list, args);
    return true;
  },

  removeListener(type, listener) {
    checkListener(listener);
    const state = stateOf(this);
    const list = state.events.get(type) ?? [];
    for (let i = list.length - 1; i >= 0; i--) {
      if (list[i] === listener || list[i].listener === listener) {
        takeOut(state, type, i);
        if (state.events.get('removeListener') !== undefined) {
          this.emit('removeListener', type, listener.listener ?? listener);
        }
        break;
      }
    }
    return this;
  },

  removeAllListeners(...types) {
    const state = stateOf(this);
    const heard = state.events.get('removeListener') !== undefined;
    const chosen = types.length === 0 ? this.eventNames() : [types[0]];
    for (let i = 0; i < chosen.length; i++) {
      const list = state.events.get(chosen[i]) ?? [];
      if (!heard || (chosen[i] === 'removeListener' && types.length === 0)) {
        continue;
      }
      for (let j = list.length - 1; j >= 0; j--) {
        this.removeListener(chosen[i], list[j]);
      }
    }
    for (let i = 0; i < chosen.length; i++) {
      state.events.delete(chosen[i]);
    }
    return this;
  },

  setMaxListeners(limit) {
    checkLimit(limit, 'setMaxListeners');
    stateOf(this).limit = limit;
    return this;
  },

  getMaxListeners() {
    const { limit } = stateOf(this);
    return limit < 0 ? defaultMaxListeners : limit;
  },

  listenerCount(type, listener) {
    const list = currentListeners(this, type) ?? [];
    if (listener === undefined) {
      return list.length;
    }
    let count = 0;
    for (let i = 0; i < list.length; i++) {
      count += list[i] === listener || list[i].listener === listener ? 1 : 0;
    }
    return count;
  },

  listeners(type) {
    return unwrapped(currentListeners(this, type) ?? []);
  },

  rawListeners(type) {
    return ArrayPrototypeSlice(currentListeners(this, type) ?? []);
  },

  eventNames() {
    const names = [];
    stateOf(this).events.forEach((list, name) => {
      names[names.length] = name;
    });
    return names;
  },
};
methods.addListener = methods.on;
methods.off = methods.removeListener;

const shared = (value) => ({ __proto__: null, configurable: true, value, writable: true });

for (const name of ['addListener', 'emit', 'eventNames', 'getMaxListeners', 'listenerCount',
  'listeners', 'off', 'on', 'once', 'prependListener', 'prependOnceListener', 'rawListeners',
  'removeAllListeners', 'removeListener', 'setMaxListeners']) {
  ObjectDefineProperties(EventEmitter.prototype, { __proto__: null, [name]: shared(methods[name]) });
}

ObjectDefineProperties(EventEmitter, {
  __proto__: null,
  EventEmitter: shared(EventEmitter),
  defaultMaxListeners: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: () => defaultMaxListeners,
    set: (limit) => {
      checkLimit(limit, 'defaultMaxListeners');
      defaultMaxListeners = limit;
    },
  },
  errorMonitor: shared(errorMonitor),
  listenerCount: shared((emitter, type) => emitter.listenerCount(type)),
  once: shared(once),
});

module.exports = { EventEmitter, currentListeners };
