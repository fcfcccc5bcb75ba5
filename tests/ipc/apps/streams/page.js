// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// What the tests do with streams in the page.

/** For streams of the page itself, which the engine may not let `for await` read. */
async function* chunksOf(stream) {
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    yield part.value;
  }
}

const byteAt = (place) => (Math.imul(place, 2654435761) >>> 13) & 255;

/** Looks at each byte. Resolves to how many there were. */
const check = async (stream) => {
  let at = 0;
  for await (const chunk of stream) {
    for (let i = 0; i < chunk.length; i++) {
      if (chunk[i] !== byteAt(at + i)) {
        throw new Error(`byte ${at + i} is wrong`);
      }
    }
    at += chunk.length;
  }
  return at;
};

const count = async (stream) => {
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
  }
  return size;
};

/** Makes such a stream, in chunks of this size, and notes how it ends. */
const make = (size, step) => {
  let at = 0;
  window.made = 0;
  return new ReadableStream({
    pull(controller) {
      const chunk = new Uint8Array(Math.min(step, size - at));
      for (let i = 0; i < chunk.length; i++) {
        chunk[i] = byteAt(at + i);
      }
      at += chunk.length;
      window.made = at;
      controller.enqueue(chunk);
      if (at === size) {
        controller.close();
      }
    },
    cancel(reason) { ended.resolve(describe(reason)); },
  }, { highWaterMark: 0 });
};

const describe = (error) => error === undefined ? 'undefined' :
  [error.constructor.name, error.name, error.message, error.domain, error.code].join('|');

const failure = (promise) => promise.then((value) => `no error but ${value}`, describe);

const wait = () => {
  const result = { promise: null, resolve: null };
  result.promise = new Promise((resolve) => { result.resolve = resolve; });
  return result;
};

window.ended = wait();
window.arrived = wait();
api.onStream((name, stream) => {
  window.kept[name] = stream;
  arrived.resolve(name);
});

window.kept = {};
Object.assign(window, { byteAt, check, chunksOf, count, describe, failure, make, wait });
