import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Timetable, Trip } from '../../../shared/county/county.ts';
import type { VehicleObservation } from '../../../shared/base/values.ts';
import { feedFaults, pairFaults, readFeed } from '../../support/gtfsRealtimeRules.ts';
import type { ReadFeed } from '../../support/gtfsRealtimeRules.ts';
import { makeTimetable } from '../../support/makeCounty.ts';
import { openPortal } from '../../support/openPortal.ts';
import type { OpenPortal } from '../../support/openPortal.ts';
import { person } from '../../support/people.ts';
import { eventually } from '../../support/startHost.ts';

const MINUTE_MS = 60_000;
const EIGHT_MS = Date.UTC(2026, 5, 1, 8);
const DAY = '2026-06-01';

/** Trips every ten minutes from eight; T0 and T3 are of one block, and T5 is a trip by headway. */
function timetable(): Timetable {
  const made = makeTimetable({ stops: 11, trips: 6 });
  const trips = [...made.trips.values()].map((trip): [string, Trip] => [
    trip.id,
    trip.id === 'T0' || trip.id === 'T3' ? { ...trip, blockId: 'B1' } : trip,
  ]);
  const frequencies = new Map([['T5', [{ fromS: 8 * 3600, toS: 9 * 3600, headwayS: 600 }]]]);
  return { ...made, trips: new Map(trips), frequencies };
}

