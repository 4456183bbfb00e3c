import { describe, expect, it } from 'vitest';
import { Dispatcher } from '../../../../../main/engine/dispatch/Dispatcher.ts';
import { IncidentCommands } from '../../../../../main/engine/incidents/IncidentCommands.ts';
import { EventLog } from '../../../../../main/engine/log/EventLog.ts';
import { noOffers } from '../../../../../main/engine/domains/kit/Offers.ts';
import { createUnitsDomain } from '../../../../../main/engine/domains/units/createUnitsDomain.ts';
import type { Unit } from '../../../../../shared/county/county.ts';
import type { UnitReport, UnitStatus } from '../../../../../shared/base/values.ts';
import type { SentOrder } from '../../../../../shared/dispatch/sentOrder.ts';
import { NOW_MS, street } from '../../../../support/dispatchScene.ts';
import { atKm } from '../../../../support/gridRoads.ts';
import { makeCounty } from '../../../../support/makeCounty.ts';
import { person } from '../../../../support/people.ts';
import { quietDesk } from '../../../../support/quietIncidents.ts';
import { memoryRecord } from '../../../../support/memoryRecord.ts';

const ann = person('Ann');
const crew = (id: string, km: number): Unit => ({
  id,
  kind: 'waterCrew',
  name: `Crew ${id}`,
  baseLon: atKm(km, 0).lon,
  baseLat: 0,
});

/** Water crews on a street with a town at its end, heard every half minute, and an incident at its fourth kilometre. */
async function openRoom() {
  const time = { nowMs: NOW_MS };
  const map = [{ kind: 'place' as const, name: 'East', rings: [], point: [atKm(20, 0).lon, 0] as [number, number] }];
  const { county } = makeCounty({ links: street, units: [crew('A', 3), crew('B', 9), crew('C', 19)], map });
  const units = createUnitsDomain(county);
  const log = new EventLog(memoryRecord([]), () => time.nowMs);
  const incidentCommands = new IncidentCommands({
    ...quietDesk,
    log,
    nowMs: () => time.nowMs,
    timeZone: 'UTC',
    sendDispatch: () => undefined,
  });
  await log.load();
  const speeds = new Map<number, number>();
  const orders: SentOrder[] = [];
  const dispatcher = new Dispatcher({
    county,
    offers: { ...noOffers, ...units.offers, linkSpeedMps: (link) => speeds.get(link) ?? Number.NaN },
    incidents: () => incidentCommands.incidents(),
    orders: () => orders,
    nowMs: () => time.nowMs,
  });
  const says = async (unitId: string, status: UnitStatus, more: Partial<UnitReport> = {}): Promise<void> => {
    const report: UnitReport = { kind: 'unit', unitId, status, atMs: time.nowMs, quality: 'good', ...more };
    units.apply(report, time.nowMs);
    await incidentCommands.applyUnit(report);
  };
  for (const id of ['A', 'B', 'C']) await says(id, 'available');
  const id = await incidentCommands.open(ann, {
    type: 'leak',
    priority: 2,
    title: 'Leak',
    place: 'Oak Street',
    ...atKm(4, 0),
    alarmIds: [],
  });
  const order = (unitId: string, what: 'go' | 'standDown' = 'go'): Promise<unknown> =>
    incidentCommands.orderUnit(ann, { incidentId: id, unitId, order: what });
  return { time, incidentCommands, dispatcher, says, id, order, orders, speeds };
}

