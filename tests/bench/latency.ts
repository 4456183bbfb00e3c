import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { startEngine } from '../support/startEngine.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { meterCounty } from './load/meterCounty.ts';
import { offer, startPublisher } from './load/offer.ts';
import { percentile } from './load/percentile.ts';
import { ProbeScreen } from './load/ProbeScreen.ts';

const METERS = 40_000;
const VEHICLES = 20;
/** Not a divisor of the frames' period, so that probes arrive at every phase of it. */
const PROBE_EVERY_MS = 17;
const WARM_UP_SECONDS = 6;

/**
 * Publishes positions of vehicles, one after another, and measures until the screen has the frame that shows each
 * message or a newer one of its vehicle.
 */
async function probe(
  client: MqttClient,
  screen: ProbeScreen,
  seconds: number,
): Promise<{ latenciesMs: number[]; sent: number }> {
  const latenciesMs: number[] = [];
  const waiting = new Map<string, { atMs: number; sentMs: number }[]>();
  screen.onVehicle = (id, seenAtMs) => {
    const nowMs = performance.now();
    const messages = waiting.get(id) ?? [];
    for (const { sentMs } of messages.filter(({ atMs }) => atMs <= seenAtMs)) latenciesMs.push(nowMs - sentMs);
    waiting.set(
      id,
      messages.filter(({ atMs }) => atMs > seenAtMs),
    );
  };
  const endMs = performance.now() + seconds * 1000;
  let sent = 0;
  for (; performance.now() < endMs; sent++) {
    const id = `probe-${sent % VEHICLES}`;
    const atMs = Date.now();
    waiting.set(id, [...(waiting.get(id) ?? []), { atMs, sentMs: performance.now() }]);
    client.publish(
      `beacon/v1/vehicle/${id}`,
      JSON.stringify({ at: atMs, lon: 0.001 * (sent % 500), lat: 0.5, speedMps: 8 }),
    );
    await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
  }
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return { latenciesMs, sent };
}

async function run(options: BenchOptions, say: (line: string) => void): Promise<Figures> {
  const [perSecond, seconds] = [options.number('rate', 10_000), options.number('seconds', 30)];
  const folder = mkdtempSync(join(tmpdir(), 'beacon-bench-'));
  const broker = await startMosquitto();
  const meterIds = await meterCounty(join(folder, 'county'), METERS);
  const engine = await startEngine({
    brokerUrl: broker.url,
    countyDir: join(folder, 'county'),
    dataDir: join(folder, 'data'),
  });
  const publisher = await startPublisher(broker.port, 0, meterIds);
  const client = await connectAsync(broker.url);
  const screen = new ProbeScreen(engine.url);
  try {
    await screen.open();
    const receiver = {
      received: async () => (await engine.metric('beacon_samples_committed_total{feed="beacon-meters"}')) / 2,
    };
    say(
      `A vehicle every ${PROBE_EVERY_MS} ms beside ${perSecond} readings a second of ${METERS} meters, for ${seconds} s: from the publish until a screen's WebSocket has the frame that shows it.`,
    );
    await Promise.all([offer(publisher, receiver, perSecond, WARM_UP_SECONDS), probe(client, screen, WARM_UP_SECONDS)]);
    const [load, { latenciesMs, sent }] = await Promise.all([
      offer(publisher, receiver, perSecond, seconds),
      probe(client, screen, seconds),
    ]);
    if (latenciesMs.length < sent) throw new Error(`Only ${latenciesMs.length} of ${sent} vehicles were shown.`);
    const [p50Ms, p99Ms] = [0.5, 0.99].map((share) => Math.round(percentile(latenciesMs, share) * 10) / 10) as [
      number,
      number,
    ];
    say(
      `${sent} vehicles sent, all shown: ${p50Ms} ms at the median, ${p99Ms} ms at p99, beside ${Math.round(load.perSecond)} readings a second committed, ${load.lost} lost.`,
    );
    return { p50Ms, p99Ms, rate: Math.round(load.perSecond), probes: sent, lost: load.lost };
  } finally {
    screen.close();
    publisher.stop();
    await client.endAsync(true);
    await engine.stop();
    await broker.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures how long it takes until a screen shows what was published. */
export const latency: Bench = {
  what: 'from a publish until a screen has the frame that shows it, under load',
  options: { rate: 'readings a second beside it (10000)', seconds: 'how long (30)' },
  run,
};
