// SPDX-License-Identifier: LGPL-2.1-or-later

// The preload runtime of one document. C starts it before any script of the page has run, hands it
// the app's preload script and the messages from the main process, and holds on to nothing else.

'use strict';

const { PromisePrototypeThen, ReflectApply } = require('./primordials');

const { createActions } = require('./actions');
const { createContextBridge } = require('./context-bridge');
const { watchDragRegions } = require('./drag-region');
const { createRequire } = require('./electron');
const { clearImmediate, setImmediate } = require('./immediate');
const { createInbox } = require('./inbox');
const { createIpc } = require('./ipc-renderer');
const { createProcess } = require('./process');
const { createRemote } = require('./remote');
const { describeThrown, report } = require('./report');
const { createSockets } = require('./sockets');
const { createStreams } = require('./streams');
const { createWebFrame } = require('./web-frame');
const { createWebUtils } = require('./web-utils');
const { createWorlds } = require('./worlds');

/**
 * Starts the runtime.
 *
 * @param {object} given
 * @param {object} given.native The door to C.
 * @param {object} given.pageKit The page world's own constructors, taken before any page script ran.
 * @param {object} given.preloadKit The same of the preload world.
 * @param {object} given.config What the main process says about the document.
 * @returns {{deliver: Function, runPreload: Function, settle: Function}}
 */
module.exports = function start({ native, pageKit, preloadKit, config }) {
  const sockets = createSockets(native);
  const streams = createStreams(native, sockets, preloadKit.makeIterable);
  const ipc = createIpc(native, sockets, streams);
  const inbox = createInbox(native, ipc, sockets, streams);
  const process = createProcess(config);
  const worlds = createWorlds({ native, pageKit, preloadKit });
  const { watchFiles, webUtils } = createWebUtils(ipc);

  const parts = {
    __proto__: null,
    actions: createActions(ipc.ipcRenderer),
    contextBridge: createContextBridge({
      native: { __proto__: null, evaluate: native.evaluate, kit: worlds.kit },
      pageKit,
      preloadKit,
    }),
    ipcRenderer: ipc.ipcRenderer,
    webFrame: createWebFrame(ipc, worlds),
    webUtils,
  };
  if (config.enableRemote === true) {
    parts.remote = createRemote(ipc);
  }
  const require = createRequire(parts);

  function tell(event) {
    try {
      process.emit(event);
    } catch (error) {
      report(error);
    }
  }
  addEventListener('pagehide', () => tell('exit'), { once: true });

  // What cannot be sent is an error too: somebody waits for the answer. To C, undefined is null.
  function answer(id, copy) {
    try {
      ipc.result(id, true, copy ?? null);
    } catch (error) {
      ipc.result(id, false, describeThrown(error, false));
    }
  }

  return {
    /**
     * Takes a batch of messages from the main process. Never throws.
     *
     * @param {string} batch
     * @param {number} side The number of the binary values that came with it, or 0.
     * @param {number} firstPort The number of the first socket that came with it, or 0.
     * @param {number} nPorts How many came.
     */
    deliver: inbox.deliver,

    /** Called for documents with a bridge only: those may say what the user's hand was at. */
    watchUser() {
      watchDragRegions(ipc);
      watchFiles();
    },

    /** What C calls when sockets have something to say. */
    sockets: sockets.listener,

    /** The same of streams. */
    streamChanged: streams.changed,

    /**
     * Runs the app's preload script.
     *
     * @param {Function} preload The script as a CommonJS function.
     * @returns {string|undefined} What it threw, as text.
     */
    runPreload(preload) {
      const module = { exports: {} };
      let thrown;
      try {
        ReflectApply(preload, module.exports, [require, process, module.exports, module, undefined,
          globalThis, setImmediate, clearImmediate]);
      } catch (error) {
        thrown = describeThrown(error);
      }
      tell('loaded');
      return thrown;
    },

    /**
     * Answers an evaluation that the main process asked for.
     *
     * @param {number} id
     * @param {any} value A value of the page world: what the code came to.
     */
    settle(id, value) {
      PromisePrototypeThen(worlds.awaitCopy(0, value),
        (copy) => answer(id, copy),
        (error) => ipc.result(id, false, describeThrown(error, false)));
    },
  };
};
