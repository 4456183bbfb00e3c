import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { smallCounty } from '../support/smallCounty.ts';
import { startEngine } from '../support/startEngine.ts';
import type { RunningEngine } from '../support/startEngine.ts';
import { eventually } from '../support/startHost.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { writeCounty } from '../support/writeCounty.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { percentile } from './load/percentile.ts';
import { ProbeScreen } from './load/ProbeScreen.ts';

/** A word in everything that is not public; it is searched in every byte that leaves. */
const MARK = 'zqxhidden';
const PUBLISHES = 20;
const PUBLISH_EVERY_MS = 500;
/** What people open during an outage: mostly the first page, at times its data, a list or a form. */
const paths = [
  '/en',
  '/en',
  '/es',
  '/en',
  '/now.geojson',
  '/en/requests',
  '/es/report/power',
  '/open311/v2/requests.json',
];

type Counts = { tookMs: number[]; leaks: number; failed: number; firstPageBytes: number };

/** One request of one person, whose address the reverse proxy forwards. */
function fetchOnce(base: string, agent: Agent, path: string, person: number, counts: Counts): Promise<string> {
  return new Promise((resolve) => {
    const startedMs = performance.now();
    const address = `10.${person >> 16}.${(person >> 8) & 255}.${person & 255}`;
    const request = get(`${base}${path}`, { agent, headers: { 'x-forwarded-for': address } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => {
        counts.tookMs.push(performance.now() - startedMs);
        if (answer.statusCode !== 200) counts.failed++;
        if (text.includes(MARK)) counts.leaks++;
        if (path === '/en') counts.firstPageBytes = Buffer.byteLength(text);
        resolve(text);
      });
    });
    request.on('error', () => {
      counts.failed++;
      resolve('');
    });
  });
}

/** Incidents and reports in which everything that is not public has the marked word. */
async function plant(probe: ProbeScreen, brokerUrl: string): Promise<string> {
  const client = await connectAsync(brokerUrl);
  for (let at = 0; at < 10; at++)
    await client.publishAsync(
      `beacon/v1/report/R-${at}`,
      JSON.stringify({ at: Date.now(), category: 'power', text: MARK, address: MARK, lon: -93.5, lat: 44.5 }),
      { qos: 1 },
    );
  await client.endAsync();
  const incident = { type: 'powerOutage', priority: 2, title: MARK, place: MARK, alarmIds: [] } as const;
  const { incidentId } = await probe.ask('incident.open', { ...incident, alarmIds: [] });
  await probe.ask('incident.note', { incidentId, text: MARK });
  await probe.ask('incident.setAlert', { incidentId, text: MARK, routeIds: [] });
  await probe.ask('incident.setPublicMessage', { incidentId, text: MARK, state: 'draft' });
  return incidentId;
}

/** From a release in the control room until the page shows it, several times. */
async function publishAgain(probe: ProbeScreen, incidentId: string, show: () => Promise<string>): Promise<number[]> {
  const tookMs: number[] = [];
  for (let at = 0; at < PUBLISHES; at++) {
    const text = `Message number ${at}.`;
    const startedMs = performance.now();
    await probe.ask('incident.setPublicMessage', { incidentId, text, state: 'released' });
    await eventually('The message', async () => (await show()).includes(text) || undefined);
    tookMs.push(performance.now() - startedMs);
    await new Promise((wait) => setTimeout(wait, PUBLISH_EVERY_MS));
  }
  return tookMs;
}

async function measure(engine: RunningEngine, brokerUrl: string, people: number, atOnce: number): Promise<Figures> {
  const portal = await eventually('The portal', () => /^The citizens' portal is at (\S+)$/m.exec(engine.output())?.[1]);
  const probe = new ProbeScreen(engine.url, []);
  await probe.open();
  const incidentId = await plant(probe, brokerUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const counts: Counts = { tookMs: [], leaks: 0, failed: 0, firstPageBytes: 0 };
  let isOver = false;
  let person = 0;
  const loadStartedMs = performance.now();
  const visitors = Array.from({ length: atOnce }, async (_, at) => {
    for (let turn = at; !isOver; turn++) {
      person = (person + 1) % people;
      await fetchOnce(portal, agent, paths[turn % paths.length] ?? '/en', person, counts);
    }
  });
  const watching: Counts = { tookMs: [], leaks: 0, failed: 0, firstPageBytes: 0 };
  const published = await publishAgain(probe, incidentId, () => fetchOnce(portal, agent, '/en', people + 1, watching));
  isOver = true;
  await Promise.all(visitors);
  const seconds = (performance.now() - loadStartedMs) / 1000;
  probe.close();
  agent.destroy();
  return {
    requestsPerSecond: Math.round(counts.tookMs.length / seconds),
    p99Ms: Math.round(percentile(counts.tookMs, 0.99)),
    publishedToPageP99Ms: Math.round(percentile(published, 0.99)),
    firstPageBytes: counts.firstPageBytes,
    leaks: counts.leaks + watching.leaks,
    failed: counts.failed,
    people,
  };
}

async function run(options: BenchOptions, say: (line: string) => void): Promise<Figures> {
  const [people, atOnce] = [options.number('people', 2000), options.number('at-once', 100)];
  const folder = mkdtempSync(join(tmpdir(), 'beacon-portal-'));
  const broker = await startMosquitto();
  let engine: RunningEngine | undefined;
  try {
    const countyDir = join(folder, 'county');
    await writeCounty(countyDir, smallCounty());
    // The load stands for a reverse proxy, which forwards the address of each person.
    const more = ['--portal', '127.0.0.1:0', '--portal-proxy', '127.0.0.1/32'];
    engine = await startEngine({ brokerUrl: broker.url, countyDir, dataDir: join(folder, 'data'), more });
    say(`${people} people behind a proxy, ${atOnce} at once, read pages and data while messages are released.`);
    const figures = await measure(engine, broker.url, people, atOnce);
    say(
      `${String(figures['requestsPerSecond'])} requests per second, ${String(figures['p99Ms'])} ms at p99, ${String(figures['leaks'])} leaks; a message is on the page within ${String(figures['publishedToPageP99Ms'])} ms.`,
    );
    return figures;
  } finally {
    await engine?.stop();
    await broker.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const portal: Bench = {
  what: "the citizens' portal under load: requests per second, time to answer, time from a release to the page, and leaks of marked words",
  options: {
    people: 'people who read, each with an address of their own (2000)',
    'at-once': 'how many of them read at the same moment (100)',
  },
  run,
};
