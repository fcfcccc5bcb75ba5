// SPDX-License-Identifier: LGPL-2.1-or-later

// Payloads of growing size to the main process and back: bytes, and text. What WebKit's messages
// carry is a string of the same length, for they have no bytes. Our bytes begin and end in the preload
// world, as the strings of WebKit do in the page: the bridge would copy them twice more, and has a
// row of its own.

const { bench } = window;
const { benchReply } = window.webkit.messageHandlers;

const KIB = 1024;
const MIB = 1024 * KIB;

/** How many bytes a sample sends at least: the clock is not part of what is measured. */
const SAMPLE_BYTES = 4 * MIB;

const SIZES = [
  { name: '1k', size: KIB },
  { name: '64k', size: 64 * KIB },
  { name: '1m', size: MIB },
  { name: '16m', size: 16 * MIB },
];

/** Microseconds of one of as many calls as fill a sample. */
async function timed(size, call) {
  const times = Math.min(100, Math.max(1, SAMPLE_BYTES / size));
  const start = bench.clock();
  for (let i = 0; i < times; i++) {
    await call();
  }
  return [(bench.clock() - start) / times / 1000];
}

const texts = new Map(SIZES.map(({ size }) => [size, 'x'.repeat(size)]));
const bytes = new Map(SIZES.map(({ size }) => [size, new ArrayBuffer(size)]));

export const payloadSeries = SIZES.flatMap(({ name, size }) => [
  { name: `bytes-${name}`, run: () => timed(size, () => bench.echoBytes(size)) },
  { name: `bridged-bytes-${name}`, run: () => timed(size, () => bench.invoke(bytes.get(size))) },
  { name: `text-${name}`, run: () => timed(size, () => bench.invoke(texts.get(size))) },
  { name: `post-text-${name}`, run: () => timed(size, () => benchReply.postMessage(texts.get(size))) },
]);
