import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../support/startEngine.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { Child } from './load/Child.ts';
import { cpuSeconds } from './load/cpuSeconds.ts';
import { meterCounty } from './load/meterCounty.ts';
import { hold, offer, raise, startPublisher } from './load/offer.ts';
import type { Receiver, Trial } from './load/offer.ts';

type Say = (line: string) => void;
type Broker = Awaited<ReturnType<typeof startMosquitto>>;
type Ground = {
  broker: Broker;
  folder: string;
  meterIds: string[];
  qos: 0 | 1;
  seconds: number;
  from: number;
  say: Say;
};

const TRIAL_SECONDS = 4;
/** A rate that is held for seconds is not always held for a minute, so the first rate to try is this share of it. */
const SUSTAINED = 0.9;
const WARM_UP = { perSecond: 10_000, seconds: 6 };
/**
 * The broker drops messages when more than this many wait for a receiver. That is about two seconds at the rate that is
 * aimed at, so that a queue that keeps growing is noticed.
 */
const MOST_WAITING = 200_000;

async function withMeters<T>(
  ground: Ground,
  receiver: Receiver,
  measure: (publisher: Awaited<ReturnType<typeof startPublisher>>) => Promise<T>,
): Promise<T> {
  const publisher = await startPublisher(ground.broker.port, ground.qos, ground.meterIds);
  try {
    // This warms compilers and caches, and makes every series known.
    await offer(publisher, receiver, WARM_UP.perSecond, WARM_UP.seconds);
    return await measure(publisher);
  } finally {
    publisher.stop();
  }
}

/**
 * The highest rate per second that the bare client received in any trial, whether or not every message came: this
 * favours the client.
 */
async function measureBareClient(ground: Ground): Promise<number> {
  ground.say('A bare MQTT.js client that only counts:');
  const client = new Child<string, number>('bareClientProcess.ts', [String(ground.broker.port), String(ground.qos)]);
  try {
    await client.answer();
    const receiver = { received: () => client.ask('count') };
    const trials = await withMeters(ground, receiver, (publisher) =>
      raise(publisher, receiver, ground.from, TRIAL_SECONDS, ground.say),
    );
    return Math.max(...trials.map(({ perSecond }) => perSecond));
  } finally {
    client.stop();
  }
}

/** Processor time per message of each process, in microseconds, over the whole measurement. */
async function cpuMicros(
  pids: Readonly<Record<string, number>>,
  receiver: Receiver,
  measure: () => Promise<Trial>,
): Promise<Trial & { cpuMicros: Record<string, number> }> {
  const read = (): number[] => Object.values(pids).map(cpuSeconds);
  const [secondsBefore, messagesBefore] = [read(), await receiver.received()];
  const trial = await measure();
  const messages = (await receiver.received()) - messagesBefore;
  const micros = read().map((seconds, place) => ((seconds - (secondsBefore[place] ?? 0)) * 1e6) / messages);
  return {
    ...trial,
    cpuMicros: Object.fromEntries(Object.keys(pids).map((name, place) => [name, micros[place] ?? Number.NaN])),
  };
}

async function measureEngine(
  ground: Ground,
): Promise<Trial & { cpuMicros: Record<string, number>; loopDelayP99Ms: number }> {
  const { broker, folder, from, seconds, say } = ground;
  say('Beacon:');
  const engine = await startEngine({
    brokerUrl: broker.url,
    countyDir: join(folder, 'county'),
    dataDir: join(folder, 'data'),
  });
  try {
    const receiver = {
      received: async () => (await engine.metric('beacon_samples_committed_total{feed="beacon-meters"}')) / 2,
    };
    const trial = await withMeters(ground, receiver, (publisher) =>
      cpuMicros({ engine: engine.pid, broker: broker.pid(), publisher: publisher.pid }, receiver, async () => {
        const trials = await raise(publisher, receiver, from, TRIAL_SECONDS, say);
        const highest = trials.findLast(({ isWhole }) => isWhole)?.offeredPerSecond ?? from;
        return hold(publisher, receiver, { from: SUSTAINED * highest, least: from / 2, seconds }, say);
      }),
    );
    return { ...trial, loopDelayP99Ms: (await engine.metric('beacon_loop_delay_p99_seconds')) * 1000 };
  } finally {
    await engine.stop();
  }
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

async function run(options: BenchOptions, say: Say): Promise<Figures> {
  const qos = options.number('qos', 0) === 1 ? 1 : 0;
  const [meters, seconds, from] = [
    options.number('meters', 40_000),
    options.number('seconds', 60),
    options.number('from', 20_000),
  ];
  const folder = mkdtempSync(join(tmpdir(), 'beacon-bench-'));
  const broker = await startMosquitto({
    settings: [`max_queued_messages ${MOST_WAITING}`, 'max_inflight_messages 0', 'set_tcp_nodelay false'],
  });
  try {
    say(
      `Readings of two values from ${meters} electricity meters, QoS ${qos}, one publisher, Mosquitto and one receiver on this machine; the rate is raised until the first loss.`,
    );
    const meterIds = await meterCounty(join(folder, 'county'), meters);
    const ground = { broker, folder, meterIds, qos, seconds, from, say } as const;
    // The bare client is measured before and after, because a machine that others use too may have become faster or
    // slower meanwhile.
    const before = await measureBareClient(ground);
    const trial = await measureEngine(ground);
    const bare = Math.max(before, await measureBareClient(ground));
    const ratio = trial.perSecond / bare;
    say(
      `Beacon committed ${trial.received} of ${trial.published} messages, ${Math.round(trial.perSecond)} a second over ${seconds} s; a bare client received ${Math.round(bare)} a second (ratio ${ratio.toFixed(2)}).`,
    );
    say(
      `Processor time a message: ${Object.entries(trial.cpuMicros)
        .map(([name, micros]) => `${name} ${micros.toFixed(1)} µs`)
        .join(', ')}. The engine's loop was delayed by ${tenths(trial.loopDelayP99Ms)} ms at p99.`,
    );
    // The broker works on one core, so no receiver on this machine could be faster than this.
    const brokerLimit = 1e6 / (trial.cpuMicros['broker'] ?? Number.NaN);
    say(`The broker, which has one thread, passes on ${Math.round(brokerLimit)} a second at most on this machine now.`);
    return {
      qos,
      meters,
      seconds,
      messagesPerSecond: Math.round(trial.perSecond),
      published: trial.published,
      committed: trial.received,
      lost: trial.lost,
      bareClientMessagesPerSecond: Math.round(bare),
      ratio: Math.round(ratio * 1000) / 1000,
      brokerLimitPerSecond: Math.round(brokerLimit),
      loopDelayP99Ms: tenths(trial.loopDelayP99Ms),
      ...Object.fromEntries(
        Object.entries(trial.cpuMicros).map(([name, micros]) => [`${name}CpuMicrosPerMessage`, tenths(micros)]),
      ),
    };
  } finally {
    await broker.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures how many readings per second are committed with none lost. */
export const intake: Bench = {
  what: 'readings through a real Mosquitto until they are committed, at the highest rate without loss',
  options: {
    qos: '0 or 1 (0)',
    seconds: 'how long the highest rate is held (60)',
    meters: 'how many meters (40000)',
    from: 'messages a second to begin with (20000)',
  },
  run,
};
