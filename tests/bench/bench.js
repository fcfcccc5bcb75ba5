// SPDX-License-Identifier: LGPL-2.1-or-later

// Runs the wanted series in rounds, each series once a round. Whatever else the machine does in a
// round, it does to all of them; and as every other round runs backwards, none is always the first.
//
// Nothing on the page changes meanwhile: to paint it would cost more than what is measured.
//
// What a series returns are the samples of that round. The main process keeps and compares them.

import { bridgeSeries } from './series-bridge.js';
import { messageSeries } from './series-messages.js';
import { payloadSeries } from './series-payloads.js';
import { streamSeries } from './series-streams.js';

const all = [...messageSeries, ...bridgeSeries, ...payloadSeries, ...streamSeries];

async function runRound(series, round, isCounted) {
  const order = round % 2 === 0 ? series : series.toReversed();
  for (const { name, run, every = 1 } of order) {
    if (round % every === 0) {
      const samples = await run();
      if (isCounted) {
        window.bench.report(name, samples);
      }
    }
  }
}

async function runAll() {
  const { rounds, warmUpRounds, series: wanted } = window.bench.options();
  const unknown = wanted.find((name) => !all.some((known) => known.name === name));
  if (unknown !== undefined) {
    throw new Error(`A row names the series '${unknown}', which nobody measures`);
  }
  const series = all.filter(({ name }) => wanted.includes(name));
  for (let round = 0; round < warmUpRounds; round++) {
    await runRound(series, round, false);
  }
  for (let round = 0; round < rounds; round++) {
    await runRound(series, round, true);
  }
}

runAll().then(() => window.bench.done(null), (error) => window.bench.done(String(error)));