describe('the dispatcher', () => {
  it('recommends from what units say, what roads carry and what is ordered', async () => {
    const { dispatcher, id, order, speeds, says } = await openRoom();
    const names = (): string[] => dispatcher.recommend(id)?.proposals.map(({ unitId }) => unitId) ?? [];
    expect([names(), dispatcher.recommend('I-none')]).toEqual([['A', 'B', 'C'], undefined]);
    expect(dispatcher.recommend(id)?.travelTimes).toBe('live');
    speeds.set(6, 0.5);
    const times = dispatcher.recommend(id)?.proposals.map(({ unitId, etaS }) => [unitId, Math.round(etaS)]);
    expect(times?.slice(0, 2)).toEqual([
      ['B', 60 + 300],
      ['A', 60 + 500],
    ]);
    await order('A');
    expect([names(), dispatcher.recommend(id)?.needs[0]?.unitIds]).toEqual([[], ['A']]);
    await says('A', 'returning', { incidentId: id });
    expect(names()[0]).toBe('B');
  });

  it('tells of an order that is not accepted in a minute, with the next best unit, until it is', async () => {
    const { dispatcher, id, order, says, time } = await openRoom();
    await order('A');
    time.nowMs += 59_000;
    expect(dispatcher.judge(time.nowMs)).toEqual([]);
    time.nowMs += 1000;
    const [condition] = dispatcher.judge(time.nowMs);
    expect(condition).toMatchObject({
      rule: 'dispatch.notAccepted',
      domain: 'water',
      priority: 2,
      subject: { kind: 'unit', id: 'A' },
      title: `Crew A has not accepted its order to ${id}`,
    });
    expect(condition?.action).toContain('Crew B, there in 6 min');
    const answer = dispatcher.recommend(id);
    expect(answer?.proposals.map(({ unitId }) => unitId)).toEqual(['B', 'C']);
    expect(answer?.others).toEqual([
      expect.objectContaining({ unitId: 'A', reason: `has not accepted its order to ${id}` }),
    ]);
    // What is said about it stays the same while it lasts, so that the alarm does not flicker.
    time.nowMs += 60_000;
    expect(dispatcher.judge(time.nowMs)).toEqual([condition]);
    await says('A', 'accepted', { incidentId: id });
    expect(dispatcher.judge(time.nowMs)).toEqual([]);
  });

  it('follows the units that were sent: way, time of arrival with its band, and where they are', async () => {
    const { dispatcher, id, order, says, time, speeds } = await openRoom();
    const unitOf = (unitId: string) => dispatcher.progress(id)?.units.find((unit) => unit.unitId === unitId);
    expect(dispatcher.progress('I-none')).toBeUndefined();
    expect(dispatcher.progress(id)?.units).toEqual([]);
    await order('B');
    // A minute to turn out, and five kilometres at one a minute.
    const ordered = unitOf('B');
    expect(ordered).toMatchObject({ name: 'Crew B', state: 'ordered', lon: atKm(9, 0).lon });
    expect(ordered?.arrival).toMatchObject({ atMs: time.nowMs + 360_000, distanceM: expect.closeTo(5000, -1) });
    const route = ordered?.arrival?.route ?? [];
    expect([route[0], route.at(-1)]).toEqual([
      [expect.closeTo(atKm(9, 0).lon), expect.closeTo(0)],
      [expect.closeTo(atKm(4, 0).lon), expect.closeTo(0)],
    ]);
    time.nowMs += 20_000;
    expect(unitOf('B')?.arrival?.atMs).toBe(time.nowMs + 340_000);
    await says('B', 'enRoute', { incidentId: id, lon: atKm(7, 0).lon, lat: 0 });
    expect(unitOf('B')?.arrival?.atMs).toBeCloseTo(time.nowMs + 180_000, -1);
    // A queue on its way: it may still come through as on an empty road, and may take a quarter longer than the queue.
    for (let link = 0; link < 40; link++) speeds.set(link, 1000 / 120);
    const { atMs = 0, earliestMs = 0, latestMs = 0 } = unitOf('B')?.arrival ?? {};
    expect([atMs, earliestMs, latestMs].map((each) => Math.round((each - time.nowMs) / 1000))).toEqual([360, 180, 480]);
    await says('B', 'onScene', { incidentId: id });
    expect(unitOf('B')).toMatchObject({ state: 'onScene' });
    expect(unitOf('B')).not.toHaveProperty('arrival');
    await order('C');
    time.nowMs += 16 * 60_000;
    expect(unitOf('C')).toMatchObject({ unknown: 'not heard for 16 min' });
    expect(unitOf('C')).not.toHaveProperty('arrival');
  });

  it('tells at once of an order that cannot reach its unit, and why', async () => {
    const { dispatcher, id, order, orders, time } = await openRoom();
    await order('A');
    const sent = { incidentId: id, unitId: 'A', order: 'go', atMs: time.nowMs } as const;
    orders.push({ ...sent, state: 'waiting' });
    expect(dispatcher.judge(time.nowMs)).toEqual([]);
    orders[0] = { ...sent, state: 'refused', reason: 'Not authorized' };
    expect(dispatcher.judge(time.nowMs)).toMatchObject([{ cause: 'The broker refused the order (Not authorized).' }]);
    orders[0] = { ...sent, state: 'unheard' };
    expect(dispatcher.judge(time.nowMs)[0]?.cause).toContain('no device of the unit is subscribed');
    orders[0] = { ...sent, state: 'waiting' };
    time.nowMs += 60_000;
    expect(dispatcher.judge(time.nowMs)[0]?.cause).toContain('has not left Beacon');
  });

  it('tells of it no longer when the unit is stood down, or when all is over', async () => {
    const { dispatcher, id, order, time, incidentCommands } = await openRoom();
    await order('A');
    await order('B');
    time.nowMs += 61_000;
    expect(dispatcher.judge(time.nowMs).map(({ subject }) => subject.id)).toEqual(['A', 'B']);
    await order('A', 'standDown');
    expect(dispatcher.judge(time.nowMs).map(({ subject }) => subject.id)).toEqual(['B']);
    await incidentCommands.run(ann, 'incident.resolve', {
      incidentId: id,
      outcome: 'Repaired',
      effects: [{ kind: 'unit', id: 'B', fate: 'end' }],
    });
    expect([dispatcher.judge(time.nowMs), dispatcher.recommend(id)]).toEqual([[], undefined]);
  });

  it('keeps what is near each town up to date with the traffic', async () => {
    const { dispatcher, id, order, speeds } = await openRoom();
    const against = (): string =>
      dispatcher
        .recommend(id)
        ?.proposals.find(({ unitId }) => unitId === 'C')
        ?.against.join('; ') ?? '';
    expect([against().includes('leaves'), dispatcher.recommend(id)?.notes]).toEqual([
      false,
      ['What would be left uncovered is not known everywhere yet.'],
    ]);
    dispatcher.judge(NOW_MS);
    expect([against().includes('leaves'), dispatcher.recommend(id)?.notes]).toEqual([false, []]);
    for (let link = 0; link < 40; link++) speeds.set(link, 5);
    dispatcher.judge(NOW_MS);
    expect(against()).toContain('leaves East 37 min from the next free water crew (Crew B)');
    await order('B');
    expect(dispatcher.recommend(id)?.proposals).toEqual([]);
  });
});
