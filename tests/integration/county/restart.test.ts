import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { generateCounty } from '../../support/generateCounty.ts';
import { openScreen } from '../../support/openScreen.ts';
import type { Screen } from '../../support/openScreen.ts';
import { startBuilt } from '../../support/startBuilt.ts';
import { startEngine } from '../../support/startEngine.ts';
import type { RunningEngine } from '../../support/startEngine.ts';
import { eventually } from '../../support/startHost.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** A flood would come at once, with the first judgements. */
const WATCHED_MS = 10_000;
const LIMIT_MS = 480_000;

const alarmsOf = (screen: Screen): Alarm[] => [...(screen.stream('alarms').get()?.values() ?? [])];
const outageOf = (screen: Screen): Promise<Alarm> =>
  eventually('The outage', () => alarmsOf(screen).find(({ rule }) => rule === 'electricity.outage'), LIMIT_MS);
const urgent = (screen: Screen): Map<string, string> =>
  new Map(
    alarmsOf(screen)
      .filter(({ priority }) => priority <= 2)
      .map(({ id, title }) => [id, title]),
  );

const heldBy = (screen: Screen, positionId: string): string | undefined =>
  screen
    .stream('positions')
    .get()
    ?.find(({ id }) => id === positionId)?.holder?.id;

async function usual(screen: Screen, feederId: string): Promise<string | undefined> {
  const { facts } = await screen.request('entity.detail', { subject: { kind: 'feeder', id: feederId } });
  return facts.find(({ label }) => label === 'Usual at this hour')?.text;
}

it(
  'after a restart alarms, acknowledgements, what is shelved, positions, incidents and what is usual are as before, and no flood comes',
  async () => {
    const folder = temporaryFolder();
    const countyDir = join(folder, 'county');
    await generateCounty(countyDir, 0.1);
    const broker = await startMosquitto();
    onTestFinished(broker.dispose);
    const start = async (): Promise<RunningEngine> => {
      const engine = await startEngine({ brokerUrl: broker.url, countyDir, dataDir: join(folder, 'data') });
      onTestFinished(async () => {
        await engine.kill();
      });
      return engine;
    };
    const first = await start();
    const args = ['--county', countyDir, '--scenario', 'outage,tamper,leaks'];
    const simulator = await startBuilt('simulator', ['run', '--broker', broker.url, ...args], /is live on/);
    onTestFinished(async () => {
      await simulator.kill();
    });
    const before = await openScreen(first.url);
    const outage = await outageOf(before);
    await before.request('alarm.acknowledge', { alarmIds: [outage.id] });
    const sick = await eventually(
      'Sick meters',
      () => alarmsOf(before).find(({ rule }) => rule === 'maintenance.meters'),
      LIMIT_MS,
    );
    await before.request('alarm.shelve', {
      alarmIds: [sick.id],
      mode: 'timed',
      forMs: 3_600_000,
      reason: 'The crew comes on Monday.',
    });
    await before.request('position.take', { positionId: 'utilities' });
    await expect.poll(() => heldBy(before, 'utilities'), { timeout: 60_000 }).toBeDefined();
    const { incidentId } = await before.request('incident.open', {
      type: 'powerOutage',
      priority: 2,
      title: outage.title,
      place: outage.place,
      alarmIds: [outage.id],
      subject: outage.subject,
    });
    await before.request('incident.note', { incidentId, text: 'Line crew is told.' });
    await expect
      .poll(() => alarmsOf(before).find(({ id }) => id === outage.id), { timeout: 60_000 })
      .toMatchObject({ state: 'acknowledged', incidentId });
    const wasUrgent = urgent(before);
    expect(await first.stop()).toBe(0);

    const after = await openScreen((await start()).url);
    await expect
      .poll(() => alarmsOf(after).find(({ id }) => id === outage.id), { timeout: 60_000 })
      .toMatchObject({ state: 'acknowledged', incidentId, raisedAtMs: outage.raisedAtMs });
    expect(
      alarmsOf(after).find(({ rule, subject }) => rule === sick.rule && subject.id === sick.subject.id),
    ).toMatchObject({ state: 'shelved', shelved: { reason: 'The crew comes on Monday.' } });
    await expect.poll(() => heldBy(after, 'utilities'), { timeout: 60_000 }).toEqual(heldBy(before, 'utilities'));
    await expect
      .poll(
        () =>
          after
            .stream('alarmLoad')
            .get()
            ?.find(({ positionId }) => positionId === 'utilities'),
        { timeout: 60_000 },
      )
      .toMatchObject({ standing: expect.any(Number), isFlood: false });
    await expect
      .poll(() => after.stream('incidents').get()?.get(incidentId), { timeout: 60_000 })
      .toMatchObject({ title: outage.title });
    await expect.poll(() => usual(after, outage.subject.id), { timeout: 60_000 }).toMatch(/kW|MW/);
    await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
    expect([...urgent(after)].filter(([id]) => !wasUrgent.has(id))).toEqual([]);
    expect(
      alarmsOf(after).filter(({ rule, subject }) => rule === outage.rule && subject.id === outage.subject.id),
    ).toHaveLength(1);
  },
  LIMIT_MS,
);
