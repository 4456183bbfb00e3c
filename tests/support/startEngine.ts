import { startBuilt } from './startBuilt.ts';
import type { BuiltProcess } from './startBuilt.ts';
import { eventually } from './startHost.ts';

type EngineOptions = {
  brokerUrl: string;
  countyDir: string;
  dataDir: string;
  clock?: 'wall' | 'broker';
  /** 0, the default, means any free port. */ port?: number;
  /** Other options of the engine's command line. */ more?: readonly string[];
  /** What is added to the environment. */ env?: NodeJS.ProcessEnv;
};
export type RunningEngine = Omit<BuiltProcess, 'ready'> & {
  url: string;
  /**
   * A figure of /metrics by its name with labels, as it is written there: `beacon_queue_rows`,
   * `beacon_messages_received_total{feed="hfp"}`; 0 if it is absent.
   */
  metric: (name: string) => Promise<number>;
};

async function readMetric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length));
}

/** Starts the built engine under plain Node; resolves once it is connected to its broker. */
export async function startEngine({
  brokerUrl,
  countyDir,
  dataDir,
  clock = 'wall',
  port = 0,
  more = [],
  env = {},
}: EngineOptions): Promise<RunningEngine> {
  const args = [
    'engine',
    '--broker',
    brokerUrl,
    '--county',
    countyDir,
    '--data',
    dataDir,
    '--clock',
    clock,
    '--listen',
    `127.0.0.1:${String(port)}`,
    ...more,
  ];
  const { ready, ...process } = await startBuilt('host', args, /^Beacon is at (http:\S+)/, env);
  const url = (ready[1] ?? '').replace(/\/$/, '');
  await eventually('The connection to the broker', async () => (await fetch(`${url}/healthz`)).ok || undefined);
  return { ...process, url, metric: (name) => readMetric(url, name) };
}
