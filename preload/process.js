// SPDX-License-Identifier: LGPL-2.1-or-later

// `process` as a sandboxed preload script of Electron knows it: facts, a clock, and two events.
// Nothing here reaches the system. `env` is empty, for the environment may hold secrets that a
// page's process has no need of; `cwd`, `exit` and their kin are not there.

'use strict';

const {
  BigInt,
  Error,
  MathFloor,
  ObjectAssign,
  ObjectDefineProperty,
  ObjectFreeze,
  ReflectApply,
  TypeError,
  queueMicrotask,
} = require('./primordials');
const { performanceNow } = require('./platform');
const { EventEmitter } = require('./events');
const { report } = require('./report');

const now = () => performanceNow() / 1000;

function nextTick(callback, ...args) {
  if (typeof callback !== 'function') {
    throw new TypeError('The "callback" argument must be of type function. Received ' +
      (callback === null ? 'null' : typeof callback));
  }
  queueMicrotask(() => {
    try {
      ReflectApply(callback, undefined, args);
    } catch (error) {
      report(error);
    }
  });
}

// Node's clocks. Their zero is the start of the document; their resolution is what WebKit gives.
function hrtime(since) {
  const time = now();
  let seconds = MathFloor(time);
  let nanoseconds = MathFloor((time - seconds) * 1e9);
  if (since !== undefined) {
    seconds -= since[0];
    nanoseconds -= since[1];
    if (nanoseconds < 0) {
      seconds -= 1;
      nanoseconds += 1e9;
    }
  }
  return [seconds, nanoseconds];
}
hrtime.bigint = () => BigInt(MathFloor(now() * 1e9));

// A window is its own top when it is in no frame. `top` cannot be replaced by a page.
const isMainFrame = globalThis.top === globalThis;

/**
 * Makes the `process` of a document.
 *
 * @param {object} config What the main process says about the document.
 * @returns {Process}
 */
function createProcess(config) {
  class Process extends EventEmitter {}
  const process = new Process();

  if (config.versions?.mullion === undefined) {
    throw new Error('The configuration of the preload runtime names no version');
  }

  ObjectAssign(process, {
    arch: config.arch,
    argv: config.argv,
    contextIsolated: true,
    env: ObjectFreeze({}),
    hrtime,
    isMainFrame,
    nextTick,
    platform: config.platform,
    sandboxed: true,
    type: 'renderer',
    uptime: now,
    version: 'v' + config.versions.mullion,
    versions: ObjectFreeze(ObjectAssign({}, config.versions)),
  });

  // What tells an app where it runs shall stay true, whatever a library writes to it.
  for (const name of ['contextIsolated', 'isMainFrame', 'sandboxed', 'type', 'versions']) {
    ObjectDefineProperty(process, name, { __proto__: null, configurable: false, writable: false });
  }

  return process;
}

module.exports = { createProcess };
