import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { meterTown } from '../../support/MeterTown.ts';
import { openScreen } from '../../support/openScreen.ts';
import type { Screen } from '../../support/openScreen.ts';
import { startEngine } from '../../support/startEngine.ts';
import type { RunningEngine } from '../../support/startEngine.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeCounty } from '../../support/writeCounty.ts';

const REACH_MS = 60_000;

/** What a screen says of the grid and of the meters. */
async function seen(screen: Screen): Promise<Record<string, unknown>> {
  const facts = async (kind: 'meter' | 'feeder', id: string): Promise<string[]> => {
    const detail = await screen.request('entity.detail', { subject: { kind, id } });
    const steady = detail.facts.filter(({ label }) => label !== 'Out since');
    return steady.map(({ label, text }) => `${label}: ${text}`);
  };
  const { items } = await screen.request('work.list', {});
  const figures = screen.stream('figures').get();
  return {
    out: figures?.find(({ id }) => id === 'customersOut')?.value,
    meter: await facts('meter', 'T0-1'),
    feeder: await facts('feeder', 'FR'),
    work: items.map(({ title, reason }) => `${title}: ${reason}`),
  };
}

const outages = (screen: Screen): string[] =>
  [...(screen.stream('alarms').get()?.values() ?? [])]
    .filter(({ rule, state }) => rule === 'electricity.outage' && state === 'active')
    .map(({ id, title }) => `${id}: ${title}`)
    .sort();

it('a restart in the middle of an outage, in order or by a kill, changes nothing on the screen', async () => {
  const folder = temporaryFolder();
  const countyDir = join(folder, 'county');
  await writeCounty(countyDir, meterTown());
  const broker = await startMosquitto();
  onTestFinished(broker.dispose);
  const client = await connectAsync(broker.url);
  onTestFinished(() => client.endAsync());
  const send = (topic: string, message: object): Promise<unknown> =>
    client.publishAsync(topic, JSON.stringify({ at: Date.now(), ...message }), { qos: 1 });
  const start = async (): Promise<RunningEngine> => {
    const engine = await startEngine({ brokerUrl: broker.url, countyDir, dataDir: join(folder, 'data') });
    onTestFinished(async () => {
      await engine.kill();
    });
    return engine;
  };

  const first = await start();
  const screen = await openScreen(first.url);
  for (let i = 0; i < 6; i++) await send(`beacon/v1/meter/T0-${i}/event`, { event: 'lastGasp' });
  await send('beacon/v1/zone/FR', { powerKw: 0, breaker: 'open' });
  await send('beacon/v1/meter/W3/event', { event: 'tamper' });
  await expect.poll(() => outages(screen), { timeout: REACH_MS }).toHaveLength(2);
  await expect.poll(async () => (await seen(screen))['out'], { timeout: REACH_MS }).toBe(28);
  const [before, alarms] = [await seen(screen), outages(screen)];
  expect(before['meter']).toContain('State: without power');
  expect(await first.stop()).toBe(0);

  const second = await start();
  const again = await openScreen(second.url);
  await expect.poll(() => seen(again), { timeout: REACH_MS }).toEqual(before);
  expect(outages(again)).toEqual(alarms);
  await send('beacon/v1/meter/W5/event', { event: 'tamper' });
  await expect.poll(async () => (await seen(again))['work'], { timeout: REACH_MS }).toHaveLength(2);
  const worse = await seen(again);
  await second.kill();

  const third = await openScreen((await start()).url);
  await expect.poll(() => seen(third), { timeout: REACH_MS }).toEqual(worse);
  expect(outages(third)).toEqual(alarms);
}, 300_000);
