import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openScreen } from '../../support/openScreen.ts';
import type { Screen } from '../../support/openScreen.ts';
import { hasRealData, realData } from '../../support/realData.ts';
import { smallCounty } from '../../support/smallCounty.ts';
import { startEngine } from '../../support/startEngine.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { transitCase } from '../../support/transitCases.ts';
import { writeCounty } from '../../support/writeCounty.ts';

const REACH_MS = 30_000;
const ZONE = 'America/Chicago';

/** An engine of a county with a case's timetable at a real broker, after all messages of the case. */
async function play(name: string): Promise<Screen> {
  const folder = temporaryFolder();
  const countyDir = join(folder, 'county');
  const county = smallCounty();
  await writeCounty(countyDir, { ...county, profile: { ...county.profile, timeZone: ZONE } });
  for (const source of ['gtfs', 'gtfs.zip'])
    if (existsSync(realData('transit-cases', name, source)))
      cpSync(realData('transit-cases', name, source), join(countyDir, source), { recursive: true });
  const broker = await startMosquitto();
  onTestFinished(broker.dispose);
  const client = await connectAsync(broker.url);
  onTestFinished(() => client.endAsync());
  const messages = transitCase(name);
  const setClock = async (atMs: number): Promise<void> => {
    const payload = JSON.stringify({ at: atMs, speed: 1 });
    await client.publishAsync('beacon/v1/clock', payload, { qos: 1, retain: true });
  };
  await setClock(messages[0]?.clockMs ?? 0);
  const data = { brokerUrl: broker.url, countyDir, dataDir: join(folder, 'data'), clock: 'broker' as const };
  const engine = await startEngine(data);
  onTestFinished(async () => {
    await engine.stop();
  });
  const screen = await openScreen(engine.url, ['vehicles']);
  for (const { clockMs, topic, payload } of messages) {
    if (topic === undefined || payload === undefined) await setClock(clockMs);
    else await client.publishAsync(topic, Buffer.from(payload), { qos: 1 });
  }
  return screen;
}

/** The delays of the vehicles on the map in seconds, by the last part of their ids; undefined where not known. */
function delaysOf(screen: Screen): Record<string, number | undefined> {
  const roster = screen.stream('vehicles').get();
  return Object.fromEntries(
    [...screen.rows('vehicles')].map(([index, { delayS }]) => [
      roster?.get(index)?.id.split(':').at(-1) ?? '',
      Number.isNaN(delayS) ? undefined : delayS,
    ]),
  );
}

const near = (delayS: number): unknown =>
  expect.toSatisfy((value: number | undefined) => Math.abs((value ?? Number.NaN) - delayS) <= 30);

describe.skipIf(!hasRealData('transit-cases'))('over a real broker', () => {
  it.each<[string, Record<string, unknown>]>([
    ['a02-milliseconds-in-stop-time', { 9: 171 }],
    ['a05-frequency-runs', { a: near(0), b: near(300), c: near(5) }],
    ['a10-layover-at-last-stop', { 9: near(0) }],
    ['a13b-nan-and-zero', { nan: near(0), neg: near(60) }],
    ['a28-update-names-the-vehicle', { 9: near(60) }],
  ])('%s', async (name, delays) => {
    const screen = await play(name);
    await expect.poll(() => delaysOf(screen), { timeout: REACH_MS }).toEqual(delays);
    const alarms = [...(screen.stream('alarms').get()?.values() ?? [])];
    expect(alarms.map(({ rule }) => rule)).not.toContain('transit.veryLate');
  });
});
