// SPDX-License-Identifier: LGPL-2.1-or-later

// The other worlds of the document: their kits, and what code that runs there comes to. Nothing of
// another world is kept here: a value is copied at once, as contextBridge copies it.

'use strict';

const {
  Error,
  NumberIsInteger,
  Promise,
  SafeMap,
  String,
  TypeError,
} = require('./primordials');
const { UNKNOWN_THROW, carry, connect, messageOf } = require('./converter');

const MAIN_WORLD = 0;
const PRELOAD_WORLD = 999;
const FIRST_ISOLATED_WORLD = 1000;

function checkWorldId(worldId) {
  if (!NumberIsInteger(worldId) ||
      (worldId !== MAIN_WORLD && worldId !== PRELOAD_WORLD && worldId < FIRST_ISOLATED_WORLD)) {
    throw new TypeError('The id of a world must be 0, 999, or a whole number from 1000 on');
  }
}

/**
 * @param {object} given
 * @param {object} given.native The door to C.
 * @param {object} given.pageKit
 * @param {object} given.preloadKit
 * @returns {{kit: Function, evaluate: Function, awaitCopy: Function}}
 */
function createWorlds({ native, pageKit, preloadKit }) {
  const kits = new SafeMap();
  const links = new SafeMap();
  kits.set(MAIN_WORLD, pageKit);
  kits.set(PRELOAD_WORLD, preloadKit);

  // A kit is made once, before anything of ours runs in its world: later it would be made of what
  // the world's scripts left of their built-ins.
  function kit(worldId) {
    let known = kits.get(worldId);
    if (known === undefined) {
      known = native.kit(worldId);
      kits.set(worldId, known);
    }
    return known;
  }

  function linkFrom(worldId) {
    let link = links.get(worldId);
    if (link === undefined) {
      link = connect(kit(worldId), preloadKit);
      links.set(worldId, link);
    }
    return link;
  }

  // What a world throws is an object of that world too.
  const ownError = (thrown) => new Error(messageOf(thrown, UNKNOWN_THROW));

  /**
   * A promise of this world for a value of another: a copy, or a copy of what a promise comes to.
   *
   * @param {number} worldId
   * @param {any} value
   * @returns {Promise<any>}
   */
  function awaitCopy(worldId, value) {
    return new Promise((resolve, reject) => {
      try {
        resolve(carry(value, linkFrom(worldId), false));
      } catch (error) {
        reject(ownError(error));
      }
    });
  }

  /**
   * Runs source text as a script of a world.
   *
   * @param {number} worldId
   * @param {string} source
   * @param {string} uri What a stack trace calls it.
   * @returns {Promise<any>} A copy of what it came to.
   */
  function evaluate(worldId, source, uri) {
    return new Promise((resolve, reject) => {
      let value;
      try {
        checkWorldId(worldId);
        linkFrom(worldId);
      } catch (error) {
        reject(error);
        return;
      }
      try {
        value = native.evaluate(worldId, String(source), String(uri));
      } catch (error) {
        reject(ownError(error));
        return;
      }
      resolve(awaitCopy(worldId, value));
    });
  }

  return { awaitCopy, evaluate, kit };
}

module.exports = { createWorlds };
