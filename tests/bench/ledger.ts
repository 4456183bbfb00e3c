import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parse } from 'csv-parse/sync';
import { HourlyValues } from '../../main/engine/ledger/HourlyValues.ts';
import { openLedger } from '../../main/engine/store/ledger/openLedger.ts';
import type { Ledger } from '../../main/engine/store/ledger/ledger.ts';
import type { ChangedSums, Telemetry } from '../../main/engine/store/store.ts';
import type { Quantity } from '../../shared/base/quantities.ts';
import { figures } from '../../shared/figures.ts';
import { generateCounty } from '../../simulators/county/generateCounty.ts';
import { readWorld } from '../../simulators/world/World.ts';
import type { World } from '../../simulators/world/World.ts';
import type { Bench, Figures } from './bench.ts';
import { dice } from './monthOfCounty.ts';
import { Filler, openStore } from './monthOfSamples.ts';

const workerPath = join(import.meta.dirname, '../../out/main/storeWorker.js');
const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;
const DAY_MS = 24 * HOUR_MS;
const YEAR_DAYS = 365.25;
const START_MS = Date.UTC(2026, 0, 1);
const SEED = 42;
const KEYS_A_CALL = 300;

/**
 * A quantity that is kept of the county: `known` series, whose mean over a quarter of an hour varies by `noise` around
 * `level`.
 */
type Key = { scope: string; quantity: Quantity; known: number; level: number; noise: number };

const routesOf = (files: ReadonlyMap<string, string>): string[] =>
  parse<{ route_id: string }>(files.get('gtfs/routes.txt') ?? '', { columns: true }).map(({ route_id: id }) => id);

function keysOf(world: World, files: ReadonlyMap<string, string>): Key[] {
  const links = Map.groupBy(world.detectors, ({ linkId }) => linkId);
  const meters = Map.groupBy(world.meters, ({ zoneId, commodity }) => `${commodity} ${zoneId}`);
  return [
    ...[...links].flatMap(([link, detectors]): Key[] => [
      { scope: `link:${link}`, quantity: 'speedMps', known: detectors.length, level: 20, noise: 3 },
      { scope: `link:${link}`, quantity: 'flowVph', known: detectors.length, level: 600, noise: 400 },
      { scope: `link:${link}`, quantity: 'occupancyRatio', known: detectors.length, level: 0.1, noise: 0.05 },
    ]),
    ...[...meters].flatMap(([name, of]): Key[] => {
      const scope = `zone:${name.split(' ')[1] ?? ''}`;
      return name.startsWith('water')
        ? [{ scope, quantity: 'registerM3', known: of.length, level: 0.003, noise: 0.003 }]
        : [
            { scope, quantity: 'registerKwh', known: of.length, level: 0.3, noise: 0.2 },
            { scope, quantity: 'voltageV', known: of.length, level: 120, noise: 2 },
          ];
    }),
    ...world.zones.flatMap(({ id, kind }): Key[] =>
      kind === 'feeder'
        ? [
            { scope: `own:${id}`, quantity: 'powerKw', known: 1, level: 2000, noise: 800 },
            { scope: `own:${id}`, quantity: 'voltageV', known: 1, level: 120, noise: 2 },
          ]
        : [
            { scope: `own:${id}`, quantity: 'flowM3h', known: 1, level: 80, noise: 40 },
            { scope: `own:${id}`, quantity: 'pressureKpa', known: 1, level: 400, noise: 30 },
          ],
    ),
    ...routesOf(files).map((id): Key => ({ scope: `route:${id}`, quantity: 'delayS', known: 6, level: 90, noise: 90 })),
    ...(['speedMps', 'flowVph', 'registerKwh', 'registerM3', 'voltageV', 'delayS'] as const).map((quantity): Key => ({
      scope: 'county',
      quantity,
      known: 400,
      level: 100,
      noise: 20,
    })),
  ];
}

/**
 * Makes a day of quarter hours that are independent of each other. They are less alike than real ones, so they take
 * more space.
 */
function dayOf(keys: readonly Key[], from: number, dayMs: number): ChangedSums {
  const quarters = DAY_MS / QUARTER_MS;
  const rows = keys.length * quarters;
  const columns = { atMs: new Float64Array(rows), sum: new Float64Array(rows), series: new Float64Array(rows) };
  keys.forEach(({ known, level, noise }, place) => {
    for (let quarter = 0; quarter < quarters; quarter++) {
      const row = place * quarters + quarter;
      const swing =
        Math.sin((quarter / quarters) * 2 * Math.PI) + 2 * dice(from + place, dayMs / QUARTER_MS + quarter) - 1;
      columns.atMs[row] = dayMs + quarter * QUARTER_MS;
      columns.sum[row] = Math.round(known * Math.max(0, level + (noise / 2) * swing) * 1e4) / 1e4;
      columns.series[row] = known;
    }
  });
  const hour = dayMs / HOUR_MS;
  const hours = keys.map(({ scope, quantity, known }) => ({
    ...{
      scope,
      quantity,
      hour,
      hours: 24,
      version: 1,
      fromMs: dayMs,
      toMs: dayMs + DAY_MS,
      known,
      partBeforeMs: 0,
      quarters,
    },
  }));
  return { hours, columns, next: undefined };
}

const bytesOf = (file: string): number =>
  ['', '-wal'].reduce((sum, suffix) => sum + (statSync(file + suffix, { throwIfNoEntry: false })?.size ?? 0), 0);

