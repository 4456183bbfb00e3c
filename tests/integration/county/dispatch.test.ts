import { connectAsync } from 'mqtt';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { dispatchMessageSchema } from '../../../shared/wire/topics.ts';
import { generateCounty } from '../../support/generateCounty.ts';
import { openScreen } from '../../support/openScreen.ts';
import type { Screen } from '../../support/openScreen.ts';
import { startBuilt } from '../../support/startBuilt.ts';
import { startEngine } from '../../support/startEngine.ts';
import { eventually } from '../../support/startHost.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const LIMIT_MS = 480_000;
/**
 * 08:00 in the county, ahead of every wall clock: the record's time never goes back, and it begins before the county's
 * clock is heard.
 */
const START = '2027-05-05T13:00:00Z';

type Order = {
  unitId: string;
  qos: number;
  isRetained: boolean;
  message: ReturnType<typeof dispatchMessageSchema.parse>;
};

/**
 * An accelerated county whose first unit of each kind hears no order, the engine at its clock, a screen, and an ear at
 * the topic of orders.
 */
async function startCounty(): Promise<{ screen: Screen; orders: Order[] }> {
  const folder = temporaryFolder();
  const countyDir = join(folder, 'county');
  await generateCounty(countyDir, 0.3);
  const broker = await startMosquitto();
  onTestFinished(broker.dispose);
  const orders: Order[] = [];
  const ear = await connectAsync(broker.url);
  onTestFinished(() => ear.endAsync());
  ear.on('message', (topic, payload, { qos, retain }) =>
    orders.push({
      unitId: topic.split('/').at(-1) ?? '',
      qos,
      isRetained: retain,
      message: dispatchMessageSchema.parse(JSON.parse(payload.toString())),
    }),
  );
  await ear.subscribeAsync('beacon/v1/dispatch/+', { qos: 1 });
  const engine = await startEngine({
    brokerUrl: broker.url,
    countyDir,
    dataDir: join(folder, 'data'),
    clock: 'broker',
  });
  onTestFinished(async () => {
    await engine.kill();
  });
  const args = ['--county', countyDir, '--speed', '20', '--start', START, '--scenario', 'noAnswer', '--no-history'];
  const simulator = await startBuilt('simulator', ['run', '--broker', broker.url, ...args], /is live on/);
  onTestFinished(async () => {
    await simulator.kill();
  });
  return { screen: await openScreen(engine.url, ['units']), orders };
}

it('a unit is recommended, ordered over MQTT, accepts, drives, arrives and leaves; one that does not answer is told of, with another in its place', async () => {
  const { screen, orders } = await startCounty();
  const {
    bounds: [west, south, east, north],
  } = await screen.request('county.profile', {});
  const place = { lon: (west + east) / 2 + 0.01, lat: (south + north) / 2 + 0.01 };
  const { units } = await screen.request('county.units', {});
  await eventually(
    'All units',
    () =>
      [...screen.rows('units').values()].filter(({ seenAtMs }) => seenAtMs > 0).length === units.length || undefined,
    LIMIT_MS,
  );
  const { incidentId } = await screen.request('incident.open', {
    type: 'other',
    priority: 2,
    title: 'Fight',
    place: 'Market',
    ...place,
    alarmIds: [],
  });
  const advice = await screen.request('dispatch.recommend', { incidentId });
  const police = advice.proposals.map(({ unitId }) => unitId);
  expect([
    advice.missing,
    police.length >= 2,
    advice.proposals.every(({ etaS, route }) => etaS > 0 && route.length > 1),
  ]).toEqual([[], true, true]);

  const deaf = units.find(({ kind }) => kind === 'police')?.id ?? '';
  const heard = police.find((id) => id !== deaf) ?? '';
  const now = (): Incident | undefined => screen.stream('incidents').get()?.get(incidentId);
  const stateOf = (unitId: string): string | undefined =>
    now()?.engagements?.find((each) => each.unitId === unitId)?.state;
  const order = (unitId: string, what: 'go' | 'standDown'): Promise<unknown> =>
    screen.request('incident.orderUnit', { incidentId, unitId, order: what });

  await order(deaf, 'go');
  const alarm = await eventually(
    'The alarm',
    () =>
      [...(screen.stream('alarms').get()?.values() ?? [])].find(
        ({ rule, subject }) => rule === 'dispatch.notAccepted' && subject.id === deaf,
      ),
    LIMIT_MS,
  );
  expect([
    stateOf(deaf),
    alarm.priority,
    alarm.evidence
      .find(({ label }) => label === 'Next best')
      ?.text.startsWith(units.find(({ id }) => id === heard)?.name ?? '?'),
  ]).toEqual(['ordered', 2, true]);
  await order(deaf, 'standDown');
  await order(heard, 'go');
  const states: string[] = [];
  screen.stream('incidents').subscribe(() => {
    const state = stateOf(heard);
    if (state !== undefined && state !== states.at(-1)) states.push(state);
  });
  await eventually('The arrival', () => stateOf(heard) === 'onScene' || undefined, LIMIT_MS);
  expect(states.filter((state) => state !== 'ordered')).toEqual(['accepted', 'enRoute', 'onScene']);
  expect(now()?.milestones.T4).toMatchObject({ source: `unit ${heard}` });
  await order(heard, 'standDown');
  await eventually('The departure', () => stateOf(heard) === 'left' || undefined, LIMIT_MS);

  await eventually('All orders', () => orders.length === 4 || undefined, LIMIT_MS);
  expect(
    orders.map(({ unitId, qos, isRetained, message }) => [unitId, qos, isRetained, message.order, message.incident]),
  ).toEqual([
    [deaf, 1, false, 'go', incidentId],
    [deaf, 1, false, 'standDown', incidentId],
    [heard, 1, false, 'go', incidentId],
    [heard, 1, false, 'standDown', incidentId],
  ]);
  expect(orders[2]?.message).toMatchObject(place);
});
