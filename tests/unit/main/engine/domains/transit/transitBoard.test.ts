import { expect, it } from 'vitest';
import type { Domain } from '../../../../../../main/engine/domains/kit/Domain.ts';
import { createTransitDomain } from '../../../../../../main/engine/domains/transit/createTransitDomain.ts';
import type { Timetable, Trip } from '../../../../../../shared/county/county.ts';
import type { VehicleObservation } from '../../../../../../shared/base/values.ts';
import type { TransitBoard } from '../../../../../../shared/transit/transitBoard.ts';
import { makeCounty, makeTimetable } from '../../../../../support/makeCounty.ts';
import { streamOf } from '../../../../../support/streamOf.ts';

const MINUTE_MS = 60_000;
const EIGHT_MS = Date.UTC(2026, 4, 6, 8);
const DAY = '2026-05-06';

const boardOf = (domain: Domain, nowMs: number): TransitBoard =>
  streamOf(domain, 'transit', nowMs)?.message ?? { trips: [], routes: [] };

/** A domain with vehicles that report where they are. */
function serviceOf(timetable: Timetable): {
  domain: Domain;
  report: (nowMs: number, id: string, seen: Partial<VehicleObservation>) => void;
} {
  const domain = createTransitDomain(makeCounty({ timetable }).county);
  const report = (nowMs: number, id: string, seen: Partial<VehicleObservation>): void => {
    const vehicle = { kind: 'vehicle', vehicleId: `hfp:1/${id}`, mode: 'bus', quality: 'good', lat: 0 } as const;
    domain.apply({ ...vehicle, serviceDay: DAY, atMs: nowMs, ...seen }, nowMs);
  };
  return { domain, report };
}

it('lists the trips in trouble by how long passengers wait, with what follows, and counts them by route', () => {
  const timetable = makeTimetable({ stops: 20, trips: 8 });
  // The vehicle of T0 goes on with T5, which leaves 12 minutes after T0 has ended.
  const trips = [...timetable.trips.values()].map((trip): [string, Trip] => [
    trip.id,
    trip.id === 'T0' || trip.id === 'T5' ? { ...trip, blockId: 'B1' } : trip,
  ]);
  const { county } = makeCounty({ timetable: { ...timetable, trips: new Map(trips) } });
  const domain = createTransitDomain(county);
  let nowMs = EIGHT_MS;
  const drive = (trip: number, delayS: number): void => {
    const lon = Math.max(0, (((nowMs - EIGHT_MS) / 1000 - trip * 600 - delayS) / 120) * 0.009);
    const vehicle = { kind: 'vehicle', vehicleId: `hfp:1/${trip}`, mode: 'bus', quality: 'good' } as const;
    domain.apply({ ...vehicle, atMs: nowMs, tripId: `T${trip}`, serviceDay: DAY, lon, lat: 0 }, nowMs);
  };
  for (; nowMs <= EIGHT_MS + 28 * MINUTE_MS; nowMs += MINUTE_MS) {
    drive(0, 840);
    if (nowMs >= EIGHT_MS + 10 * MINUTE_MS) drive(1, 0);
    domain.judge(nowMs);
  }
  const board: TransitBoard | undefined = streamOf(domain, 'transit', nowMs)?.message;
  expect(
    board?.trips.map(({ trouble, vehicleId, departsMs, follows }) => ({ trouble, vehicleId, departsMs, follows })),
  ).toEqual([
    {
      trouble: 'late',
      vehicleId: 'hfp:1/0',
      departsMs: EIGHT_MS,
      follows: 'its next trip, 08:50 to East, leaves 2.0 min late',
    },
    { trouble: 'missed', departsMs: EIGHT_MS + 20 * MINUTE_MS, follows: 'passengers wait for the 08:30, 10 min later' },
    expect.objectContaining({ trouble: 'bunched' }),
  ]);
  expect(board?.routes).toMatchObject([
    { routeName: '1', vehicles: 2, scheduled: 3, judged: 2, onTime: 1, troubles: 3 },
  ]);
});