async function feedOf({ url }: OpenPortal, name: string): Promise<ReadFeed> {
  const answer = await fetch(`${url}/gtfs-realtime/${name}.pb`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-protobuf']);
  return readFeed(new Uint8Array(await answer.arrayBuffer()));
}

/** Drives vehicle `a` on T0, 200 s late, `b` on T1, and one on a run of T5 by headway, until 8:15. */
function drive({ transit, clock }: OpenPortal): void {
  const report = (id: string, facts: Partial<VehicleObservation>): void => {
    const seen = {
      kind: 'vehicle',
      vehicleId: `gtfs:${id}`,
      label: `Bus ${id}`,
      mode: 'bus',
      quality: 'good',
    } as const;
    transit.apply({ ...seen, serviceDay: DAY, lat: 0, atMs: clock.nowMs, ...facts }, clock.nowMs);
  };
  const lonAt = (fromMs: number): number => Math.max(0, ((clock.nowMs - fromMs) / 120_000) * 0.009);
  for (clock.nowMs = EIGHT_MS; clock.nowMs <= EIGHT_MS + 15 * MINUTE_MS; clock.nowMs += 15_000) {
    report('a', { tripId: 'T0', lon: lonAt(EIGHT_MS + 200_000), headingDeg: 90, speedMps: 8 });
    // What the contract does not allow costs nobody else.
    report('b', { tripId: 'T1', lon: lonAt(EIGHT_MS + 10 * MINUTE_MS), headingDeg: -1, speedMps: -3 });
    report('c', { tripId: 'T5', startTime: '08:10', lon: lonAt(EIGHT_MS + 10 * MINUTE_MS) });
    // It stands in the depot and serves no trip.
    report('d', { outOfService: true, lon: 0.01 });
  }
}

it('vehicles and what is expected at their stops are GTFS-Realtime by the rules of its validators', async () => {
  const county = { timetable: timetable() };
  const portal = await openPortal({}, county);
  drive(portal);
  const nowMs = portal.clock.nowMs;
  const cancelled = { kind: 'tripReport', tripKind: 'canceled', quality: 'good', stops: [] } as const;
  portal.transit.apply({ ...cancelled, atMs: nowMs, tripId: 'T4', serviceDay: DAY }, nowMs);
  portal.transit.apply(
    {
      kind: 'tripReport',
      tripKind: 'scheduled',
      quality: 'good',
      atMs: nowMs,
      tripId: 'T1',
      serviceDay: DAY,
      stops: [{ kind: 'skipped', stopId: 'S7', stopSequence: 8 }],
    },
    nowMs,
  );
  const [updates, positions] = [await feedOf(portal, 'trip-updates'), await feedOf(portal, 'vehicle-positions')];
  expect(feedFaults(updates, county.timetable, nowMs)).toEqual([]);
  expect(feedFaults(positions, county.timetable, nowMs)).toEqual([]);
  expect(pairFaults(updates, positions)).toEqual([]);
  expect(positions.entities.map(({ vehicle }) => [vehicle?.vehicle, vehicle?.trip?.tripId, vehicle?.stopId])).toEqual([
    [{ id: 'gtfs:a', label: 'Bus a' }, 'T0', 'S6'],
    [{ id: 'gtfs:b', label: 'Bus b' }, 'T1', 'S3'],
    [{ id: 'gtfs:c', label: 'Bus c' }, 'T5', 'S3'],
  ]);
  const expected = (tripId: string): (readonly [string | undefined, number])[] | undefined =>
    updates.entities
      .find(({ tripUpdate }) => tripUpdate?.trip?.tripId === tripId)
      ?.tripUpdate?.stopTimeUpdate?.map(({ stopId, arrival }) => [
        stopId,
        Math.round(((arrival?.time ?? Number.NaN) * 1000 - EIGHT_MS) / MINUTE_MS),
      ]);
  // 200 s late: S6 at 8:12 by the timetable.
  expect(expected('T0')).toEqual([
    ['S6', 15],
    ['S7', 17],
    ['S8', 19],
    ['S9', 21],
    ['S10', 23],
  ]);
  // The vehicle of T0 goes on with T3 at 8:30, after its break.
  expect(expected('T3')?.[0]).toEqual(['S0', 30]);
  expect(expected('T1')?.find(([stopId]) => stopId === 'S7')?.[1]).toBeNaN();
  expect(updates.entities.find(({ tripUpdate }) => tripUpdate?.trip?.tripId === 'T4')?.tripUpdate).toMatchObject({
    trip: { scheduleRelationship: 3, startDate: '20260601' },
  });
  expect(updates.entities.find(({ tripUpdate }) => tripUpdate?.trip?.tripId === 'T5')?.tripUpdate?.trip).toMatchObject({
    startTime: '08:10:00',
    scheduleRelationship: 2,
  });
});

it('a service alert of an incident leaves as GTFS-Realtime, in both languages, once it is released', async () => {
  const county = { timetable: timetable() };
  const portal = await openPortal({}, county);
  const ann = person('Ann');
  const incidentId = await portal.incidents.open(ann, {
    type: 'crash',
    priority: 2,
    title: 'Title',
    place: 'Place',
    lon: 0.02,
    lat: 0.0001,
    alarmIds: [],
  });
  const untilMs = portal.clock.nowMs + 60 * MINUTE_MS;
  await portal.incidents.run(ann, 'incident.setAlert', { incidentId, text: 'Detour', routeIds: ['R1'], untilMs });
  expect((await feedOf(portal, 'alerts')).entities).toEqual([]);
  await portal.incidents.run(ann, 'incident.setPublicMessage', { incidentId, text: 'A crash', state: 'released' });
  await eventually('The alert', () => portal.client.facts?.some(({ kind }) => kind === 'service') || undefined);
  const alerts = await feedOf(portal, 'alerts');
  expect(feedFaults(alerts, county.timetable, portal.client.nowMs())).toEqual([]);
  expect(alerts.entities).toMatchObject([
    {
      alert: {
        cause: 6,
        activePeriod: [{ start: portal.clock.nowMs / 1000, end: untilMs / 1000 }],
        informedEntity: [{ routeId: 'R1' }],
        headerText: { translation: [{ language: 'en' }, { language: 'es' }] },
      },
    },
  ]);
});

it('while the engine is away the last picture stays, with its age, and a county without a timetable has none', async () => {
  const portal = await openPortal({}, { timetable: timetable() });
  drive(portal);
  const before = await feedOf(portal, 'vehicle-positions');
  await portal.loseEngine();
  // The portal asks the engine anew after five seconds.
  await setTimeout(5100);
  expect(await feedOf(portal, 'vehicle-positions')).toEqual(before);
  const bare = await openPortal();
  expect((await fetch(`${bare.url}/gtfs-realtime/trip-updates.pb`)).status).toBe(404);
});
