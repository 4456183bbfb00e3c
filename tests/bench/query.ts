import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { percentile } from './load/percentile.ts';
import { dice, fillMonth } from './monthOfCounty.ts';
import type { Kind } from './monthOfCounty.ts';
import { openStore, storedBytes } from './monthOfSamples.ts';

const DAY_MS = 86_400_000;
const END_MS = Date.UTC(2026, 5, 30);
const ROUNDS = 51;

const median = (times: readonly number[]): number => percentile(times, 0.5);

async function timed(run: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startedMs = performance.now();
    await run(round);
    times.push(performance.now() - startedMs);
  }
  return median(times);
}

export const query: Bench = {
  what: "time of questions to a month of the county: one series, a thousand series' last day, the county's sum, its state at a past instant",
  options: { scale: 'share of the county (1)', days: 'days of it (30)' },
  async run(options, say) {
    const [scale, days] = [options.number('scale', 1), options.number('days', 30)];
    const folder = mkdtempSync(join(tmpdir(), 'beacon-query-'));
    const [fromMs, toMs] = [END_MS - days * DAY_MS, END_MS];
    const pick = (name: Kind['name'], count: number, round: number): string =>
      `${name}${String(Math.floor(dice(round, 99) * count * scale))}`;
    try {
      let store = await openStore(folder, END_MS);
      const filler = await fillMonth(store, { scale, days, endMs: END_MS }, say);
      await store.close();
      const bytes = storedBytes(folder);
      store = await openStore(folder, END_MS);
      const ask = (deviceId: string, quantity: 'registerKwh' | 'speedMps'): Promise<unknown> =>
        store.query({ deviceId, quantity, fromMs, toMs, maxPoints: 5000, asRate: false });
      const seriesMs = await timed((round) => ask(pick('E', 22_000, round), 'registerKwh'));
      const detectorSeriesMs = await timed((round) => ask(pick('D', 400, round), 'speedMps'));
      const all = (await store.series()).length;
      const lastDayMs = await timed((round) => {
        const first = Math.floor(dice(round, 5) * Math.max(1, all - 1000));
        return store.steps(
          Array.from({ length: 1000 }, (_, index) => 1 + ((first + index) % all)),
          toMs - DAY_MS,
          toMs,
          1,
        );
      });
      const countySumMs = await timed(() => store.rollups({ scope: 'county', quantity: 'registerKwh', fromMs, toMs }));
      const snapshotMs = await timed((round) =>
        store.snapshot(fromMs + dice(round, 3) * (toMs - fromMs), 6 * 3_600_000),
      );
      await store.close();
      say(
        `${filler.samples.toLocaleString('en')} samples of ${all.toLocaleString('en')} series in ${(bytes / 1e6).toFixed(0)} MB; medians of ${String(ROUNDS)}:`,
      );
      say(
        `one meter over ${String(days)} days ${seriesMs.toFixed(1)} ms, one detector ${detectorSeriesMs.toFixed(1)} ms, a thousand series' last day ${lastDayMs.toFixed(1)} ms, the county's sum by quarter hour ${countySumMs.toFixed(1)} ms, all series at a past instant ${snapshotMs.toFixed(1)} ms`,
      );
      return {
        seriesMs,
        lastDayMs,
        countySumMs,
        snapshotMs,
        detectorSeriesMs,
        samples: filler.samples,
        series: all,
        bytes,
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