async function withLedger<T>(work: (ledger: Ledger, folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'beacon-ledger-'));
  const ledger = await openLedger({
    file: join(folder, 'ledger.db'),
    workerPath,
    timeZone: 'America/Chicago',
    isDiskFull: () => false,
    onNotice: ({ text }) => {
      throw new Error(text);
    },
  });
  try {
    return await work(ledger, folder);
  } finally {
    await ledger.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures the bytes of a year, of which some days are written hour by hour as the job does it. */
async function measureSize(
  world: World,
  keys: readonly Key[],
  days: number,
  say: (line: string) => void,
): Promise<Figures> {
  return withLedger(async (ledger, folder) => {
    for (let day = 0; day < days; day++) {
      const dayMs = START_MS + day * DAY_MS;
      for (let from = 0; from < keys.length; from += KEYS_A_CALL)
        await ledger.putSums(dayOf(keys.slice(from, from + KEYS_A_CALL), from, dayMs));
      await ledger.addFigures(
        Object.entries(figures).flatMap(([id, { digits }], place) =>
          Array.from({ length: 24 }, (_, hour) => {
            const value = 100 * dice(place, day * 24 + hour);
            return {
              id,
              digits,
              atMs: dayMs + hour * HOUR_MS,
              sum: 4 * value,
              quarters: 4,
              low: value - 5,
              high: value + 5,
              present: 1,
            };
          }),
        ),
      );
    }
    const startedMs = performance.now();
    const year = await ledger.query({
      scope: 'own:' + (world.zones.find(({ kind }) => kind === 'feeder')?.id ?? ''),
      measure: 'powerKw',
      fromMs: START_MS,
      toMs: START_MS + days * DAY_MS,
      step: 'day',
    });
    const queryMs = performance.now() - startedMs;
    await ledger.close();
    const bytes = bytesOf(join(folder, 'ledger.db'));
    const bytesPerYearMb = ((bytes / days) * YEAR_DAYS) / 1e6;
    const series = keys.length + Object.keys(figures).length;
    say(
      `${bytesPerYearMb.toFixed(1)} MB a year: ${series} series, ${(bytes / days / series / 24).toFixed(2)} bytes an hourly value, of ${days} days`,
    );
    return {
      bytesPerYearMb,
      series,
      bytesPerHourlyValue: bytes / days / series / 24,
      days,
      queryDays: year.mean.length,
      queryMs,
    };
  });
}

/** Writes hours of readings of all detectors and feeders, committed and compacted as they come. */
async function fillHours(store: Telemetry, filler: Filler, world: World, fromMs: number, hours: number): Promise<void> {
  for (let atMs = fromMs; atMs < fromMs + hours * HOUR_MS; atMs += 30_000) {
    for (const [place, { id, linkId }] of world.detectors.entries())
      for (const quantity of ['speedMps', 'flowVph', 'occupancyRatio'] as const)
        await filler.add(
          filler.series(id, quantity, `link:${linkId}`),
          atMs,
          Math.round(1000 * dice(place, atMs / 1000)) / 100,
        );
    if (atMs % 60_000 === 0)
      for (const { id } of world.zones)
        await filler.add(filler.series(id, 'powerKw', `own:${id}`), atMs, Math.round(1e4 * dice(1, atMs / 1000)) / 10);
  }
  await filler.flush();
  await store.tend(fromMs + hours * HOUR_MS, true);
}

/** Measures what the hourly job costs: at its first run, with many hours to catch up, and in an ordinary hour. */
async function measureJob(world: World, hours: number, say: (line: string) => void): Promise<Figures> {
  return withLedger(async (ledger, folder) => {
    const store = await openStore(folder, START_MS + 2 * DAY_MS);
    const filler = new Filler(store);
    const hourly = new HourlyValues({ history: store, upkeep: store, ledger });
    const delay = monitorEventLoopDelay({ resolution: 1 });
    // Measures the processor time of all threads of this process, so that other programs do not count.
    const run = async (): Promise<number> => {
      delay.enable();
      const before = process.cpuUsage();
      await hourly.writeSums();
      delay.disable();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    try {
      await fillHours(store, filler, world, START_MS, hours);
      const catchUpCpuMs = await run();
      await fillHours(store, filler, world, START_MS + hours * HOUR_MS, 1);
      delay.reset();
      const hourCpuMs = await run();
      const [loopDelayP99Ms, loopDelayMaxMs] = [delay.percentile(99) / 1e6, delay.max / 1e6];
      say(
        `${hourCpuMs.toFixed(0)} ms of processor time for an hour of ${world.detectors.length} detectors and ${world.zones.length} zones and feeders; the loop waited ${loopDelayP99Ms.toFixed(1)} ms at p99, ${loopDelayMaxMs.toFixed(1)} ms at most. ${catchUpCpuMs.toFixed(0)} ms to catch up ${hours} hours`,
      );
      return { hourCpuMs, catchUpCpuMs, catchUpHours: hours, loopDelayP99Ms, loopDelayMaxMs };
    } finally {
      await store.close();
    }
  });
}

export const ledger: Bench = {
  what: 'the ledger of years: its bytes per year for the simulated county, and what the hourly job costs',
  options: {
    scale: 'scale of the simulated county (1)',
    days: 'days that are written (60)',
    hours: 'hours that the job catches up first (12)',
  },
  async run(options, say) {
    const files = generateCounty(SEED, options.number('scale', 1));
    const world = readWorld(files);
    const size = await measureSize(world, keysOf(world, files), options.number('days', 60), say);
    return { ...size, ...(await measureJob(world, options.number('hours', 12), say)) };
  },
};
