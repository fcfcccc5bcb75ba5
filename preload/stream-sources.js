// SPDX-License-Identifier: LGPL-2.1-or-later

// Where the bytes of a ReadableStream come from that came with a message.
//
// Such a stream is often only handed on to the page. As long as nobody here has asked it for
// anything, the bridge takes its source instead, and the bytes are copied once, right into memory of
// the page, with no stream of ours in between.

'use strict';

const { PromisePrototypeThen, SafeWeakMap } = require('./primordials');
const { describeReason } = require('./stream-chunks');

const sources = new SafeWeakMap();

class StreamSource {
  #end;
  #isTouched = false;

  constructor(end) {
    this.#end = end;
  }

  get isTouched() {
    return this.#isTouched;
  }

  /**
   * Hands on what comes next.
   *
   * @param {object} sink Of any world.
   * @param {function(number): Uint8Array} sink.makeBytes
   * @param {function(Uint8Array): void} sink.enqueue
   * @param {function(): void} sink.close
   * @returns {Promise<void>|undefined}
   * @throws Why the stream is over.
   */
  pull(sink) {
    const end = this.#end;
    this.#isTouched = true;
    const chunk = end.read(sink.makeBytes);
    if (chunk !== null) {
      sink.enqueue(chunk);
      return undefined;
    }
    if (end.isGoing) {
      return PromisePrototypeThen(end.change(), () => this.pull(sink));
    }
    const { failure } = end;
    if (failure === null) {
      end.end();
      sink.close();
    }
    end.close();
    if (failure !== null) {
      throw failure;
    }
    return undefined;
  }

  /** @param {any} reason Why nothing more is wanted. */
  cancel(reason) {
    this.#isTouched = true;
    this.#end.fail(describeReason(reason));
    this.#end.close();
  }
}

/** Notes where the bytes of @stream, which is new, come from. */
const rememberSource = (stream, source) => {
  sources.set(stream, source);
};

/** The source of @stream, which the caller has locked; null when it is not one of these, or was read. */
const takeSource = (stream) => {
  const source = sources.get(stream);
  return source === undefined || source.isTouched ? null : source;
};

module.exports = { StreamSource, rememberSource, takeSource };
