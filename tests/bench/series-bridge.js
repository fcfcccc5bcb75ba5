// SPDX-License-Identifier: LGPL-2.1-or-later

// Calls from the page into the preload world, beside the same as closures that C makes in the page
// (bench-closures.c), and beside a plain function of the page. Samples are microseconds a call.

const { bench, benchClosures } = window;

const SAMPLES = 4;
const SAMPLE_NANOSECONDS = 4e6;
const FIRST_CALLS = 64;
const MAX_CALLS = 1 << 22;

const text = 'notes/today.txt';
const object = Object.freeze({ path: text, line: 42, done: false });
let count = 0;
const increment = () => {
  count++;
};

// Each call has a loop of its own text: one loop for all would be compiled for none of them.
const loops = {
  'plain-empty': (calls) => {
    for (let i = 0; i < calls; i++) {
      increment();
    }
  },
  'bridge-empty': (calls) => {
    for (let i = 0; i < calls; i++) {
      bench.empty();
    }
  },
  'closure-empty': (calls) => {
    for (let i = 0; i < calls; i++) {
      benchClosures.empty();
    }
  },
  'bridge-text': (calls) => {
    for (let i = 0; i < calls; i++) {
      bench.text(text);
    }
  },
  'closure-text': (calls) => {
    for (let i = 0; i < calls; i++) {
      benchClosures.text(text);
    }
  },
  'bridge-object': (calls) => {
    for (let i = 0; i < calls; i++) {
      bench.object(object);
    }
  },
  'closure-object': (calls) => {
    for (let i = 0; i < calls; i++) {
      benchClosures.object(object);
    }
  },
  'bridge-callback': (calls) => {
    for (let i = 0; i < calls; i++) {
      bench.callback(increment);
    }
  },
  'closure-callback': (calls) => {
    for (let i = 0; i < calls; i++) {
      benchClosures.callback(increment);
    }
  },
  'bridge-list': (calls) => {
    for (let i = 0; i < calls; i++) {
      bench.list();
    }
  },
  'closure-list': (calls) => {
    for (let i = 0; i < calls; i++) {
      benchClosures.list();
    }
  },
};

function time(loop, calls) {
  const start = bench.clock();
  loop(calls);
  return bench.clock() - start;
}

/** How many calls take long enough for the clock, which itself takes a round trip. */
function calibrate(loop, calls) {
  while (calls < MAX_CALLS && time(loop, calls) < SAMPLE_NANOSECONDS) {
    calls *= 2;
  }
  return calls;
}

function makeSeries([name, loop]) {
  let calls = FIRST_CALLS;
  const sample = () => time(loop, calls) / 1000 / calls;
  const run = () => {
    // Again in every round, for the engine compiles the loop better as it goes.
    calls = calibrate(loop, calls);
    return Array.from({ length: SAMPLES }, sample);
  };
  return { name, run };
}

export const bridgeSeries = Object.entries(loops).map(makeSeries);
