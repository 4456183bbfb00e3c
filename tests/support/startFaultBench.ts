import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RequestInput } from '../../shared/contract/contract.ts';
import { faultCounty, MeterStream } from './MeterStream.ts';
import type { Screen } from './openScreen.ts';
import { startEngine } from './startEngine.ts';
import type { RunningEngine } from './startEngine.ts';
import { eventually } from './startHost.ts';
import { startMosquitto } from './startMosquitto.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { writeCounty } from './writeCounty.ts';

const METERS = 5;
const HOUR_MS = 3_600_000;

/** The incident that people open while something is broken. */
export const darkStreet: RequestInput<'incident.open'> = {
  type: 'powerOutage',
  priority: 2,
  title: 'Dark street',
  place: 'Here',
  alarmIds: [],
};

export type FaultBench = {
  dataDir: string;
  countyDir: string;
  /** The address of the broker. */
  url: string;
  stream: MeterStream;
  /** `port` 0, the default, means any free port. */
  start: (clock?: 'wall' | 'broker', port?: number) => Promise<RunningEngine>;
  /** Waits until a screen's engine has every reading sent so far exactly once. */
  complete: (screen: Screen) => Promise<void>;
};

async function startBroker(): Promise<string> {
  const broker = await startMosquitto();
  onTestFinished(broker.dispose);
  return broker.url;
}

/**
 * A tiny county, a broker, meters with a ledger, and an engine that can be started on a data folder. All of it is
 * removed when the test is over.
 */
export async function startFaultBench({
  dataDir,
  brokerUrl,
}: { dataDir?: string; brokerUrl?: string } = {}): Promise<FaultBench> {
  const folder = temporaryFolder();
  const countyDir = join(folder, 'county');
  const data = dataDir ?? join(folder, 'data');
  await writeCounty(countyDir, faultCounty(METERS));
  const url = brokerUrl ?? (await startBroker());
  const stream = await MeterStream.connect(url, METERS, Math.floor(Date.now() / 1000) * 1000 - HOUR_MS);
  onTestFinished(() => stream.end());
  const start: FaultBench['start'] = async (clock = 'wall', port = 0) => {
    const engine = await startEngine({ brokerUrl: url, countyDir, dataDir: data, clock, port });
    onTestFinished(async () => {
      await engine.kill();
    });
    return engine;
  };
  const complete = async (screen: Screen): Promise<void> => {
    await stream.pause();
    await eventually(
      'Every reading',
      async () => ((await stream.differences(screen)).length === 0 ? true : undefined),
      60_000,
    );
  };
  return { dataDir: data, countyDir, url, stream, start, complete };
}

/** The texts of the notices that a screen shows. */
export const noticesOf = (screen: Screen): string =>
  (screen.stream('notices').get() ?? []).map(({ text }) => text).join('\n');

/** Waits for an alarm of a rule. */
export const alarmOf = (screen: Screen, rule: string): Promise<string> =>
  eventually(
    `The alarm ${rule}`,
    () =>
      [...(screen.stream('alarms').get()?.values() ?? [])].find(
        (alarm) => alarm.rule === rule && alarm.state === 'active',
      )?.title,
  );
