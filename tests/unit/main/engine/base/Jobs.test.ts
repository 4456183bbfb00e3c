import { expect, it } from 'vitest';
import { Jobs } from '../../../../../main/engine/base/Jobs.ts';
import type { Job } from '../../../../../main/engine/base/Jobs.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Run = { name: string; period: number; endedAtMs: number };
type World = {
  jobs: Jobs;
  /** Lets the engine look at its jobs at a time of the county, which is the wall's, too. */
  at: (ms: number, source?: string) => Promise<void>;
  kept: Map<string, Run>;
  faults: string[];
  state: { mayDelete: boolean; isMemoryBroken: boolean };
};

async function start(list: readonly Job[], kept = new Map<string, Run>()): Promise<World> {
  const now = { ms: 0, source: 'county', monotonicMs: 0 };
  const state = { mayDelete: true, isMemoryBroken: false };
  const faults: string[] = [];
  const jobs = new Jobs({
    jobs: list,
    countyMs: () => now.ms,
    wallMs: () => now.ms,
    monotonicMs: () => now.monotonicMs,
    countySource: () => now.source,
    dayOf: (atMs) => Math.floor((atMs - 6 * HOUR_MS) / DAY_MS),
    mayDelete: () => state.mayDelete,
    memory: {
      runs: () => (state.isMemoryBroken ? Promise.reject(new Error('damaged')) : Promise.resolve([...kept.values()])),
      noteRun: (run) => {
        if (state.isMemoryBroken) return Promise.reject(new Error('damaged'));
        kept.set(run.name, run);
        return Promise.resolve();
      },
    },
    log: (_level, message) => faults.push(message),
  });
  await jobs.start();
  return {
    jobs,
    kept,
    faults,
    state,
    async at(ms, source = 'county') {
      now.monotonicMs += Math.max(0, ms - now.ms);
      now.ms = ms;
      now.source = source;
      jobs.beat();
      await jobs.settled();
    },
  };
}

const counting = (more: Partial<Job> = {}): { job: Job; runs: () => number } => {
  let runs = 0;
  const run = (): Promise<void> => {
    runs++;
    return Promise.resolve();
  };
  return { job: { name: 'count', clock: 'county', every: HOUR_MS, run, ...more }, runs: () => runs };
};

it('a job runs once per period, and what was missed is caught up by one run after a restart', async () => {
  const { job, runs } = counting();
  const first = await start([job]);
  for (const minute of [0, 1, 30, 59, 60, 61]) await first.at(minute * MINUTE_MS);
  expect(runs()).toBe(2);
  await first.jobs.stop();
  const second = await start([job], first.kept);
  await second.at(62 * MINUTE_MS);
  expect(runs()).toBe(2);
  await second.jobs.stop();
  const third = await start([job], first.kept);
  await third.at(9 * HOUR_MS);
  await third.at(9 * HOUR_MS + MINUTE_MS);
  expect(runs()).toBe(3);
  await third.jobs.stop();
});

it('a daily job runs once per local day', async () => {
  const { job, runs } = counting({ every: 'day' });
  const world = await start([job]);
  for (const hour of [1, 5, 7, 29, 31]) await world.at(hour * HOUR_MS);
  // Its days begin at six: hours 1 and 5, 7 and 29, and 31.
  expect(runs()).toBe(3);
  await world.jobs.stop();
});

it('a job runs once at a time, and the others meanwhile', async () => {
  const gate = Promise.withResolvers<undefined>();
  let slow = 0;
  const slowJob: Job = {
    name: 'slow',
    clock: 'wall',
    every: MINUTE_MS,

    run: () => {
      slow++;
      return gate.promise;
    },
  };
  const { job, runs } = counting({ every: MINUTE_MS });
  const world = await start([slowJob, job]);
  const beats = [0, 1, 2].map((minute) => world.at(minute * MINUTE_MS));
  await new Promise((resolve) => setImmediate(resolve));
  expect(slow).toBe(1);
  gate.resolve(undefined);
  await Promise.all(beats);
  await world.at(3 * MINUTE_MS);
  expect([slow, runs()]).toEqual([2, 2]);
  await world.jobs.stop();
});

it('a failed run is tried again after a minute, and reported once while the reason is the same', async () => {
  let runs = 0;
  const job: Job = {
    name: 'fail',
    clock: 'county',
    every: HOUR_MS,

    run: () => Promise.reject(new Error(runs++ < 2 ? 'the ledger is damaged' : 'other')),
  };
  const world = await start([job]);
  await world.at(0);
  await world.at(30_000);
  expect(runs).toBe(1);
  await world.at(61_000);
  await world.at(122_000);
  expect(runs).toBe(3);
  expect(world.faults).toEqual([expect.stringContaining('damaged'), expect.stringContaining('other')]);
  expect(world.kept.size).toBe(0);
  await world.jobs.stop();
});

it('what deletes waits until the clock has gone on from one source for ten minutes and may be right', async () => {
  const { job, runs } = counting({ every: 10 * MINUTE_MS, deletes: true });
  const world = await start([job]);
  const at = (minute: number, source?: string): Promise<void> => world.at(minute * MINUTE_MS, source);
  await at(5000, 'wall');
  await at(5009, 'wall');
  // The county's clock comes, a long way off.
  await at(100);
  await at(109);
  expect(runs()).toBe(0);
  await at(110);
  expect(runs()).toBe(1);
  // It goes back.
  await at(50);
  await at(59);
  expect(runs()).toBe(1);
  world.state.mayDelete = false;
  await at(61);
  expect(runs()).toBe(1);
  world.state.mayDelete = true;
  await at(62);
  expect(runs()).toBe(2);
  await world.jobs.stop();
});

it('where the last runs cannot be kept, jobs run all the same', async () => {
  const { job, runs } = counting();
  const world = await start([job]);
  world.state.isMemoryBroken = true;
  for (const minute of [0, 30, 60]) await world.at(minute * MINUTE_MS);
  expect(runs()).toBe(2);
  expect(world.faults).toEqual([]);
  await world.jobs.stop();
});
