// SPDX-License-Identifier: LGPL-2.1-or-later

// What the main process asks a page: ipcRenderer.handle, which is to it what Electron's
// ipcMain.handle is to a page, with the same rules and texts.

'use strict';

const {
  Error,
  Promise,
  PromisePrototypeThen,
  ReflectApply,
  SafeMap,
  TypeError,
} = require('./primordials');
const {
  AbortController,
  AbortControllerAbort,
  AbortControllerGetSignal,
  DOMException,
} = require('./platform');
const { channelText } = require('./ipc-channels');
const { withEvent } = require('./ipc-emit');
const { describeThrown, report } = require('./report');

// What an answer is, in the place of its channel; mullion-web-frame-main-invoke.c knows them.
const VALUE = '""';
const THROWN = '"error"';
const NOT_SENT = '"clone"';
const NO_HANDLER = '"missing"';

const cancelled = () => new DOMException('The main process does not wait any more', 'AbortError');

/** A question of the main process. Its signal is made when somebody asks for it. */
class Question {
  constructor() {
    this.controller = null;
    this.isCancelled = false;
  }

  signal() {
    if (this.controller === null) {
      this.controller = new AbortController();
      if (this.isCancelled) {
        AbortControllerAbort(this.controller, cancelled());
      }
    }
    return AbortControllerGetSignal(this.controller);
  }

  cancel() {
    this.isCancelled = true;
    if (this.controller !== null) {
      AbortControllerAbort(this.controller, cancelled());
    }
  }
}

/**
 * @param {IpcRenderer} ipcRenderer Who a handler is told is the sender.
 * @param {function(number, string, any[]): void} send Sends an answer: id, what it is, and the value
 *   or text. Throws when that cannot be sent.
 * @returns {object} See the functions.
 */
function createHandlers(ipcRenderer, send) {
  const handlers = new SafeMap();
  const questions = new SafeMap();

  function add(channel, handler, isOnce) {
    channelText(channel, 0);
    if (typeof handler !== 'function') {
      throw new TypeError("Expected handler to be a function, but found type '" + typeof handler +
        "'");
    }
    if (handlers.has(channel)) {
      throw new Error("Attempted to register a second handler for '" + channel + "'");
    }
    handlers.set(channel, { handler, isOnce });
  }

  // Nobody waits for the answer to a question that was cancelled.
  function answer(id, outcome, args) {
    if (!questions.delete(id)) {
      return;
    }
    try {
      send(id, outcome, args);
    } catch (error) {
      report(error);
    }
  }

  // To C, undefined is null.
  function answerValue(id, value) {
    if (!questions.has(id)) {
      return;
    }
    try {
      send(id, VALUE, [value ?? null]);
      questions.delete(id);
    } catch (error) {
      answer(id, NOT_SENT, [describeThrown(error, false)]);
    }
  }

  const fail = (id, error) => answer(id, THROWN, [describeThrown(error, false)]);

  function run(handler, question, args) {
    const event = {
      ports: [],
      sender: ipcRenderer,
      senderId: 0,
      get signal() {
        return question.signal();
      },
    };
    return new Promise((resolve) => {
      resolve(ReflectApply(handler, undefined, withEvent(event, args)));
    });
  }

  return {
    handle: (channel, handler) => add(channel, handler, false),
    handleOnce: (channel, handler) => add(channel, handler, true),
    removeHandler: (channel) => { handlers.delete(channel); },

    /** The main process asks. */
    ask(id, channel, args) {
      const question = new Question();
      questions.set(id, question);
      const entry = handlers.get(channel);
      if (entry === undefined) {
        answer(id, NO_HANDLER, []);
        return;
      }
      if (entry.isOnce) {
        handlers.delete(channel);
      }
      PromisePrototypeThen(run(entry.handler, question, args),
        (value) => answerValue(id, value),
        (error) => fail(id, error));
    },

    /** The main process asked what cannot be read. */
    refuse(id, error) {
      questions.set(id, new Question());
      fail(id, error);
    },

    /** The main process does not wait any more. */
    cancel(id) {
      const question = questions.get(id);
      if (questions.delete(id)) {
        question.cancel();
      }
    },
  };
}

module.exports = { createHandlers };
