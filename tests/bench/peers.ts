import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../support/startEngine.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { meterCounty } from './load/meterCounty.ts';
import { offer, raise, startPublisher } from './load/offer.ts';
import { startInflux } from './peers/influx.ts';
import { startNodeRed } from './peers/nodeRed.ts';
import { isInstalled } from './peers/runPeer.ts';
import type { Peer } from './peers/runPeer.ts';

type Say = (line: string) => void;
type Contender = {
  name: string;
  key: string;
  program?: string;
  note: string;
  start: (folder: string, broker: { port: number; url: string }) => Promise<Peer>;
};

const WARM_UP = { perSecond: 1000, seconds: 3 };

async function startBeacon(folder: string, { url }: { url: string }): Promise<Peer> {
  const engine = await startEngine({
    brokerUrl: url,
    countyDir: join(folder, 'county'),
    dataDir: join(folder, 'data'),
  });
  const stop = async (): Promise<void> => {
    await engine.stop();
  };
  return {
    received: async () => (await engine.metric('beacon_samples_committed_total{feed="beacon-meters"}')) / 2,
    stop,
  };
}

const contenders: readonly Contender[] = [
  { name: 'Beacon', key: 'beacon', note: 'decoded, judged and committed', start: startBeacon },
  {
    name: 'Node-RED',
    key: 'nodeRed',
    program: 'node-red',
    note: 'a flow into its SQLite node, a transaction every 50 ms',
    start: (folder, { port }) => startNodeRed(folder, port),
  },
  {
    name: 'InfluxDB',
    key: 'influx',
    program: 'influxd',
    note: 'behind a forwarder that writes every 50 ms by HTTP',
    start: (folder, { port }) => startInflux(folder, port),
  },
];

/** Measures the highest rate that was held with nothing lost; 0 if there is none. */
async function measure(
  { name, note, start }: Contender,
  meters: number,
  from: number,
  seconds: number,
  say: Say,
): Promise<number> {
  say(`${name} (${note}):`);
  const folder = mkdtempSync(join(tmpdir(), 'beacon-peers-'));
  const broker = await startMosquitto({
    settings: ['max_queued_messages 200000', 'max_inflight_messages 0', 'set_tcp_nodelay true'],
  });
  try {
    const meterIds = await meterCounty(join(folder, 'county'), meters);
    const peer = await start(folder, broker);
    const publisher = await startPublisher(broker.port, 0, meterIds);
    try {
      await offer(publisher, peer, WARM_UP.perSecond, WARM_UP.seconds);
      const trials = await raise(publisher, peer, from, seconds, say);
      return Math.round(trials.findLast(({ isWhole }) => isWhole)?.perSecond ?? 0);
    } finally {
      publisher.stop();
      await peer.stop();
    }
  } finally {
    await broker.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(options: BenchOptions, say: Say): Promise<Figures> {
  const [meters, from, seconds] = [
    options.number('meters', 5000),
    options.number('from', 4000),
    options.number('seconds', 6),
  ];
  say(
    `The same readings of ${meters} electricity meters, QoS 0, through Mosquitto, the rate raised until the first loss, one after another:`,
  );
  const found: Record<string, number> = {};
  const missing: string[] = [];
  for (const contender of contenders) {
    const { name, key, program } = contender;
    if (program === undefined || isInstalled(program))
      found[`${key}MessagesPerSecond`] = await measure(contender, meters, from, seconds, say);
    else {
      missing.push(name);
      say(`${name} is not installed here: there is no ${program} on the PATH.`);
    }
  }
  say(
    Object.entries(found)
      .map(([key, perSecond]) => `${key.replace('MessagesPerSecond', '')} ${perSecond} messages a second`)
      .join(', '),
  );
  return { ...found, missing: missing.join(', '), meters };
}

/** Compares how other programs handle the same messages. */
export const peers: Bench = {
  what: 'the same readings into Beacon and into what of Node-RED and InfluxDB is installed here, at the highest rate without loss',
  options: {
    meters: 'how many meters (5000)',
    from: 'messages a second to begin with (4000)',
    seconds: 'how long each rate is offered (6)',
  },
  run,
};
