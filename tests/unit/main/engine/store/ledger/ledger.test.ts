import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { createLocalDays } from '../../../../../../shared/base/localDays.ts';
import { qualityCode } from '../../../../../../shared/base/quality.ts';
import type { Quantity } from '../../../../../../shared/base/quantities.ts';
import { LedgerFile } from '../../../../../../main/engine/store/ledger/LedgerFile.ts';
import { openLedgerPair } from '../../../../../support/ledgerPair.ts';
import type { LedgerPair } from '../../../../../support/ledgerPair.ts';
import { openTelemetryPair } from '../../../../../support/telemetryPair.ts';
import type { TelemetryPair } from '../../../../../support/telemetryPair.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';
import { batchOf } from '../samples/telemetryBatches.ts';
import type { SampleRow } from '../samples/telemetryBatches.ts';

const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;
const DAY_MS = 24 * HOUR_MS;
const ZONE = 'America/Chicago';
const START = Date.UTC(2026, 10, 20, 6);
const NOW = START + 5 * DAY_MS;
/** When the cache was begun. */
const BEFORE = START - 1000 * DAY_MS;

const newSeries = [
  { id: 1, deviceId: 'a', quantity: 'voltageV' as const, scope: 'zone:Z' },
  { id: 2, deviceId: 'b', quantity: 'voltageV' as const, scope: 'zone:Z' },
  { id: 3, deviceId: 'a', quantity: 'registerKwh' as const, scope: 'zone:Z' },
  { id: 4, deviceId: 'D1', quantity: 'speedMps' as const, scope: 'link:L' },
  { id: 5, deviceId: 'D2', quantity: 'speedMps' as const, scope: 'link:L' },
  { id: 6, deviceId: 'Z', quantity: 'powerKw' as const, scope: 'own:Z' },
  { id: 7, deviceId: 'route:9:bus', quantity: 'delayS' as const, scope: 'route:9' },
  { id: 8, deviceId: 'nowhere', quantity: 'powerKw' as const },
];

type Books = { cache: TelemetryPair; ledger: LedgerPair };

function open(zone = ZONE, folder = temporaryFolder()): Books {
  const books = { cache: openTelemetryPair(folder, BEFORE), ledger: openLedgerPair(folder, zone) };
  onTestFinished(() => {
    books.cache.close();
    books.ledger.close();
  });
  return books;
}

function commit({ cache }: Books, rows: readonly SampleRow[]): void {
  cache.writer.commit(batchOf(rows, { newSeries }), NOW);
}

function settle({ cache, ledger }: Books): number {
  cache.seal();
  return ledger.fill(cache);
}

const all = { fromMs: START - 40 * DAY_MS, toMs: NOW + DAY_MS };
const hoursOf = ({ ledger }: Books, scope: string, measure: Quantity) =>
  ledger.query({ scope, measure, ...all, step: 'hour' });

it('an hour is the mean of the series and quarter hours that it has, with its extremes and its share of data', () => {
  const books = open();
  commit(books, [
    { series: 1, atMs: START, value: 120 },
    { series: 1, atMs: START + 60_000, value: 122 },
    { series: 2, atMs: START + 5000, value: 111 },
    { series: 1, atMs: START + 2 * QUARTER_MS, value: 119 },
  ]);
  settle(books);
  const { startMs, endMs, mean, low, high, sum, present, quality } = hoursOf(books, 'zone:Z', 'voltageV');
  expect([startMs, endMs]).toEqual([[START], [START + HOUR_MS]]);
  // The quarter hours: 121 and 111, and 119 alone.
  expect(mean[0]).toBeCloseTo((121 + 111 + 119) / 3, 1);
  expect([low, high]).toEqual([[116], [119]]);
  expect(sum[0]).toBeCloseTo((121 + 111 + 119) / 4, 1);
  // Three of eight: two meters in four quarter hours.
  expect([present, quality]).toEqual([[0.375], [qualityCode.suspect]]);
});

