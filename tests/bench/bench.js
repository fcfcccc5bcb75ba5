// SPDX-License-Identifier: LGPL-2.1-or-later

// Runs all series in rounds, each series once a round. Whatever else the machine does in a round,
// it does to all of them; and as every other round runs backwards, none is always the first.
//
// Nothing on the page changes meanwhile: to paint it would cost more than what is measured.
//
// What a series returns are the samples of that round. The main process keeps and compares them.

import { bridgeSeries } from './series-bridge.js';
import { messageSeries } from './series-messages.js';
import { payloadSeries } from './series-payloads.js';

const WARM_UP_ROUNDS = 3;

async function runRound(series, round) {
  const order = round % 2 === 0 ? series : series.toReversed();
  for (const { name, run } of order) {
    const samples = await run();
    if (round >= 0) {
      window.bench.report(name, round, samples);
    }
  }
}

async function runAll() {
  const { rounds, only } = window.bench.options();
  const all = [...messageSeries, ...bridgeSeries, ...payloadSeries];
  const unknown = only.find((wanted) => !all.some(({ name }) => name === wanted));
  if (unknown !== undefined) {
    throw new Error(`There is no series '${unknown}'; there are ` +
      all.map(({ name }) => name).join(', '));
  }
  const series = all.filter(({ name }) => only.length === 0 || only.includes(name));
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    await runRound(series, round);
  }
}

runAll().then(() => window.bench.done(null), (error) => window.bench.done(String(error)));
