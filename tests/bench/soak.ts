import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCounty } from '../support/generateCounty.ts';
import { startEngine } from '../support/startEngine.ts';
import type { RunningEngine } from '../support/startEngine.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { startSimulator } from '../support/startSimulator.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { percentile } from './load/percentile.ts';
import { ProbeScreen } from './load/ProbeScreen.ts';
import { residentBytes } from './load/residentBytes.ts';
import { openStore } from './monthOfSamples.ts';

type Say = (line: string) => void;
type Moment = { hours: number; mb: number };
type Soaked = { moments: Moment[]; samples: number; shed: number; fileMb: number; endMs: number };

const HOUR_MS = 3_600_000;
const LOOK_EVERY_MS = 500;
/** The watched time is divided into this many parts; the memory of the first is compared with that of the last. */
const PARTS = 8;
const BOUND_SHARE = 0.5;
/** Each sweep gives part of the free pages back to the disk. */
const SWEEPS = 20;

const filesMb = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1e6;

async function countyTime(engine: RunningEngine): Promise<number> {
  const { nowMs } = (await (await fetch(`${engine.url}/healthz`)).json()) as { nowMs: number };
  return nowMs;
}

/** Reads the memory until a number of hours of the county have passed since its clock was first heard. */
async function watch(engine: RunningEngine, hours: number, say: Say): Promise<{ moments: Moment[]; endMs: number }> {
  const startedMs = await countyTime(engine);
  const moments: Moment[] = [];
  for (let [atMs, toldAt] = [startedMs, 0]; atMs - startedMs < hours * HOUR_MS;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    atMs = await countyTime(engine);
    const moment = { hours: (atMs - startedMs) / HOUR_MS, mb: residentBytes(engine.pid) / 1e6 };
    moments.push(moment);
    if (moment.hours - toldAt < hours / PARTS) continue;
    toldAt = moment.hours;
    say(`  after ${toldAt.toFixed(1)} hours of the county: ${moment.mb.toFixed(0)} MB`);
  }
  return { moments, endMs: startedMs + (moments.at(-1)?.hours ?? 0) * HOUR_MS };
}

async function live(
  folder: string,
  { scale, speed, hours, startMs }: { scale: number; speed: number; hours: number; startMs: number },
  say: Say,
): Promise<Soaked> {
  const [countyDir, dataDir] = [join(folder, 'county'), join(folder, 'data')];
  const broker = await startMosquitto();
  await generateCounty(countyDir, scale);
  const engine = await startEngine({ brokerUrl: broker.url, countyDir, dataDir, clock: 'broker' });
  const simulator = await startSimulator(broker.url, countyDir, [
    '--speed',
    String(speed),
    '--scenario',
    'demo',
    '--no-history',
    '--start',
    new Date(startMs).toISOString(),
  ]);
  const screen = new ProbeScreen(engine.url);
  try {
    await screen.open();
    // The clock of the county is known once the first values have come.
    while ((await engine.metric('beacon_series')) === 0)
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const watched = await watch(engine, hours, say);
    const text = await (await fetch(`${engine.url}/metrics`)).text();
    const total = (name: string): number =>
      [...text.matchAll(new RegExp(`^${name}\\{.*\\} (\\d+)$`, 'gm'))].reduce(
        (sum, [, count]) => sum + Number(count),
        0,
      );
    return {
      ...watched,
      samples: total('beacon_samples_committed_total'),
      shed: total('beacon_messages_shed_total'),
      fileMb: filesMb(dataDir),
    };
  } finally {
    screen.close();
    await simulator.stop();
    await engine.stop();
    await broker.dispose();
  }
}

/**
 * Opens the same files under a bound of half their size, and measures what is left when the oldest data has been
 * deleted.
 */
async function bound(dataDir: string, endMs: number): Promise<{ boundMb: number; boundedMb: number }> {
  const sealing = await openStore(dataDir, endMs);
  await sealing.tend(endMs, true);
  await sealing.close();
  const file = join(dataDir, 'telemetry.db');
  const mostBytes = BOUND_SHARE * statSync(file).size;
  const store = await openStore(dataDir, endMs, mostBytes);
  for (let sweep = 0; sweep < SWEEPS; sweep++) await store.sweep(endMs);
  await store.close();
  return { boundMb: mostBytes / 1e6, boundedMb: statSync(file).size / 1e6 };
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

async function run(options: BenchOptions, say: Say): Promise<Figures> {
  const [hours, warmUp, speed, scale] = [
    options.number('hours', 24),
    options.number('warm-up', 6),
    options.number('speed', 360),
    options.number('scale', 0.2),
  ];
  const folder = mkdtempSync(join(tmpdir(), 'beacon-soak-'));
  try {
    say(
      `The simulated county at ${scale} of its size lives ${hours} hours, ${speed} times as fast, after ${warmUp} hours of warm-up, before the engine and a screen:`,
    );
    const startMs = Date.now() - (hours + warmUp) * HOUR_MS;
    const { moments, samples, shed, fileMb, endMs } = await live(
      folder,
      { scale, speed, hours: hours + warmUp, startMs },
      say,
    );
    const part = (from: number, to: number): number =>
      percentile(
        moments.filter((moment) => moment.hours >= from && moment.hours <= to).map(({ mb }) => mb),
        0.5,
      );
    const rssStartMb = part(warmUp, warmUp + hours / PARTS);
    const rssEndMb = part(warmUp + hours - hours / PARTS, Number.POSITIVE_INFINITY);
    const { boundMb, boundedMb } = await bound(join(folder, 'data'), endMs);
    say(
      `${samples.toLocaleString('en')} samples committed, ${shed} messages shed. Memory, medians of an eighth of the time: ${rssStartMb.toFixed(0)} MB after the warm-up, ${rssEndMb.toFixed(0)} MB at the end; the files ${fileMb.toFixed(1)} MB.`,
    );
    say(`Sealed and swept under a bound of ${boundMb.toFixed(1)} MB, the store is of ${boundedMb.toFixed(1)} MB.`);
    return {
      rssStartMb: tenths(rssStartMb),
      rssEndMb: tenths(rssEndMb),
      fileMb: tenths(fileMb),
      boundMb: tenths(boundMb),
      boundedFileMb: tenths(boundedMb),
      hours,
      speed,
      scale,
      samples,
      shed,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the engine for a day, and measures how its memory and its files grow. */
export const soak: Bench = {
  what: 'an accelerated day of the simulated county: memory after the warm-up and at the end, and the size of the files',
  options: {
    hours: 'hours of the county after the warm-up (24)',
    'warm-up': 'hours before them (6)',
    speed: 'times as fast as the clock (360)',
    scale: 'share of the county (0.2)',
  },
  run,
};
