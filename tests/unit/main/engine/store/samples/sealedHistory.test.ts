import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Quantity } from '../../../../../../shared/base/quantities.ts';
import { TelemetryReader } from '../../../../../../main/engine/store/samples/TelemetryReader.ts';
import { TelemetryWriter } from '../../../../../../main/engine/store/samples/TelemetryWriter.ts';
import type { RollupColumns } from '../../../../../../main/engine/store/store.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';
import { batchOf, emptyBatch } from './telemetryBatches.ts';
import type { SampleRow } from './telemetryBatches.ts';

const START = Date.UTC(2026, 10, 22, 23);
const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const END = START + 3 * DAY_MS;
const retention = { samplesDays: 3000, positionsDays: 2, deadLetterCount: 100, mostBytes: 1e9 };

/** Two meters of one zone, each with a counter and a gauge, and a series that belongs nowhere. */
const series = [
  { id: 1, deviceId: 'a', quantity: 'registerKwh', scope: 'zone:Z' },
  { id: 2, deviceId: 'a', quantity: 'voltageV', scope: 'zone:Z' },
  { id: 3, deviceId: 'b', quantity: 'registerKwh', scope: 'zone:Z' },
  { id: 4, deviceId: 'b', quantity: 'voltageV', scope: 'zone:Y' },
  { id: 5, deviceId: 'c', quantity: 'powerKw' },
  { id: 6, deviceId: 'd', quantity: 'flowVph', scope: 'link:L' },
  { id: 7, deviceId: 'e', quantity: 'flowVph', scope: 'link:M' },
] as const;

class Cache {
  readonly #file: string;
  #writer: TelemetryWriter;
  readonly #reader: TelemetryReader;

  constructor() {
    this.#file = join(temporaryFolder(), 'telemetry.db');
    this.#writer = this.#open();
    this.#writer.commit({ ...emptyBatch, newSeries: [...series] }, START);
    this.#reader = new TelemetryReader(this.#file);
    this.#reader.open();
  }

  #open(): TelemetryWriter {
    const writer = new TelemetryWriter(this.#file, retention, Number.POSITIVE_INFINITY);
    writer.open(START);
    return writer;
  }

  commit(rows: readonly SampleRow[]): void {
    this.#writer.commit(batchOf(rows), START);
  }

  /** A process that died: what is only in memory is gone. */
  restart(): void {
    this.#writer.close();
    this.#writer = this.#open();
  }

  seal(): void {
    while (this.#writer.tend(START, true) !== 'done');
  }

  snapshot(atMs: number, maxAgeMs: number): string[] {
    const {
      count,
      seriesId,
      atMs: times,
      value,
      quality,
    } = this.#reader.snapshot(atMs, maxAgeMs, this.#writer.headsAt(atMs, atMs - maxAgeMs));
    return Array.from({ length: count }, (_, row) =>
      [seriesId[row], times[row], value[row], quality[row]].join(' '),
    ).sort();
  }

  range(fromMs: number, toMs: number): string[] {
    const { count, seriesId, atMs, value, quality } = this.#reader.range(
      fromMs,
      toMs,
      this.#writer.heads(fromMs, toMs),
    );
    return Array.from({ length: count }, (_, row) => [seriesId[row], atMs[row], value[row], quality[row]].join(' '));
  }

  sums(scope: string, quantity: Quantity): Map<number, number> {
    const { atMs, sum }: RollupColumns = this.#reader.rollups(
      scope,
      quantity,
      START - DAY_MS,
      END + DAY_MS,
      this.#writer.rollups(scope, quantity, START - DAY_MS, END + DAY_MS),
    );
    return new Map([...atMs].map((at, index) => [at, Math.round((sum[index] ?? 0) * 1000) / 1000]));
  }

  close(): void {
    this.#reader.close();
    this.#writer.close();
  }
}

const row = fc.record({
  series: fc.constantFrom(1, 2, 3, 4, 5, 6, 7),
  // Spread over days, and often the same minute again.
  atMs: fc
    .oneof(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 700, max: 760 }))
    .map((minute) => START + minute * MINUTE_MS),
  value: fc.integer({ min: 0, max: 5000 }).map((tenths) => tenths / 10),
  quality: fc.constantFrom(0, 0, 0, 1, 2),
});
/** So many at once, and so close together, that the group's chunks become shorter or longer. */
type Burst = { of: number; minute: number; stepMs: number };
const burst: fc.Arbitrary<Burst> = fc.record({
  of: fc.constantFrom(1, 4, 6),
  minute: fc.integer({ min: 0, max: 3500 }),
  stepMs: fc.constantFrom(20, 100, 2500),
});
const rowsOf = ({ of, minute, stepMs }: Burst): SampleRow[] =>
  Array.from({ length: 1100 }, (_, index) => ({
    series: of,
    atMs: START + minute * MINUTE_MS + index * stepMs,
    value: (index % 50) / 10,
  }));
const step = fc.oneof(
  { weight: 4, arbitrary: fc.array(row, { maxLength: 60 }) },
  { weight: 1, arbitrary: burst },
  { weight: 2, arbitrary: fc.constant('seal' as const) },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
);

