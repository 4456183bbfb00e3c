import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { startBuilt } from '../support/startBuilt.ts';
import { eventually } from '../support/startHost.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { startPublisher } from './load/offer.ts';
import { percentile } from './load/percentile.ts';
import { ProbeScreen } from './load/ProbeScreen.ts';
import { fillMonth, writeMonthsCounty } from './monthOfCounty.ts';
import { openStore, storedBytes } from './monthOfSamples.ts';

type Say = (line: string) => void;

const VEHICLE_EVERY_MS = 20;
/** Readings of the county's meters, sent beside the vehicle's positions. */
const READINGS_A_SECOND = 500;
const MOST_SECONDS = 3600;
const PATIENCE_MS = 120_000;

/** Prepares a store with days of data up to now, and the county's folder beside it. */
async function prepare(
  folder: string,
  scale: number,
  days: number,
  say: Say,
): Promise<{ meterIds: string[]; samples: number; bytes: number }> {
  const meterIds = await writeMonthsCounty(join(folder, 'county'), scale);
  const nowMs = Date.now();
  const store = await openStore(folder, nowMs);
  const { samples } = await fillMonth(store, { scale, days, endMs: nowMs }, say);
  await store.close();
  return { meterIds, samples, bytes: storedBytes(folder) };
}

/** Publishes the position of a vehicle all the time. */
function drive(client: MqttClient): NodeJS.Timeout {
  return setInterval(
    () =>
      client.publish('beacon/v1/vehicle/probe', JSON.stringify({ at: Date.now(), lon: 0.5, lat: 0.5, speedMps: 8 })),
    VEHICLE_EVERY_MS,
  );
}

/** Resolves at the moment when the screen has a frame with a vehicle that was measured after `sinceMs`. */
async function firstValue(screen: ProbeScreen, token: string, sinceMs: number): Promise<number> {
  const seen = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('No live value came.')), PATIENCE_MS);
    screen.onVehicle = (_, seenAtMs) => {
      if (seenAtMs < sinceMs) return;
      clearTimeout(timer);
      resolve(performance.now());
    };
  });
  await screen.open(token);
  return seen;
}

/** Reads the token of the wall display, which needs no person and no password. It is made at the first start. */
const readWallToken = (folder: string): string | undefined =>
  existsSync(join(folder, 'wall-token')) ? readFileSync(join(folder, 'wall-token'), 'utf8').trim() : undefined;

/** Measures from the start of the process until it prints its address, and until the screen has a value. */
async function startOnce(brokerUrl: string, folder: string): Promise<{ readyMs: number; liveMs: number }> {
  const [startedMs, sinceMs] = [performance.now(), Date.now()];
  const args = [
    'engine',
    '--broker',
    brokerUrl,
    '--county',
    join(folder, 'county'),
    '--data',
    folder,
    '--listen',
    '127.0.0.1:0',
  ];
  const { ready, stop } = await startBuilt('host', args, /^Beacon is at (http:\S+)/);
  const readyMs = performance.now() - startedMs;
  const token = await eventually('The token of the wall', () => readWallToken(folder));
  const screen = new ProbeScreen((ready[1] ?? '').replace(/\/$/, ''));
  try {
    return { readyMs, liveMs: (await firstValue(screen, token, sinceMs)) - startedMs };
  } finally {
    screen.close();
    await stop();
  }
}

async function run(options: BenchOptions, say: Say): Promise<Figures> {
  const [scale, days, starts] = [options.number('scale', 1), options.number('days', 30), options.number('starts', 5)];
  const folder = mkdtempSync(join(tmpdir(), 'beacon-start-'));
  const broker = await startMosquitto();
  const client = await connectAsync(broker.url);
  const vehicle = drive(client);
  try {
    say(
      `A store of ${days} days of ${scale} of the county is filled; then the engine starts on it ${starts} times, with a publisher going at the broker.`,
    );
    const { meterIds, samples, bytes } = await prepare(folder, scale, days, say);
    const publisher = await startPublisher(broker.port, 0, meterIds);
    // The publisher goes on until it is stopped.
    publisher.ask({ perSecond: READINGS_A_SECOND, seconds: MOST_SECONDS }).catch(() => undefined);
    const times: { readyMs: number; liveMs: number }[] = [];
    for (let start = 0; start < starts; start++) {
      const time = await startOnce(broker.url, folder);
      times.push(time);
      say(
        `  start ${start + 1}: its address after ${Math.round(time.readyMs)} ms, the first live value on a screen after ${Math.round(time.liveMs)} ms`,
      );
    }
    publisher.stop();
    const [startMs, readyMs] = [times.map(({ liveMs }) => liveMs), times.map((time) => time.readyMs)].map((list) =>
      Math.round(percentile(list, 0.5)),
    ) as [number, number];
    say(
      `${samples.toLocaleString('en')} samples in ${(bytes / 1e6).toFixed(0)} MB, the file in the system's cache: ${startMs} ms from the start of the process to the first live value, at the median of ${starts}.`,
    );
    return {
      startMs,
      readyMs,
      slowestMs: Math.round(Math.max(...times.map(({ liveMs }) => liveMs))),
      starts,
      samples,
      bytes,
    };
  } finally {
    clearInterval(vehicle);
    await client.endAsync(true);
    await broker.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures how long it takes from a start until a screen is live again. */
export const start: Bench = {
  what: "from the engine's start on a store of a month until a screen has the first live value",
  options: {
    scale: 'share of the county (1: it takes about ten minutes to fill)',
    days: 'days of it in the store (30)',
    starts: 'how many starts; the median counts (5)',
  },
  run,
};
