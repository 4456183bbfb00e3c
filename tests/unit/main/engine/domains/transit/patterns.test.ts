import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTransitDomain } from '../../../../../../main/engine/domains/transit/createTransitDomain.ts';
import { readGtfs } from '../../../../../../main/engine/registry/gtfs/readGtfs.ts';
import { serviceTimeMs } from '../../../../../../main/engine/registry/serviceTime.ts';
import { METRES_PER_DEGREE, metresPerDegreeLon } from '../../../../../../shared/base/geometry/metresPerDegree.ts';
import type { Timetable, Trip } from '../../../../../../shared/county/county.ts';
import { frameOf } from '../../../../../support/frameOf.ts';
import { hasRealData, realData } from '../../../../../support/realData.ts';
import { smallCounty } from '../../../../../support/smallCounty.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';

const EVERY_S = 20;
const WITHIN_S = 60;

/** The place at a distance in metres along a path, measured flat around its first point as lines are. */
function placeAt(path: readonly (readonly [number, number])[], alongM: number): [number, number] {
  const perLon = metresPerDegreeLon(path[0]?.[1] ?? 0);
  let behindM = 0;
  for (let i = 1; i < path.length; i++) {
    const [from, to] = [path[i - 1] ?? [0, 0], path[i] ?? [0, 0]];
    const lengthM = Math.hypot((to[0] - from[0]) * perLon, (to[1] - from[1]) * METRES_PER_DEGREE);
    if (behindM + lengthM >= alongM && lengthM > 0) {
      const share = (alongM - behindM) / lengthM;
      return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    }
    behindM += lengthM;
  }
  const [lon, lat] = path.at(-1) ?? [0, 0];
  return [lon, lat];
}

/** How far along its line an on-time bus is, in metres, by the feed's own distances. */
function dueM({ stopTimes }: Trip, atS: number): number {
  const next = stopTimes.findIndex(({ arrivalS }) => arrivalS > atS);
  if (next === -1) return stopTimes.at(-1)?.distanceM ?? 0;
  const [before, after] = [stopTimes[next - 1], stopTimes[next]];
  if (before === undefined || after === undefined) return stopTimes[0]?.distanceM ?? 0;
  if (atS <= before.departureS) return before.distanceM ?? 0;
  const share = (atS - before.departureS) / (after.arrivalS - before.departureS);
  return (before.distanceM ?? 0) + share * ((after.distanceM ?? 0) - (before.distanceM ?? 0));
}

/** One trip of each pattern of stops and shape. */
function patternsOf({ trips }: Timetable): Trip[] {
  const patterns = new Map<string, Trip>();
  for (const trip of trips.values())
    patterns.set(`${trip.routeId} ${trip.shapeId ?? ''} ${trip.stopTimes.map(({ stopId }) => stopId).join(' ')}`, trip);
  return [...patterns.values()];
}

it.skipIf(!hasRealData('gtfs-raba'))(
  'buses on time are on time everywhere on all patterns of a real feed',
  async () => {
    const folder = temporaryFolder();
    copyFileSync(realData('gtfs-raba', 'raba.zip'), join(folder, 'gtfs.zip'));
    const { timetable } = await readGtfs(folder, 'America/Los_Angeles');
    if (timetable === undefined) throw new Error('no timetable');
    const patterns = patternsOf(timetable);
    const worst = patterns.map((trip) => {
      const domain = createTransitDomain(smallCounty({ timetable }));
      const path = timetable.shapes.get(trip.shapeId ?? '') ?? [];
      const day = '20250602';
      const [firstS, lastS] = [trip.stopTimes[0]?.departureS ?? 0, trip.stopTimes.at(-1)?.arrivalS ?? 0];
      let worstS = 0;
      for (let atS = firstS; atS < lastS; atS += EVERY_S) {
        const nowMs = serviceTimeMs(day, atS, timetable.timeZone);
        const [lon, lat] = placeAt(path, dueM(trip, atS));
        const seen = { vehicleId: 'v', mode: 'bus', atMs: nowMs, quality: 'good', tripId: trip.id } as const;
        domain.apply({ kind: 'vehicle', ...seen, serviceDay: day, lon, lat }, nowMs);
        worstS = Math.max(worstS, Math.abs(frameOf(domain, 'vehicles', nowMs).delayS[0] ?? Number.POSITIVE_INFINITY));
      }
      return { trip: trip.id, worstS };
    });
    console.log(
      `${patterns.length} patterns; the worst is off by ${Math.max(...worst.map(({ worstS }) => worstS)).toFixed(0)} s.`,
    );
    expect(patterns.length).toBeGreaterThan(20);
    expect(worst.filter(({ worstS }) => !(worstS <= WITHIN_S))).toEqual([]);
  },
);
