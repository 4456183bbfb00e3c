import { expect, it } from 'vitest';
import { createTransitDomain } from '../../../../../../main/engine/domains/transit/createTransitDomain.ts';
import type { Trip } from '../../../../../../shared/county/county.ts';
import type { TransitBoard } from '../../../../../../shared/transit/transitBoard.ts';
import { makeCounty, makeTimetable } from '../../../../../support/makeCounty.ts';
import { streamOf } from '../../../../../support/streamOf.ts';

const MINUTE_MS = 60_000;
const EIGHT_MS = Date.UTC(2026, 4, 6, 8);
const DAY = '2026-05-06';

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
