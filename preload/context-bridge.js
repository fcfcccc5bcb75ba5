// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/**
 * Electron's contextBridge: hands APIs of the preload world to the page.
 *
 * It runs in the preload world and trusts the preload script, but no page. All
 * that a page receives is made by the page's own kit (kit.js); how values
 * cross is converter.js.
 */

const {
  ArrayIsArray: isArray,
  Error,
  FunctionPrototypeToString: functionToString,
  MathRandom: random,
  NumberIsInteger: isInteger,
  ReflectApply: apply,
  SafeMap,
  String,
  TypeError,
} = require('./primordials');
const {
  TOO_DEEP, UNKNOWN_THROW, carry, connect, messageOf, proxyFunction,
} = require('./converter');
const guardWorld = require('./world-guard');

const MAIN_WORLD = 0;
const PRELOAD_WORLD = 999;
const FIRST_ISOLATED_WORLD = 1000;

const TAKEN = 'Cannot bind an API on top of an existing property on the window object';

const show = (value) => {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
};

const checkKey = (key, index) => {
  if (typeof key !== 'string') {
    throw new TypeError(
      `Error processing argument at index ${index}, conversion failure from ${show(key)}`);
  }
};

const checkWorldId = (worldId) => {
  if (!isInteger(worldId)) {
    throw new TypeError(
      `Error processing argument at index 0, conversion failure from ${show(worldId)}`);
  }
  if (worldId !== MAIN_WORLD && worldId !== PRELOAD_WORLD && worldId < FIRST_ISOLATED_WORLD) {
    throw new Error(`Invalid worldId ${worldId}: 0 is the main world, 999 is the preload world, ` +
      'and isolated worlds start at 1000');
  }
};

/** Converts @api for good. What converter.js throws becomes an error that a preload can read. */
const carryFrozen = (api, link) => {
  try {
    return carry(api, link, true);
  } catch (error) {
    const message = messageOf(error, UNKNOWN_THROW);
    throw error === TOO_DEEP ? new TypeError(message) : new Error(message);
  }
};

/** Reads the argument of executeInMainWorld(), with Electron's texts. */
const readScript = (script) => {
  if (script === null || (typeof script !== 'object' && typeof script !== 'function')) {
    throw new Error('Invalid script');
  }
  const { func, args } = script;
  if (typeof func !== 'function') {
    throw new Error("Function 'func' is required in script");
  }
  if (args !== undefined && !isArray(args)) {
    throw new Error("'args' must be an array");
  }
  return { func, args: args === undefined ? [] : args };
};

/**
 * Makes the contextBridge of a document.
 *
 * @param {object} options
 * @param {object} options.native the door to the extension: kit(worldId),
 *   evaluate(worldId, source, uri)
 * @param {object} options.pageKit the kit of the page world, made before any page script ran
 * @param {object} options.preloadKit the kit of this world
 * @returns {{ exposeInMainWorld: Function, exposeInIsolatedWorld: Function,
 *   executeInMainWorld: Function }}
 */
function createContextBridge({ native, pageKit, preloadKit }) {
  /** worldId → the link from the preload world to it. */
  const links = new SafeMap();
  const secret = `mullion-${random()}-${random()}`;

  const addWorld = (worldId, kit) => {
    if (kit !== preloadKit) {
      preloadKit.shareMailbox(kit.listenForMailbox, `${secret}-${worldId}`, `world-${worldId}`);
    }
    const link = connect(preloadKit, kit);
    links.set(worldId, link);
    return link;
  };

  const linkTo = (worldId) => {
    const link = links.get(worldId);
    return link === undefined ? addWorld(worldId, native.kit(worldId)) : link;
  };

  const expose = (worldId, key, api) => {
    const link = linkTo(worldId);
    if (link.target.hasGlobal(key)) {
      throw new Error(TAKEN);
    }
    const value = carryFrozen(api, link);
    if (!link.target.define(key, value)) {
      throw new Error(TAKEN);
    }
  };

  guardWorld();
  preloadKit.createMailbox(`world-${PRELOAD_WORLD}`);
  addWorld(MAIN_WORLD, pageKit);
  addWorld(PRELOAD_WORLD, preloadKit);

  return {
    /**
     * Makes a frozen copy of @api, its functions proxied, and sets it on the
     * page's window, read-only.
     *
     * @param {string} key
     * @param {any} api
     * @throws {Error} when window has such a property, or @api cannot be copied
     */
    exposeInMainWorld(key, api) {
      checkKey(key, 0);
      expose(MAIN_WORLD, key, api);
    },

    /**
     * The same for any world: 0 is the page's, 999 this one, others from 1000.
     *
     * @param {number} worldId
     * @param {string} key
     * @param {any} api
     */
    exposeInIsolatedWorld(worldId, key, api) {
      checkWorldId(worldId);
      checkKey(key, 1);
      expose(worldId, key, api);
    },

    /**
     * Runs the source text of a function in the page world, with copies of
     * @args, and returns a copy of its result.
     *
     * @param {{ func: Function, args?: any[] }} script
     * @returns {any}
     */
    executeInMainWorld(script) {
      const { func, args } = readScript(script);
      const source = `(${functionToString(func)}\n)`;
      const link = linkTo(MAIN_WORLD);
      let original;
      try {
        original = native.evaluate(MAIN_WORLD, source, 'mullion://execute-in-main-world');
      } catch (error) {
        throw new Error(show(error));
      }
      // A function of the page, called as if the page had passed it to us.
      return apply(proxyFunction(original, pageKit.global, link.back), undefined, args);
    },
  };
}

module.exports = createContextBridge;
module.exports.createContextBridge = createContextBridge;