it('a register gives what it counted, a route the share of the quarter hours in which it ran', () => {
  const books = open();
  const times = [0, 1, 2, 3, 4].map((quarter) => START + quarter * QUARTER_MS);
  commit(books, [
    ...times.map((atMs, at) => ({ series: 3, atMs, value: 100 + [0, 1, 1, 3, 4][at]! })),
    ...times.slice(0, 2).map((atMs) => ({ series: 7, atMs, value: 60 })),
  ]);
  settle(books);
  const counted = hoursOf(books, 'zone:Z', 'registerKwh');
  expect(counted).toMatchObject({
    sum: [4],
    mean: [4],
    low: [0],
    high: [8],
    present: [1],
    quality: [qualityCode.good],
  });
  expect(hoursOf(books, 'route:9', 'delayS')).toMatchObject({ mean: [60], present: [0.5] });
});

it('a link, and a feeder of its own, are kept too; a device that belongs nowhere is not', () => {
  const books = open();
  commit(
    books,
    [4, 5, 6, 8].flatMap((series) =>
      Array.from({ length: 8 }, (_, at) => ({ series, atMs: START + at * QUARTER_MS, value: series })),
    ),
  );
  settle(books);
  expect(hoursOf(books, 'link:L', 'speedMps')).toMatchObject({ mean: [4.5, 4.5], present: [1, 1] });
  expect(hoursOf(books, 'own:Z', 'powerKw')).toMatchObject({ mean: [6, 6], sum: [6, 6] });
  // What has a scope of its own is added to nothing.
  expect(hoursOf(books, 'county', 'powerKw').mean).toEqual([]);
  expect(hoursOf(books, 'county', 'speedMps').mean).toEqual([4.5, 4.5]);
});

it('nothing is read again that has not changed, and a late sample corrects its hour alone', () => {
  const books = open();
  commit(
    books,
    Array.from({ length: 96 }, (_, at) => ({ series: 1, atMs: START + at * QUARTER_MS, value: 100 })),
  );
  expect(settle(books)).toBeGreaterThan(0);
  expect(settle(books)).toBe(0);
  commit(books, [{ series: 1, atMs: START + 5 * HOUR_MS, value: 160 }]);
  // Of the zone and of the county.
  expect(settle(books)).toBe(2);
  const { mean } = hoursOf(books, 'zone:Z', 'voltageV');
  expect(mean).toHaveLength(24);
  expect(mean.filter((value) => value !== 100)).toEqual([115]);
});

it.each([
  ['the day on which the clock goes back', Date.UTC(2026, 10, 1, 5), 25],
  ['the day on which the clock goes forward', Date.UTC(2026, 2, 8, 6), 23],
  ['any other day', Date.UTC(2026, 5, 1, 5), 24],
])('%s has its own number of hours', (_name, startMs, hours) => {
  const books = open();
  commit(
    books,
    Array.from({ length: 30 * 4 }, (_, at) => ({ series: 6, atMs: startMs + at * QUARTER_MS, value: 10 })),
  );
  settle(books);
  const span = { scope: 'own:Z', measure: 'powerKw', fromMs: startMs, toMs: startMs + hours * HOUR_MS };
  const days = books.ledger.query({ ...span, step: 'day' });
  expect(days).toMatchObject({
    startMs: [startMs],
    endMs: [startMs + hours * HOUR_MS],
    mean: [10],
    sum: [hours * 10],
    present: [1],
  });
  expect(books.ledger.query({ ...span, step: 'hour' }).startMs).toHaveLength(hours);
});

it('hours begin with those of the county where its zone is not whole hours from UTC', () => {
  const books = open('Asia/Kathmandu');
  const startMs = Date.UTC(2026, 10, 20, 18, 15);
  commit(
    books,
    Array.from({ length: 24 * 4 }, (_, at) => ({
      series: 6,
      atMs: startMs + at * QUARTER_MS,
      value: Math.floor(at / 4),
    })),
  );
  settle(books);
  const { startMs: starts, mean, present } = hoursOf(books, 'own:Z', 'powerKw');
  expect(starts[0]).toBe(startMs);
  expect(mean).toEqual(Array.from({ length: 24 }, (_, hour) => hour));
  expect(new Set(present)).toEqual(new Set([1]));
});

