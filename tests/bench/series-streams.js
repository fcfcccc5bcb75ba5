// SPDX-License-Identifier: LGPL-2.1-or-later

// Streams of bytes, from a handler in C to a page and the other way, in MB a second.

const { bench } = window;

const SIZE = 128 * 1024 * 1024;
const CHUNK = 512 * 1024;
const chunk = new Uint8Array(CHUNK);

async function measure(transfer) {
  const start = bench.clock();
  const size = await transfer();
  const seconds = (bench.clock() - start) / 1e9;
  if (size !== SIZE) {
    throw new Error(`Of a stream of ${SIZE} bytes, ${size} came`);
  }
  return [SIZE / 1e6 / seconds];
}

async function readHere() {
  let size = 0;
  for await (const part of await bench.openStream(SIZE)) {
    size += part.byteLength;
  }
  return size;
}

function sendUp() {
  let left = SIZE;
  return bench.takeStream(new ReadableStream({
    pull(controller) {
      controller.enqueue(chunk);
      left -= CHUNK;
      if (left === 0) {
        controller.close();
      }
    },
  }));
}

export const streamSeries = [
  { name: 'stream-down', run: () => measure(readHere) },
  { name: 'stream-down-preload', run: () => measure(() => bench.readStream(SIZE)) },
  { name: 'stream-up', run: () => measure(sendUp) },
  { name: 'floor-stream', run: () => bench.runInMain('floor-stream') },
];
