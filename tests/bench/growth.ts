import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../support/startEngine.ts';
import type { RunningEngine } from '../support/startEngine.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { cpuSeconds } from './load/cpuSeconds.ts';
import { meterCounty } from './load/meterCounty.ts';
import { offer, startPublisher } from './load/offer.ts';
import type { Publisher, Receiver } from './load/offer.ts';
import { residentBytes } from './load/residentBytes.ts';

type Say = (line: string) => void;
type Plan = { meters: number; rate: number; warmUpRate: number; seconds: number };
type Growth = { series: number; messages: number; lost: number; cpuMicrosPerMessage: number; residentBytes: number };

/** The number of electricity meters of the county at scale 1; each has two series. */
const METERS = 40_000;
const PASSES_BEFORE = 2;
const LEAST_WARM_UP_SECONDS = 10;
/** A pause before anything is read, so that messages under way have arrived and temporary memory has been released. */
const SETTLE_MS = 10_000;
/**
 * An engine that uses more of a processor than this without messages is still busy with work from its start: the search
 * index of a large county takes minutes.
 */
const QUIET_SHARE = 0.2;
const MOST_SETTLES = 30;
/** A county of so few meters shows what the engine itself uses with the same number of messages. */
const FEW_METERS = 100;

async function settle(engine: RunningEngine): Promise<void> {
  for (let time = 0; time < MOST_SETTLES; time++) {
    const before = cpuSeconds(engine.pid);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    if ((cpuSeconds(engine.pid) - before) * 1000 < QUIET_SHARE * SETTLE_MS) return;
  }
  throw new Error('the engine does not come to rest');
}

/**
 * Waits until every meter has been heard at least twice; then measures the processor time over a period at the fixed
 * rate, and the memory after it.
 */
async function measure(
  engine: RunningEngine,
  publisher: Publisher,
  { meters, rate, warmUpRate, seconds }: Plan,
): Promise<Growth> {
  const receiver: Receiver = {
    received: async () => (await engine.metric('beacon_samples_committed_total{feed="beacon-meters"}')) / 2,
  };
  await offer(publisher, receiver, warmUpRate, Math.max(LEAST_WARM_UP_SECONDS, (PASSES_BEFORE * meters) / warmUpRate));
  await settle(engine);
  const before = cpuSeconds(engine.pid);
  const { received, lost } = await offer(publisher, receiver, rate, seconds);
  const used = cpuSeconds(engine.pid) - before;
  await settle(engine);
  return {
    series: await engine.metric('beacon_series'),
    messages: received,
    lost,
    cpuMicrosPerMessage: (used * 1e6) / received,
    residentBytes: residentBytes(engine.pid),
  };
}

async function withCounty(plan: Plan): Promise<Growth> {
  const folder = mkdtempSync(join(tmpdir(), 'beacon-growth-'));
  const broker = await startMosquitto();
  try {
    const meterIds = await meterCounty(join(folder, 'county'), plan.meters);
    const engine = await startEngine({
      brokerUrl: broker.url,
      countyDir: join(folder, 'county'),
      dataDir: join(folder, 'data'),
    });
    const publisher = await startPublisher(broker.port, 0, meterIds);
    try {
      return await measure(engine, publisher, plan);
    } finally {
      publisher.stop();
      await engine.stop();
    }
  } finally {
    await broker.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Measures at the scale, or at the first of its halves that the engine can hold; undefined if it can hold none above
 * `floor`.
 */
async function largest(
  scale: number,
  floor: number,
  plan: Omit<Plan, 'meters'>,
  say: Say,
): Promise<{ scale: number; growth: Growth } | undefined> {
  for (let tried = scale; tried > floor; tried /= 2) {
    try {
      return { scale: tried, growth: await withCounty({ ...plan, meters: Math.round(METERS * tried) }) };
    } catch (error) {
      say(`  ${tried} times the county does not fit: ${String(error).split('\n')[0] ?? ''}`);
    }
  }
  return undefined;
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

async function run(options: BenchOptions, say: Say): Promise<Figures> {
  const plan = {
    rate: options.number('rate', 10_000),
    warmUpRate: options.number('warm-up-rate', 30_000),
    seconds: options.number('seconds', 20),
  };
  const scales = options.text('scales', '1,10,100').split(',').map(Number);
  say(
    `${METERS.toLocaleString('en')} electricity meters of two series at scale 1; each is heard twice, then ${plan.rate} readings a second come for ${plan.seconds} s.`,
  );
  const alone = (await withCounty({ ...plan, meters: FEW_METERS })).residentBytes;
  say(`  ${FEW_METERS} meters: ${(alone / 1e6).toFixed(0)} MB is what the engine takes by itself at the same rates.`);
  const found: { scale: number; growth: Growth }[] = [];
  for (const scale of scales) {
    const each = await largest(scale, found.at(-1)?.scale ?? 0, plan, say);
    if (each === undefined) break;
    found.push(each);
    const { growth } = each;
    say(
      `  ${each.scale} times the county, ${growth.series.toLocaleString('en')} series: ${growth.cpuMicrosPerMessage.toFixed(1)} µs a message, ${(growth.residentBytes / 1e6).toFixed(0)} MB, ${Math.round((growth.residentBytes - alone) / growth.series)} bytes a series; ${growth.lost} of ${growth.messages + growth.lost} messages lost`,
    );
  }
  const byScale = (read: (growth: Growth) => number): Record<string, number> =>
    Object.fromEntries(found.map(({ scale, growth }) => [String(scale), tenths(read(growth))]));
  return {
    cpuMicrosPerMessage: byScale((growth) => growth.cpuMicrosPerMessage),
    bytesPerSeries: byScale((growth) => (growth.residentBytes - alone) / growth.series),
    series: byScale(({ series }) => series),
    residentMb: byScale((growth) => growth.residentBytes / 1e6),
    lost: byScale(({ lost }) => lost),
    aloneMb: tenths(alone / 1e6),
    largestScale: found.at(-1)?.scale ?? 0,
  };
}

/** Measures what a larger county costs. */
export const growth: Bench = {
  what: 'processor time a message and memory a series at several sizes of the county',
  options: {
    scales: 'times the county (1,10,100); one that does not fit is halved',
    rate: 'readings a second (10000)',
    'warm-up-rate': 'readings a second until all meters are known (30000)',
    seconds: 'how long the rate is held (20)',
  },
  run,
};