it('says of a fleet with a wrong clock neither that it is late nor that it is on time, but where it is', () => {
  const { domain, report } = serviceOf(makeTimetable({ stops: 20, trips: 5 }));
  const nowMs = EIGHT_MS + 40 * MINUTE_MS;
  // Each vehicle is where it should have been twenty minutes ago, and the last one is off its line besides.
  for (let trip = 0; trip < 5; trip++)
    report(nowMs, String(trip), { tripId: `T${trip}`, delayS: 1200, lon: 0.05, lat: trip === 4 ? 0.01 : 0 });
  expect(domain.judge(nowMs)).toContainEqual(expect.objectContaining({ rule: 'transit.feedClock' }));
  const { trips, routes } = boardOf(domain, nowMs);
  expect(trips.map(({ trouble }) => trouble).filter((trouble) => !['bunched', 'gap'].includes(trouble))).toEqual([
    'offRoute',
  ]);
  expect(routes).toMatchObject([{ vehicles: 5, judged: 0, onTime: 0 }]);
});

it('lets nobody wait for a trip that does not come either', () => {
  const { domain, report } = serviceOf(makeTimetable({ stops: 30, trips: 8 }));
  const cancelled = { kind: 'tripReport', tripKind: 'canceled', serviceDay: DAY, stops: [], quality: 'good' } as const;
  let nowMs = EIGHT_MS;
  for (; nowMs <= EIGHT_MS + 37 * MINUTE_MS; nowMs += MINUTE_MS) {
    // No vehicle comes for the trips of 08:20 and 08:30; that of 08:40 is cancelled.
    for (const trip of [0, 1]) {
      const lon = Math.max(0, (((nowMs - EIGHT_MS) / 1000 - trip * 600) / 120) * 0.009);
      report(nowMs, String(trip), { tripId: `T${trip}`, lon });
    }
    domain.apply({ ...cancelled, tripId: 'T4', atMs: nowMs }, nowMs);
    domain.judge(nowMs);
  }
  expect(
    boardOf(domain, nowMs).trips.map(({ trouble, departsMs = 0, follows }) => [
      trouble,
      (departsMs - EIGHT_MS) / MINUTE_MS,
      follows,
    ]),
  ).toEqual([
    ['missed', 20, 'passengers wait for the 08:50, 30 min later'],
    ['missed', 30, 'passengers wait for the 08:50, 20 min later'],
    ['cancelled', 40, 'passengers wait for the 08:50, 10 min later'],
  ]);
});

it('lists the 500 worst trips and counts all of them', () => {
  const { domain } = serviceOf(makeTimetable({ stops: 3, trips: 600, headwayS: 5 }));
  for (let trip = 0; trip < 600; trip++) {
    const report = { kind: 'tripReport', tripKind: 'canceled', serviceDay: DAY, stops: [], quality: 'good' } as const;
    domain.apply({ ...report, tripId: `T${trip}`, atMs: EIGHT_MS }, EIGHT_MS);
  }
  domain.judge(EIGHT_MS);
  const { trips, routes } = boardOf(domain, EIGHT_MS);
  expect(trips).toHaveLength(500);
  expect(routes).toMatchObject([{ routeId: 'R1', troubles: 600 }]);
});

it('changes every ten seconds at most', () => {
  const { domain, report } = serviceOf(makeTimetable({ stops: 20, trips: 3, headwayS: 1200 }));
  const seen: unknown[] = [];
  let cursor = 0;
  for (let second = 0; second <= 24; second++) {
    const nowMs = EIGHT_MS + 25 * MINUTE_MS + second * 1000;
    // The first vehicle loses time all along; the second one is late from the thirteenth second on.
    report(nowMs, 'a', { tripId: 'T0', delayS: 400 + 10 * second, lon: 0.05 });
    report(nowMs, 'b', { tripId: 'T1', delayS: second < 13 ? 100 : 500, lon: 0.01 });
    domain.judge(nowMs);
    const news = streamOf(domain, 'transit', cursor);
    if (news === undefined) continue;
    cursor = news.cursor;
    seen.push([second, ...news.message.trips.map(({ trouble, waitS }) => [trouble, waitS])]);
  }
  expect(seen).toEqual([
    [0, ['late', 400]],
    [10, ['late', 500]],
    [20, ['late', 600], ['late', 500]],
  ]);
});
