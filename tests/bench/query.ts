import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TelemetryStore } from '../../main/engine/store/store.ts';
import { hash } from '../../simulators/random/hash.ts';
import type { Bench } from './bench.ts';
import { Filler, openStore, storedBytes } from './monthOfSamples.ts';

const DAY_MS = 86_400_000;
const END_MS = Date.UTC(2026, 5, 30);
const SEED = 7;
const ROUNDS = 15;

/** Kinds of devices of a county of 50,000 people: how many, what they measure and how often. */
const kinds = [
  { name: 'E', count: 22_000, everyMs: 900_000, aZone: 1400, quantities: ['registerKwh', 'voltageV'] },
  { name: 'W', count: 20_000, everyMs: 3_600_000, aZone: 1400, quantities: ['registerM3'] },
  { name: 'D', count: 400, everyMs: 30_000, aZone: 1, quantities: ['flowVph', 'occupancyRatio', 'speedMps'] },
] as const;

type Kind = (typeof kinds)[number];

const dice = (a: number, b = 0): number => hash(SEED, a, b) / 2 ** 32;
const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** What a device reads after so many intervals, with the noise that real ones have. */
function read(quantity: Kind['quantities'][number], device: number, step: number, before: number): number {
  const noise = dice(device, step);
  switch (quantity) {
    case 'registerKwh':
      return rounded(before + 0.6 * noise * noise, 3);
    case 'registerM3':
      return rounded(before + (noise < 0.6 ? 0 : 0.05 * noise), 3);
    case 'voltageV':
      return rounded(120 + 2 * noise, 1);
    case 'flowVph':
      return 120 * Math.floor(8 * noise);
    case 'occupancyRatio':
      return rounded(0.2 * noise, 4);
    case 'speedMps':
      return rounded(20 + 6 * noise, 2);
  }
}

/** A month, day by day and device by device, sealed as it goes. */
async function fill(store: TelemetryStore, scale: number, days: number, say: (line: string) => void): Promise<Filler> {
  const filler = new Filler(store);
  const registers = new Map<number, number>();
  for (let day = 0; day < days; day++) {
    const fromMs = END_MS - (days - day) * DAY_MS;
    for (const kind of kinds) for (let device = 0; device < kind.count * scale; device++) await fillDay(filler, kind, device, fromMs, registers);
    await filler.flush();
    await store.tend(END_MS, true);
    if (day % 5 === 4) say(`… ${String(day + 1)} of ${String(days)} days, ${(filler.samples / 1e6).toFixed(0)} million samples`);
  }
  return filler;
}

async function fillDay(filler: Filler, { name, aZone, everyMs, quantities }: Kind, device: number, fromMs: number, registers: Map<number, number>): Promise<void> {
  const scope = `${name === 'D' ? 'link' : 'zone'}:${name}${String(Math.floor(device / aZone))}`;
  const shiftMs = Math.floor(dice(device) * everyMs);
  for (const quantity of quantities) {
    const series = filler.series(`${name}${String(device)}`, quantity, scope);
    for (let atMs = fromMs + shiftMs; atMs < fromMs + DAY_MS; atMs += everyMs) {
      const value = read(quantity, series, Math.floor(atMs / everyMs), registers.get(series) ?? 0);
      if (quantity.startsWith('register')) registers.set(series, value);
      await filler.add(series, atMs, value);
    }
  }
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

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
    const pick = (name: Kind['name'], count: number, round: number): string => `${name}${String(Math.floor(dice(round, 99) * count * scale))}`;
    try {
      let store = await openStore(folder, END_MS);
      const filler = await fill(store, scale, days, say);
      await store.close();
      const bytes = storedBytes(folder);
      store = await openStore(folder, END_MS);
      const ask = (deviceId: string, quantity: 'registerKwh' | 'speedMps'): Promise<unknown> => store.query({ deviceId, quantity, fromMs, toMs, maxPoints: 5000, asRate: false });
      const seriesMs = await timed((round) => ask(pick('E', 22_000, round), 'registerKwh'));
      const detectorSeriesMs = await timed((round) => ask(pick('D', 400, round), 'speedMps'));
      const all = (await store.series()).length;
      const lastDayMs = await timed((round) => {
        const first = Math.floor(dice(round, 5) * Math.max(1, all - 1000));
        return store.steps(Array.from({ length: 1000 }, (_, index) => 1 + ((first + index) % all)), toMs - DAY_MS, toMs, 1);
      });
      const countySumMs = await timed(() => store.rollups({ scope: 'county', quantity: 'registerKwh', fromMs, toMs }));
      const snapshotMs = await timed((round) => store.snapshot(fromMs + dice(round, 3) * (toMs - fromMs), 6 * 3_600_000));
      await store.close();
      say(`${filler.samples.toLocaleString('en')} samples of ${all.toLocaleString('en')} series in ${(bytes / 1e6).toFixed(0)} MB; medians of ${String(ROUNDS)}:`);
      say(`one meter over ${String(days)} days ${seriesMs.toFixed(1)} ms, one detector ${detectorSeriesMs.toFixed(1)} ms, a thousand series' last day ${lastDayMs.toFixed(1)} ms, the county's sum by quarter hour ${countySumMs.toFixed(1)} ms, all series at a past instant ${snapshotMs.toFixed(1)} ms`);
      return { seriesMs, lastDayMs, countySumMs, snapshotMs, detectorSeriesMs, samples: filler.samples, series: all, bytes };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