const row = fc.record({
  series: fc.constantFrom(1, 2, 3, 4, 5, 6, 7),
  atMs: fc.integer({ min: 0, max: 3000 }).map((minute) => START + minute * 60_000),
  value: fc.integer({ min: 0, max: 5000 }).map((tenths) => tenths / 10),
  quality: fc.constantFrom(0, 0, 0, 1, 2),
});
const step = fc.oneof(
  { weight: 3, arbitrary: fc.array(row, { maxLength: 40 }) },
  { weight: 2, arbitrary: fc.constant('seal' as const) },
  { weight: 2, arbitrary: fc.constant('run' as const) },
);
const kept = [
  ['zone:Z', 'voltageV'],
  ['zone:Z', 'registerKwh'],
  ['link:L', 'speedMps'],
  ['own:Z', 'powerKw'],
  ['route:9', 'delayS'],
  ['county', 'voltageV'],
] as const;

it('whatever the order of late data, hourly values are those of all data computed at once', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      const books = open();
      const held = new Map<string, SampleRow>();
      for (const each of steps) {
        if (each === 'seal') books.cache.seal();
        else if (each === 'run') books.ledger.fill(books.cache);
        else {
          commit(books, each);
          for (const one of each) held.set(`${one.series}/${one.atMs}`, one);
        }
      }
      settle(books);
      const fresh = open();
      commit(fresh, [...held.values()]);
      settle(fresh);
      for (const [scope, measure] of kept)
        expect([scope, hoursOf(books, scope, measure)]).toEqual([scope, hoursOf(fresh, scope, measure)]);
    }),
    { numRuns: 30 },
  );
});

it('parts of an hour of a figure add up, also over a restart', () => {
  const folder = temporaryFolder();
  const parts = (value: number, quarter: number) => [
    {
      id: 'trafficDelay',
      digits: 1,
      atMs: START + quarter * QUARTER_MS,
      sum: value,
      quarters: 1,
      low: value,
      high: value,
      present: 0.25,
    },
  ];
  const first = openLedgerPair(folder, ZONE);
  first.writer.addFigures(parts(10, 0));
  first.close();
  const ledger = openLedgerPair(folder, ZONE);
  onTestFinished(() => ledger.close());
  ledger.writer.addFigures(parts(30, 1));
  ledger.writer.addFigures(parts(20, 2));
  expect(ledger.query({ scope: 'figure', measure: 'trafficDelay', ...all, step: 'hour' })).toMatchObject({
    startMs: [START],
    mean: [20],
    low: [10],
    high: [30],
    sum: [15],
    present: [0.75],
    quality: [qualityCode.good],
  });
});

it('days of before a time are deleted, in steps, and nothing else', () => {
  const books = open();
  commit(
    books,
    Array.from({ length: 4 * 96 }, (_, at) => ({ series: 6, atMs: START + at * QUARTER_MS, value: 1 })),
  );
  settle(books);
  const keptFromMs = createLocalDays(ZONE).startMs(createLocalDays(ZONE).dayOf(START + 2 * DAY_MS));
  expect(books.ledger.writer.sweep(keptFromMs + HOUR_MS)).toEqual({ deleted: 2, hasMore: false });
  const { startMs } = hoursOf(books, 'own:Z', 'powerKw');
  expect(startMs[0]).toBe(keptFromMs);
  expect(startMs).toHaveLength(48);
});

it('the last run of a job is kept', () => {
  const folder = temporaryFolder();
  const first = openLedgerPair(folder, ZONE);
  first.writer.noteRun({ name: 'hourly values', period: 4, endedAtMs: NOW - 1 });
  first.writer.noteRun({ name: 'hourly values', period: 5, endedAtMs: NOW });
  first.close();
  const ledger = openLedgerPair(folder, ZONE);
  onTestFinished(() => ledger.close());
  expect(ledger.writer.runs()).toEqual([{ name: 'hourly values', period: 5, endedAtMs: NOW }]);
});

