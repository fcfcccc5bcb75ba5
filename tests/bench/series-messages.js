// SPDX-License-Identifier: LGPL-2.1-or-later

// Messages between the page and the main process. The clock is always that of the main process,
// for the page's own has a resolution of a millisecond.

const { bench } = window;
const { benchReply, benchSend } = window.webkit.messageHandlers;

const SEQUENTIAL = 300;
const IN_FLIGHT = 1000;
const FLOOD = 5000;
const FRAMES = 8;

const payload = Object.freeze({ path: 'notes/today.txt', line: 42, done: false });

/** The time between two arrivals of calls of which each awaits the one before: a round trip. */
async function sequential(call) {
  bench.takeArrivals();
  for (let i = 0; i <= SEQUENTIAL; i++) {
    await call(payload);
  }
  return bench.takeArrivals();
}

/** Calls a second, with all of them on their way at once. */
async function inFlight(call) {
  const calls = [];
  const start = bench.clock();
  for (let i = 0; i < IN_FLIGHT; i++) {
    calls.push(call(payload));
  }
  await Promise.all(calls);
  return [IN_FLIGHT * 1e9 / (bench.clock() - start)];
}

/** Messages a second: a call that is answered comes last, and what was sent before it has arrived. */
async function flood(send, call) {
  const start = bench.clock();
  for (let i = 0; i < FLOOD; i++) {
    send(payload);
  }
  await call(payload);
  return [FLOOD * 1e9 / (bench.clock() - start)];
}

/** Measures over some frames of the page, of which each paints something new. */
async function whileAnimating(measure) {
  const heading = document.querySelector('h1');
  const samples = [];
  let frames = 0;
  const paint = (time) => {
    heading.style.transform = `translateX(${time % 200}px) rotate(${time % 90}deg)`;
    if (frames++ < FRAMES) {
      requestAnimationFrame(paint);
    }
  };
  requestAnimationFrame(paint);
  while (frames < FRAMES) {
    samples.push(...await measure());
  }
  return samples;
}

const invoke = (value) => bench.invoke(value);
const post = (value) => benchReply.postMessage(value);

export const messageSeries = [
  { name: 'invoke', run: () => sequential(invoke) },
  { name: 'post', run: () => sequential(post) },
  { name: 'floor', run: () => bench.runInMain('floor') },
  { name: 'copies-1 MiB', run: () => bench.runInMain('copies-1 MiB') },
  { name: 'copies-16 MiB', run: () => bench.runInMain('copies-16 MiB') },
  { name: 'sendSync', run: () => sequential((value) => bench.sendSync(value)) },
  { name: 'invoke-animated', run: () => whileAnimating(() => sequential(invoke)) },
  { name: 'post-animated', run: () => whileAnimating(() => sequential(post)) },
  { name: 'invoke-in-flight', run: () => inFlight(invoke) },
  { name: 'post-in-flight', run: () => inFlight(post) },
  { name: 'send', run: () => flood((value) => bench.send(value), invoke) },
  { name: 'post-send', run: () => flood((value) => benchSend.postMessage(value), post) },
  { name: 'main-to-page', run: () => bench.runInMain('main-to-page') },
  { name: 'evaluate', run: () => bench.runInMain('evaluate') },
];
