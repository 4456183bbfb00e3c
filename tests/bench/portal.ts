import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { generateCounty } from '../support/generateCounty.ts';
import { startEngine } from '../support/startEngine.ts';
import type { RunningEngine } from '../support/startEngine.ts';
import { eventually } from '../support/startHost.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { startSimulator } from '../support/startSimulator.ts';
import type { SimulatorRun } from '../support/startSimulator.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { percentile } from './load/percentile.ts';
import { ProbeScreen } from './load/ProbeScreen.ts';
import { Visitors } from './portal/Visitors.ts';

/** A word in everything that is not public; it is searched in every byte that leaves. */
const MARK = 'zqxhidden';
const PUBLISHES = 20;
const PUBLISH_EVERY_MS = 500;
const REPORTS = 10;
/** The start of the engine is not part of the measurement. */
const SETTLE_MS = 10_000;
const PROBE = join(import.meta.dirname, 'load/loopProbe.mjs');
/** The address of who watches the first page, outside those of the visitors. */
const WATCHER = 0xff_ff_ff;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Reports of citizens, from another system and by the form, of which everything has the marked word. */
async function plantReports(portal: string, brokerUrl: string): Promise<void> {
  const client = await connectAsync(brokerUrl);
  for (let at = 0; at < REPORTS; at++) {
    const report = { at: Date.now(), category: 'power', text: MARK, address: MARK };
    await client.publishAsync(`beacon/v1/report/${MARK}-${String(at)}`, JSON.stringify(report), { qos: 1 });
    const body = new URLSearchParams({ address: MARK, words: `${MARK} ${String(at)}` });
    await fetch(`${portal}/en/report/power`, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { 'x-forwarded-for': '10.200.0.1' },
    });
  }
  await client.endAsync();
}

/** An outage in which everything that is not published has the marked word; returns its incident. */
async function plantOutage(probe: ProbeScreen): Promise<string> {
  const { incidentId } = await probe.ask('incident.open', {
    type: 'powerOutage',
    priority: 2,
    title: MARK,
    place: MARK,
    alarmIds: [],
  });
  await probe.ask('incident.note', { incidentId, text: MARK });
  await probe.ask('incident.stateOutage', { incidentId, customers: 1200 });
  await probe.ask('incident.setAlert', { incidentId, text: MARK, routeIds: [] });
  await probe.ask('incident.setPublicMessage', { incidentId, text: MARK, state: 'draft' });
  return incidentId;
}

/** Releases one message after another, and returns how long each took to be on the first page. */
async function publishAgain(probe: ProbeScreen, incidentId: string, visitors: Visitors): Promise<number[]> {
  const tookMs: number[] = [];
  for (let at = 0; at < PUBLISHES; at++) {
    const text = `Message number ${String(at)}.`;
    const startedMs = performance.now();
    await probe.ask('incident.setPublicMessage', { incidentId, text, state: 'released' });
    await eventually('The message', async () => (await visitors.read('/en', WATCHER)).includes(text) || undefined);
    tookMs.push(performance.now() - startedMs);
    await wait(PUBLISH_EVERY_MS);
  }
  return tookMs;
}

/** What the probe in the engine wrote at the second signal. */
const readLoopP99Ms = (engine: RunningEngine, probeFile: string): Promise<number> =>
  eventually('The delay of the loop', () => {
    const path = `${probeFile}.${String(engine.pid)}`;
    return existsSync(path) ? Number(readFileSync(path, 'utf8')) || 0.1 : undefined;
  });

type Load = { brokerUrl: string; probeFile: string; people: number; atOnce: number };

async function measure(
  engine: RunningEngine,
  { brokerUrl, probeFile, people, atOnce }: Load,
  say: (line: string) => void,
): Promise<Record<string, number>> {
  const portal = await eventually('The portal', () => /^The citizens' portal is at (\S+)$/m.exec(engine.output())?.[1]);
  const probe = new ProbeScreen(engine.url, []);
  await probe.open();
  await plantReports(portal, brokerUrl);
  const incidentId = await plantOutage(probe);
  const visitors = new Visitors(portal, MARK, atOnce + 1);
  process.kill(engine.pid, 'SIGUSR2');
  const startedMs = performance.now();
  visitors.start(people, atOnce);
  const published = await publishAgain(probe, incidentId, visitors);
  process.kill(engine.pid, 'SIGUSR2');
  await visitors.stop();
  const seconds = (performance.now() - startedMs) / 1000;
  probe.close();
  const { tookMs, leaks, failed, firstPageBytes } = visitors.answers;
  if (leaks.length > 0) say(`Marked words are on ${[...new Set(leaks)].join(', ')}.`);
  return {
    requestsPerSecond: Math.round(tookMs.length / seconds),
    p99Ms: Math.round(percentile(tookMs, 0.99)),
    publishedToPageP99Ms: Math.round(percentile(published, 0.99)),
    engineLoopP99Ms: Math.round(await readLoopP99Ms(engine, probeFile)),
    leaks: leaks.length,
    firstPageBytes,
    failed,
    people,
  };
}

async function run(options: BenchOptions, say: (line: string) => void): Promise<Figures> {
  const [people, atOnce] = [options.number('people', 2000), options.number('at-once', 100)];
  const folder = mkdtempSync(join(tmpdir(), 'beacon-portal-'));
  const broker = await startMosquitto();
  let engine: RunningEngine | undefined;
  let simulator: SimulatorRun | undefined;
  try {
    const countyDir = join(folder, 'county');
    await generateCounty(countyDir, options.number('scale', 0.1));
    simulator = await startSimulator(broker.url, countyDir);
    // The visitors stand for a reverse proxy, which forwards the address of each person.
    const more = ['--portal', '127.0.0.1:0', '--portal-proxy', '127.0.0.1/32'];
    const probeFile = join(folder, 'loop');
    const env = { NODE_OPTIONS: `--import=${PROBE}`, BEACON_LOOP_PROBE: probeFile };
    engine = await startEngine({ brokerUrl: broker.url, countyDir, dataDir: join(folder, 'data'), more, env });
    await wait(SETTLE_MS);
    say(`${String(people)} people behind a proxy, ${String(atOnce)} at once, read while messages are released.`);
    const figures = await measure(engine, { brokerUrl: broker.url, probeFile, people, atOnce }, say);
    say(
      `${String(figures['requestsPerSecond'])} requests per second, ${String(figures['p99Ms'])} ms at p99, ${String(figures['leaks'])} leaks; a message is on the page within ${String(figures['publishedToPageP99Ms'])} ms.`,
    );
    return figures;
  } finally {
    await engine?.stop();
    await simulator?.stop();
    await broker.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const portal: Bench = {
  what: "the citizens' portal during an outage beside a running county: requests per second, time to answer, time from a release to the page, and leaks of marked words",
  options: {
    people: 'people who read, each with an address of their own (2000)',
    'at-once': 'how many of them read at the same moment (100)',
    scale: 'share of the simulated county (0.1)',
  },
  run,
};
