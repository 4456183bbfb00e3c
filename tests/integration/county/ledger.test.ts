import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FeedId } from '../../../main/engine/ingest/feeds/feedList.ts';
import { generateCounty } from '../../support/generateCounty.ts';
import { Ledger } from '../../support/Ledger.ts';
import type { Branch } from '../../support/Ledger.ts';
import { startBuilt } from '../../support/startBuilt.ts';
import type { BuiltProcess } from '../../support/startBuilt.ts';
import { startEngine } from '../../support/startEngine.ts';
import type { RunningEngine } from '../../support/startEngine.ts';
import { eventually } from '../../support/startHost.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { StoredTelemetry } from '../../support/StoredTelemetry.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const LIMIT_MS = 600_000;
const HISTORY_MS = 400_000;
const LIVE_MS = 15_000;

/** The county of the usual size in a folder, with the places of everything that a run needs. */
async function prepare(): Promise<{
  countyDir: string;
  dataDir: string;
  brokerDir: string;
  ledgerFile: string;
  startMs: number;
}> {
  const folder = temporaryFolder();
  const countyDir = join(folder, 'county');
  await generateCounty(countyDir, 1);
  return {
    countyDir,
    dataDir: join(folder, 'data'),
    brokerDir: join(folder, 'broker'),
    ledgerFile: join(folder, 'ledger'),
    startMs: Math.floor(Date.now() / 1000) * 1000,
  };
}

type Run = { countyDir: string; ledgerFile: string; startMs: number };

/** A county in which power fails and people report, so that there is a message of each kind. */
async function simulate(
  brokerUrl: string,
  { countyDir, ledgerFile, startMs }: Run,
  days: number,
): Promise<BuiltProcess> {
  const args = [
    '--history-days',
    String(days),
    '--start',
    new Date(startMs).toISOString(),
    '--scenario',
    'outage,reports',
    '--ledger',
    ledgerFile,
  ];
  const simulator = await startBuilt(
    'simulator',
    ['run', '--broker', brokerUrl, '--county', countyDir, ...args],
    /is live on/,
  );
  onTestFinished(async () => {
    await simulator.kill();
  });
  return simulator;
}

/** Stops the county when its history is through and some of the present has come after it. */
async function finish(simulator: BuiltProcess): Promise<void> {
  await eventually('The history', () => /History of .* delivered/.exec(simulator.output())?.[0], HISTORY_MS);
  await new Promise((resolve) => setTimeout(resolve, LIVE_MS));
  expect(await simulator.stop()).toBe(0);
}

const received = (engine: RunningEngine, feed: FeedId): Promise<number> =>
  engine.metric(`beacon_messages_received_total{feed="${feed}"}`);
const committed = (engine: RunningEngine, feed: FeedId): Promise<number> =>
  engine.metric(`beacon_samples_committed_total{feed="${feed}"}`);

const feedOf = {
  meter: 'beacon-meters',
  zone: 'beacon-zones',
  traffic: 'beacon-traffic',
  unit: 'beacon-units',
  report: 'beacon-reports',
} as const satisfies Record<Branch, FeedId>;
const sampled = ['meter', 'zone', 'traffic'] as const satisfies readonly Branch[];

/** Waits until nothing more arrives and nothing waits for its commit. */
async function settle(engine: RunningEngine): Promise<void> {
  let before = -1;
  let quietLooks = 0;
  await eventually(
    'The end of the stream',
    async () => {
      const counts = await Promise.all(Object.values(feedOf).map((feed) => received(engine, feed)));
      const total = counts.reduce((sum, count) => sum + count, 0);
      quietLooks = total === before && (await engine.metric('beacon_queue_rows')) === 0 ? quietLooks + 1 : 0;
      before = total;
      await new Promise((resolve) => setTimeout(resolve, 2000));
      // One quiet look can be a busy machine or a connection that is just coming back.
      return quietLooks >= 4 || undefined;
    },
    180_000,
  );
}

function valuesByDevice(ledger: Ledger, branch: Branch): Map<string, number> {
  const values = new Map<string, number>();
  for (const { deviceId, values: count } of ledger.delivered(branch))
    values.set(deviceId, (values.get(deviceId) ?? 0) + count);
  return values;
}

/**
 * What differs between the ledger and the store, in words; each instant and each device must have exactly what was
 * acknowledged.
 */