it('a cache of before there were ledgers gives all that it holds', () => {
  const folder = temporaryFolder();
  const books = open(ZONE, folder);
  commit(
    books,
    [1, 3, 4, 7].flatMap((series) =>
      Array.from({ length: 3 * 96 }, (_, at) => ({ series, atMs: START + at * QUARTER_MS, value: at })),
    ),
  );
  settle(books);
  const scopes = ['zone:Z', 'link:L', 'route:9', 'county'] as const;
  const measures = ['voltageV', 'registerKwh', 'speedMps', 'delayS'] as const;
  const allHours = (of: Books) => scopes.flatMap((scope) => measures.map((measure) => hoursOf(of, scope, measure)));
  const before = allHours(books);
  books.cache.close();
  // The file as the version before wrote it.
  const db = new Database(join(folder, 'telemetry.db'));
  db.exec(`DROP TABLE consumers; DROP TABLE kept_entries; DROP TABLE changed_sums; DROP TABLE swept;
    DROP INDEX series_by_scope; PRAGMA user_version = 4`);
  db.close();
  const upgraded = { cache: openTelemetryPair(folder, NOW), ledger: openLedgerPair(temporaryFolder(), ZONE) };
  onTestFinished(() => {
    upgraded.cache.close();
    upgraded.ledger.close();
  });
  settle(upgraded);
  const after = allHours(upgraded);
  // Of the first day of links nobody knows whether it is whole.
  const linkSpeed = scopes.indexOf('link:L') * measures.length + measures.indexOf('speedMps');
  expect(after.filter((_, at) => at !== linkSpeed)).toEqual(before.filter((_, at) => at !== linkSpeed));
  expect(before[linkSpeed]?.startMs.slice(-40)).toEqual(after[linkSpeed]?.startMs.slice(-40));
});

it('late data in a cache that was begun anew does not replace hours of which more was known', () => {
  const folder = temporaryFolder();
  const books = open(ZONE, folder);
  const rows = (series: readonly number[], value: number) =>
    series.flatMap((id) =>
      Array.from({ length: 8 }, (_, at) => ({ series: id, atMs: START + at * QUARTER_MS, value })),
    );
  commit(books, rows([1, 2, 4], 100));
  settle(books);
  const anew = { cache: openTelemetryPair(temporaryFolder(), NOW), ledger: books.ledger };
  onTestFinished(() => anew.cache.close());
  commit(anew, [
    { series: 1, atMs: START, value: 50 },
    { series: 4, atMs: START, value: 50 },
    { series: 4, atMs: START + 5 * HOUR_MS, value: 50 },
  ]);
  settle(anew);
  expect(hoursOf(anew, 'zone:Z', 'voltageV').mean).toEqual([100, 100]);
  // Of an hour of which nothing was known, a part is more.
  expect(hoursOf(anew, 'link:L', 'speedMps').mean).toEqual([100, 100, 50]);
  // The history comes again, whole.
  commit(anew, rows([1, 2], 90));
  settle(anew);
  expect(hoursOf(anew, 'zone:Z', 'voltageV').mean).toEqual([90, 90]);
});

it('a damaged ledger is left as it is, and hours that were altered are not passed on', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'ledger.db');
  const books = open(ZONE, folder);
  commit(books, [{ series: 6, atMs: START, value: 1 }]);
  settle(books);
  books.ledger.close();
  const db = new Database(file);
  db.exec("UPDATE days SET hours = x'01000000000000'");
  db.close();
  const altered = openLedgerPair(folder, ZONE);
  expect(() => altered.query({ scope: 'own:Z', measure: 'powerKw', ...all, step: 'hour' })).toThrow(/checksum/);
  altered.close();

  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(8192, 0xa5), 0, 8192, 4096);
  closeSync(handle);
  const before = readFileSync(file);
  expect(() => new LedgerFile(file, ZONE).open()).toThrow(expect.objectContaining({ code: 'damaged' }));
  expect(readFileSync(file).equals(before)).toBe(true);
});

it('the migrations make strict tables', () => {
  const folder = temporaryFolder();
  openLedgerPair(folder, ZONE).close();
  const db = new Database(join(folder, 'ledger.db'), { readonly: true });
  onTestFinished(() => void db.close());
  expect(db.pragma('user_version', { simple: true })).toBe(3);
  const tables = db
    .prepare<[], { name: string; strict: number }>(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  expect(tables.map(({ name }) => name).sort()).toEqual([
    'calendar',
    'days',
    'jobs',
    'meter_days',
    'meters',
    'runs',
    'series',
  ]);
  expect(tables.every(({ strict }) => strict === 1)).toBe(true);
});
