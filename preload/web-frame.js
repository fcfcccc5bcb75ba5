// SPDX-License-Identifier: LGPL-2.1-or-later

// webFrame: what a preload script can do to its own frame.

'use strict';

const {
  ArrayIsArray,
  ArrayPrototypeIndexOf,
  ArrayPrototypePush,
  ArrayPrototypeSplice,
  Error,
  MathLog,
  MathPow,
  SafeMap,
  String,
  TypeError,
} = require('./primordials');
const {
  CSSStyleSheet,
  CSSStyleSheetReplaceSync,
  DocumentGetAdoptedStyleSheets,
  document,
} = require('./platform');

// Chromium's: each level is a fifth more.
const ZOOM_STEP = 1.2;
const MIN_ZOOM = 0.25;
const MAX_ZOOM = 5;

function checkNumber(value, name) {
  if (typeof value !== 'number' || value - value !== 0) {
    throw new TypeError('The ' + name + ' must be a finite number');
  }
}

/**
 * Makes the webFrame of a document.
 *
 * @param {{control: Function, controlSync: Function}} ipc
 * @param {{evaluate: Function}} worlds Evaluates source in a world, and copies what comes of it.
 * @returns {WebFrame}
 */
function createWebFrame(ipc, worlds) {
  const sheets = new SafeMap();
  let lastKey = 0;

  const webFrame = {
    setZoomFactor(factor) {
      checkNumber(factor, 'zoom factor');
      if (factor <= 0) {
        throw new Error("'zoomFactor' must be a double greater than 0.0");
      }
      const bounded = factor < MIN_ZOOM ? MIN_ZOOM : factor > MAX_ZOOM ? MAX_ZOOM : factor;
      ipc.control('zoom.set', [bounded]);
    },

    getZoomFactor() {
      return ipc.controlSync('zoom.get', []);
    },

    setZoomLevel(level) {
      checkNumber(level, 'zoom level');
      webFrame.setZoomFactor(MathPow(ZOOM_STEP, level));
    },

    getZoomLevel() {
      return MathLog(webFrame.getZoomFactor()) / MathLog(ZOOM_STEP);
    },

    executeJavaScript(code) {
      return worlds.evaluate(0, String(code), 'mullion:execute-javascript');
    },

    executeJavaScriptInIsolatedWorld(worldId, scripts) {
      if (!ArrayIsArray(scripts)) {
        throw new TypeError('The scripts must be an array of objects with the member code');
      }
      return runAll(worlds, worldId, scripts);
    },

    // A constructed sheet: it needs no element in the page, and the page's own
    // Content-Security-Policy does not stop it.
    insertCSS(css) {
      if (typeof css !== 'string') {
        throw new TypeError('The style sheet must be a string');
      }
      const sheet = new CSSStyleSheet();
      CSSStyleSheetReplaceSync(sheet, css);
      ArrayPrototypePush(DocumentGetAdoptedStyleSheets(document), sheet);
      const key = 'css-' + ++lastKey;
      sheets.set(key, sheet);
      return key;
    },

    removeInsertedCSS(key) {
      const sheet = sheets.get(key);
      if (sheet === undefined) {
        return;
      }
      sheets.delete(key);
      const adopted = DocumentGetAdoptedStyleSheets(document);
      const index = ArrayPrototypeIndexOf(adopted, sheet);
      if (index >= 0) {
        ArrayPrototypeSplice(adopted, index, 1);
      }
    },
  };

  return webFrame;
}

// The value of the last script is the result, as in Electron.
async function runAll(worlds, worldId, scripts) {
  let result;
  for (let i = 0; i < scripts.length; i++) {
    const { code, url } = scripts[i];
    result = await worlds.evaluate(worldId, String(code), url ?? 'mullion:execute-javascript');
  }
  return result;
}

module.exports = { createWebFrame };