function play(steps: readonly (SampleRow[] | Burst | 'seal' | 'restart')[]): {
  cache: Cache;
  held: Map<string, SampleRow>;
} {
  const cache = new Cache();
  const held = new Map<string, SampleRow>();
  for (const each of steps) {
    if (each === 'seal') cache.seal();
    else if (each === 'restart') cache.restart();
    else {
      const rows = Array.isArray(each) ? each : rowsOf(each);
      cache.commit(rows);
      for (const one of rows) held.set(`${one.series}/${one.atMs}`, one);
    }
  }
  return { cache, held };
}

const textOf = ({ series: id, atMs, value, quality = 0 }: SampleRow): string => [id, atMs, value, quality].join(' ');

it('the state at any instant and all that came between are what was committed, sealed or not', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 8 }),
      fc.integer({ min: 0, max: 4100 }),
      fc.integer({ min: 1, max: 2000 }),
      (steps, minute, age) => {
        const { cache, held } = play(steps);
        const [atMs, maxAgeMs] = [START + minute * MINUTE_MS, age * 2 * MINUTE_MS];
        const inside = [...held.values()]
          .filter((one) => one.atMs <= atMs && one.atMs >= atMs - maxAgeMs)
          .sort((a, b) => a.atMs - b.atMs || a.series - b.series);
        const newest = new Map(inside.map((one) => [one.series, one]));
        expect(cache.snapshot(atMs, maxAgeMs)).toEqual([...newest.values()].map(textOf).sort());
        expect(cache.range(atMs - maxAgeMs, atMs + 1)).toEqual(inside.map(textOf));
        cache.close();
      },
    ),
    { numRuns: 120 },
  );
});

it('a window that begins in the last moment of a span belongs to it', () => {
  const cache = new Cache();
  const midnight = START + 60 * MINUTE_MS;
  cache.commit([{ series: 1, atMs: midnight, value: 7 }]);
  cache.seal();
  expect(cache.range(midnight - MINUTE_MS, midnight + 1)).toEqual([`1 ${String(midnight)} 7 0`]);
  expect(cache.range(midnight - MINUTE_MS, midnight)).toEqual([]);
  cache.close();
});

it('sums by quarter hour are those of what is there, in whatever order it came and was sealed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const { cache, held } = play(steps);
      cache.seal();
      const once = new Cache();
      once.commit([...held.values()].sort((a, b) => a.atMs - b.atMs));
      once.seal();
      for (const scope of ['zone:Z', 'zone:Y', 'link:L', 'link:M', 'county'])
        for (const quantity of ['registerKwh', 'voltageV', 'flowVph'] as const)
          expect(cache.sums(scope, quantity)).toEqual(once.sums(scope, quantity));
      cache.close();
      once.close();
    }),
    { numRuns: 60 },
  );
});

it('a counter is added up by what it counted, a gauge by its mean, and both before they are sealed', () => {
  const cache = new Cache();
  const quarter = (n: number): number => START + n * 15 * MINUTE_MS;
  cache.commit([
    { series: 1, atMs: quarter(0), value: 100 },
    { series: 1, atMs: quarter(1), value: 101 },
    { series: 1, atMs: quarter(3), value: 105 },
    // A meter that was swapped has counted nothing below zero.
    { series: 1, atMs: quarter(4), value: 3 },
    { series: 3, atMs: quarter(0), value: 10 },
    { series: 3, atMs: quarter(2), value: 14 },
    { series: 2, atMs: quarter(0), value: 120 },
    { series: 2, atMs: quarter(0) + 1000, value: 122 },
    { series: 2, atMs: quarter(0) + 2000, value: 999, quality: 2 },
  ]);
  const expected = new Map([
    [quarter(0), 3],
    [quarter(1), 4],
    [quarter(2), 2],
  ]);
  expect(cache.sums('zone:Z', 'registerKwh')).toEqual(expected);
  expect(cache.sums('county', 'voltageV')).toEqual(new Map([[quarter(0), 121]]));
  cache.seal();
  expect(cache.sums('county', 'registerKwh')).toEqual(expected);
  // A late reading says when it was used.
  cache.commit([{ series: 1, atMs: quarter(2), value: 104 }]);
  cache.seal();
  expect(cache.sums('zone:Z', 'registerKwh')).toEqual(
    new Map([
      [quarter(0), 3],
      [quarter(1), 5],
      [quarter(2), 1],
    ]),
  );
  cache.close();
});

it('a quarter hour of a gauge that is sealed in part counts once', () => {
  const cache = new Cache();
  cache.commit([{ series: 2, atMs: START, value: 120 }]);
  cache.seal();
  cache.commit([
    { series: 2, atMs: START + MINUTE_MS, value: 122 },
    { series: 2, atMs: START + 20 * MINUTE_MS, value: 130 },
  ]);
  expect(cache.sums('zone:Z', 'voltageV')).toEqual(
    new Map([
      [START, 120],
      [START + 15 * MINUTE_MS, 130],
    ]),
  );
  cache.seal();
  expect(cache.sums('zone:Z', 'voltageV')).toEqual(
    new Map([
      [START, 121],
      [START + 15 * MINUTE_MS, 130],
    ]),
  );
  cache.close();
});
