// SPDX-License-Identifier: LGPL-2.1-or-later

// Payloads of 1 KiB to 64 MiB, from the page to a handler in C and back: as text and as an
// ArrayBuffer, beside the same text by WebKit's own message and the same bytes by a `fetch`. WebKit's
// messages have no bytes, so ours stand beside a text of that length as well.
//
// `preload-bytes` begin and end in the preload world, as an app does that reads a file there: the
// bridge copies the bytes twice more.

const { bench } = window;
const { benchReply } = window.webkit.messageHandlers;

const KIB = 1024;
const MIB = 1024 * KIB;

const SIZES = {
  '1 KiB': KIB, '4 KiB': 4 * KIB, '16 KiB': 16 * KIB, '64 KiB': 64 * KIB, '256 KiB': 256 * KIB,
  '1 MiB': MIB, '4 MiB': 4 * MIB, '16 MiB': 16 * MIB, '64 MiB': 64 * MIB,
};

const MOST_CALLS = 40;
const BYTES_A_ROUND = 4 * MIB;

// Beside so much, the round trip that it takes to ask for the clock is nothing.
const LARGE = 4 * MIB;
// So much takes seconds, and varies less.
const HUGE = 16 * MIB;
const HUGE_EVERY = 3;

function makeText(size) {
  const text = 'notes/today.txt\n'.repeat(size / 16);
  // The engine puts the pieces together only when somebody looks, which is not what is measured.
  text.charCodeAt(size - 1);
  return text;
}

function makeBuffer(size) {
  return new Uint8Array(size).fill(42).buffer;
}

async function fetchEcho(bytes) {
  const response = await fetch('bench://echo/', { method: 'POST', body: bytes });
  return response.arrayBuffer();
}

const KINDS = [
  { prefix: 'text-', make: makeText, call: (text) => bench.invoke(text) },
  { prefix: 'post-text-', make: makeText, call: (text) => benchReply.postMessage(text) },
  { prefix: 'bytes-', make: makeBuffer, call: (buffer) => bench.invoke(buffer) },
  { prefix: 'preload-bytes-', make: (size) => size, call: (size) => bench.echoBytes(size) },
  { prefix: 'fetch-', make: makeBuffer, call: fetchEcho },
];

/** One call, from the page's point of view, in microseconds. */
async function once(call, payload) {
  const start = bench.clock();
  await call(payload);
  return [(bench.clock() - start) / 1000];
}

/** Round trips, as the times between the arrivals of calls of which each awaits the one before. */
async function sequential(call, payload, count) {
  bench.takeArrivals();
  for (let i = 0; i <= count; i++) {
    await call(payload);
  }
  return bench.takeArrivals();
}

function getSize(answer) {
  return typeof answer === 'number' ? answer : answer.byteLength ?? answer.length;
}

/** Throws when what came back is not what was sent: a fast answer that is wrong is no result. */
async function check({ call, make }, size) {
  const answered = getSize(await call(make(size)));
  if (answered !== size) {
    throw new Error(`Of a payload of ${size}, ${answered} came back`);
  }
}

function makeSeries(kind, label, size) {
  const count = Math.min(MOST_CALLS, BYTES_A_ROUND / size);
  let isChecked = false;
  const run = async () => {
    if (!isChecked) {
      await check(kind, size);
      isChecked = true;
    }
    const payload = kind.make(size);
    return size < LARGE ? sequential(kind.call, payload, count) : once(kind.call, payload);
  };
  return { name: kind.prefix + label, run, every: size < HUGE ? 1 : HUGE_EVERY };
}

export const payloadSeries = Object.entries(SIZES).flatMap(([label, size]) =>
  KINDS.map((kind) => makeSeries(kind, label, size)));
