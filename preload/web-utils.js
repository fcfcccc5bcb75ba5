// SPDX-License-Identifier: LGPL-2.1-or-later

// webUtils: Electron's helpers for objects of the web platform.

'use strict';

const { ArrayPrototypePush, SafeMap, TypeError, globalThis } = require('./primordials');
const {
  DataTransferGetFiles,
  DragEventGetDataTransfer,
  EventComposedPath,
  EventTargetAddEventListener,
  FileGetName,
  FileListGetLength,
  FileListItem,
  InputGetFiles,
} = require('./platform');

// How often the main process is asked for what it still reads: it does so between two questions.
const MAX_QUESTIONS = 200;

/** The files that the user chose in an input; null where it is no input of files. */
function filesOfInput(target) {
  try {
    return InputGetFiles(target);
  } catch {
    return null;
  }
}

function listFiles(list) {
  const files = [];
  for (let i = 0; i < FileListGetLength(list); i++) {
    ArrayPrototypePush(files, FileListItem(list, i));
  }
  return files;
}

/**
 * Makes the webUtils of a document.
 *
 * A path belongs to a File that came with an event of the user's hand: a File that a script makes,
 * with whatever name, is another object. The main process says the paths, for those names that the
 * user did drop or choose.
 *
 * @param {{controlSync: Function}} ipc
 * @returns {{webUtils: WebUtils, watchFiles: Function}}
 */
function createWebUtils(ipc) {
  // It keeps the Files: one that is let go comes back as another object.
  const paths = new SafeMap();

  function ask(how, names) {
    for (let i = 0; i < MAX_QUESTIONS; i++) {
      const answer = ipc.controlSync('files.take', [how, names]);
      if (answer !== true) {
        return answer;
      }
    }
    return null;
  }

  // Those of a drop come without a File from a WebKit that gives none.
  let lastDrop = null;
  let droppedPaths = [];

  const namesOf = (files) => {
    const names = [];
    for (let i = 0; i < files.length; i++) {
      ArrayPrototypePush(names, FileGetName(files[i]));
    }
    return names;
  };

  function learn(how, files) {
    const found = files.length > 0 ? ask(how, namesOf(files)) : null;
    for (let i = 0; found !== null && i < files.length; i++) {
      paths.set(files[i], found[i]);
    }
  }

  function learnDrop(event) {
    learn('drop', listFiles(DataTransferGetFiles(DragEventGetDataTransfer(event))));
    lastDrop = event;
    droppedPaths = ask('drop', null) ?? [];
  }

  return {
    webUtils: {
      /**
       * The path of a file that the user dropped on the page or chose in an `<input type=file>`; ''
       * for any other File, as in Electron. Unlike there, it is '' for an input in a closed shadow
       * tree, too: its events do not tell whose they are.
       *
       * @param {File} file
       * @throws {TypeError} When it is given no File.
       */
      getPathForFile(file) {
        try {
          FileGetName(file);
        } catch {
          throw new TypeError(
            'getPathForFile expected to receive a File object but one was not provided');
        }
        return paths.get(file) ?? '';
      },

      /**
       * Mullion's own: the paths of the files that the user dropped with this event.
       *
       * @param {DragEvent} event The last `drop` that the preload script heard.
       * @returns {string[]}
       */
      getPathsForDrop(event) {
        const list = [];
        for (let i = 0; event === lastDrop && i < droppedPaths.length; i++) {
          ArrayPrototypePush(list, droppedPaths[i]);
        }
        return list;
      },
    },

    /** No page listens earlier: this runs before its first script. */
    watchFiles() {
      EventTargetAddEventListener(globalThis, 'drop', (event) => {
        if (event.isTrusted) {
          learnDrop(event);
        }
      }, true);
      EventTargetAddEventListener(globalThis, 'input', (event) => {
        const list = event.isTrusted ? filesOfInput(EventComposedPath(event)[0]) : null;
        if (list !== null) {
          learn('choose', listFiles(list));
        }
      }, true);
    },
  };
}

module.exports = { createWebUtils };
