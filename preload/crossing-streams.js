// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/**
 * Streams over the bridge: a stream of the other world that is fed by this one, or feeds it.
 *
 * The stream that crosses is locked, as if it had been transferred. Its copy asks for a chunk when
 * somebody reads, and a write to it is done when the original has taken the chunk: so a slow reader
 * of one world stops the producer in the other.
 */

const { NOT_CLONEABLE } = require('./crossing');
const { TypedArrayGetTag } = require('./platform');
const { Promise, PromisePrototypeThen } = require('./primordials');
const { takeSource } = require('./stream-sources');

// Its length cannot be one, but a page that overflows the stack finds others.
const lock = (take, stream) => {
  try {
    return take(stream);
  } catch {
    throw NOT_CLONEABLE;
  }
};

/**
 * @param {Function} carry (value, link): converts, and throws what cannot be.
 * @param {Function} carryReason (reason, link): converts, whatever it is.
 */
function createStreamCrossing(carry, carryReason) {
  // Calls done() when @promise, of the link's source, is fulfilled, and reject() otherwise.
  const follow = (promise, link, done, reject) => {
    link.source.observe(promise, (value, isFulfilled) => {
      try {
        if (isFulfilled) {
          done(value);
        } else {
          reject(carryReason(value, link));
        }
      } catch (error) {
        reject(carryReason(error, link));
      }
    });
  };

  // What throws here is of the link's source, of its target, or of ours.
  const attempt = (link, reject, act) => {
    try {
      act();
    } catch (error) {
      reject(carryReason(error, link));
    }
  };

  // Bytes are copied once, where a structured clone would write them down and read them again.
  // JavaScriptCore does not let them move: C has filled them.
  const carryChunk = (chunk, link) =>
    TypedArrayGetTag(chunk) === 'Uint8Array' ? link.target.copyBytes(chunk) : carry(chunk, link);

  // What came with a message and nobody has read yet comes from C right into the target's world.
  function makeDirect(origin, link) {
    const { target, back } = link;
    const start = (act) => (value, resolve, reject) => {
      const acted = new Promise((done) => done(act(value)));
      PromisePrototypeThen(acted, () => resolve(), (error) => reject(carryReason(error, link)));
    };

    return target.makeReadable(
      start((controller) => origin.pull({
        __proto__: null,
        makeBytes: target.makeBytes,
        enqueue: (chunk) => target.enqueue(controller, chunk),
        close: () => target.closeReadable(controller),
      })),
      start((reason) => origin.cancel(carryReason(reason, back))));
  }

  function proxyReadable(stream, link) {
    const { source, target, back } = link;
    const reader = lock(source.getReader, stream);
    const origin = takeSource(stream);
    if (origin !== null) {
      return makeDirect(origin, link);
    }

    function pass({ done, value }, controller) {
      if (done) {
        target.closeReadable(controller);
        return;
      }
      let chunk;
      try {
        chunk = carryChunk(value, link);
      } catch (error) {
        source.observe(source.cancelReader(reader, carryReason(error, back)), () => {});
        throw error;
      }
      target.enqueue(controller, chunk);
    }

    return target.makeReadable(
      (controller, resolve, reject) => attempt(link, reject, () =>
        follow(source.readFrom(reader), link, (result) => {
          pass(result, controller);
          resolve();
        }, reject)),
      (reason, resolve, reject) => attempt(link, reject, () => {
        const cancelled = source.cancelReader(reader, carryReason(reason, back));
        follow(cancelled, link, () => resolve(), reject);
      }));
  }

  function proxyWritable(stream, link) {
    const { source, target, back } = link;
    const writer = lock(source.getWriter, stream);
    const passOn = (start) => (value, resolve, reject) => attempt(link, reject, () =>
      follow(start(value), link, () => resolve(), reject));

    return target.makeWritable(
      // The original may fail while nothing is written.
      (controller) => follow(source.closedOf(writer), link, () => {},
        (error) => target.errorWritable(controller, error)),
      passOn((chunk) => source.writeTo(writer, carryChunk(chunk, back))),
      passOn(() => source.closeWriter(writer)),
      passOn((reason) => source.abortWriter(writer, carryReason(reason, back))));
  }

  return { proxyReadable, proxyWritable };
}

module.exports = { createStreamCrossing };