function differences(ledger: Ledger, store: StoredTelemetry): string[] {
  const found: string[] = [];
  for (const branch of sampled) {
    const stored = store.samplesByDevice();
    for (const [deviceId, count] of valuesByDevice(ledger, branch)) {
      if ((stored.get(deviceId) ?? 0) !== count)
        found.push(`${deviceId}: ${count} acknowledged, ${stored.get(deviceId) ?? 0} stored`);
    }
    for (const { deviceId, atMs, isBlock, values } of ledger.delivered(branch)) {
      const count = store.samplesAt(deviceId, atMs);
      if (isBlock ? count > values : count !== values)
        found.push(`${deviceId} at ${atMs}: ${values} acknowledged, ${count} stored`);
    }
  }
  return found;
}

/** Samples in the store by the feed that their devices report through. */
function storedByFeed(ledger: Ledger, store: StoredTelemetry): Record<(typeof sampled)[number], number> {
  const stored = store.samplesByDevice();
  const sumOf = (branch: Branch): number =>
    [...valuesByDevice(ledger, branch).keys()].reduce((sum, deviceId) => sum + (stored.get(deviceId) ?? 0), 0);
  return { meter: sumOf('meter'), zone: sumOf('zone'), traffic: sumOf('traffic') };
}

async function committedByFeed(engine: RunningEngine): Promise<Record<(typeof sampled)[number], number>> {
  const [meter, zone, traffic] = await Promise.all([
    committed(engine, feedOf.meter),
    committed(engine, feedOf.zone),
    committed(engine, feedOf.traffic),
  ]);
  return { meter, zone, traffic };
}

function openStore(dataDir: string): StoredTelemetry {
  const store = new StoredTelemetry(dataDir);
  onTestFinished(() => store.close());
  return store;
}

async function engineAt(
  brokerUrl: string,
  { countyDir, dataDir }: { countyDir: string; dataDir: string },
): Promise<RunningEngine> {
  const engine = await startEngine({ brokerUrl, countyDir, dataDir });
  onTestFinished(async () => {
    await engine.kill();
  });
  return engine;
}

describe('what the broker acknowledged to the devices of a whole county', () => {
  it(
    'is in the store, once, and the metrics say so (embedded broker, three days of history)',
    async () => {
      const run = await prepare();
      const broker = await startBuilt('broker', ['--data', run.brokerDir, '--port', '0'], /"listening":(\d+)/);
      onTestFinished(async () => {
        await broker.kill();
      });
      const brokerUrl = `mqtt://127.0.0.1:${broker.ready[1] ?? ''}`;
      const engine = await engineAt(brokerUrl, run);
      await finish(await simulate(brokerUrl, run, 3));
      await settle(engine);
      const ledger = new Ledger(run.ledgerFile);
      const inMetrics = await committedByFeed(engine);
      for (const branch of [...sampled, 'unit', 'report'] as const)
        expect([branch, await received(engine, feedOf[branch])]).toEqual([branch, ledger.messages(branch)]);
      expect(await engine.stop()).toBe(0);
      const store = openStore(run.dataDir);
      expect(differences(ledger, store)).toEqual([]);
      expect(store.events()).toEqual(ledger.events());
      expect(inMetrics).toEqual(storedByFeed(ledger, store));
      expect(store.deadLetters()).toEqual([]);
      expect(ledger.events().size).toBeGreaterThan(0);
      expect(inMetrics.meter).toBeGreaterThan(2_500_000);
    },
    LIMIT_MS,
  );

  it(
    'is there also when the engine was killed and the broker restarted in the middle (Mosquitto)',
    async () => {
      const run = await prepare();
      const broker = await startMosquitto();
      onTestFinished(broker.dispose);
      const first = await engineAt(broker.url, run);
      const simulator = await simulate(broker.url, run, 0.25);
      await eventually(
        'A quarter of the history',
        async () => (await received(first, feedOf.meter)) > 10_000 || undefined,
        HISTORY_MS,
      );
      await first.kill();
      const before = openStore(run.dataDir).samples();
      const second = await engineAt(broker.url, run);
      await eventually(
        'Half of the history',
        async () => (await received(second, feedOf.meter)) > 10_000 || undefined,
        HISTORY_MS,
      );
      await broker.stop();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await broker.start();
      await finish(simulator);
      await settle(second);
      const inMetrics = await committedByFeed(second);
      // The delays of buses are kept for their routes.
      const delays = (await committed(second, 'beacon-vehicles')) + (await committed(second, 'hfp'));
      expect(await second.stop()).toBe(0);
      const ledger = new Ledger(run.ledgerFile);
      const store = openStore(run.dataDir);
      expect(differences(ledger, store)).toEqual([]);
      expect(store.events()).toEqual(ledger.events());
      expect(store.deadLetters()).toEqual([]);
      expect(inMetrics.meter + inMetrics.zone + inMetrics.traffic + delays).toBe(store.samples() - before);
      expect(before).toBeGreaterThan(0);
    },
    LIMIT_MS,
  );
});
