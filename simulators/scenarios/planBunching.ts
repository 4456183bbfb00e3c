import { MINUTE_MS } from '../world/LocalTime.ts';
import type { Block, RunTrip } from '../world/readTimetable.ts';
import type { Plan, Stage } from './Scenario.ts';

/** Lines with a longer headway do not bunch. */
const FREQUENT_S = 15 * 60;
const HELD_UP = 2.6;

type Candidate = { late: RunTrip; follower: RunTrip; headwayS: number };

/** A bus of a frequent line is held up at every stop until the next one has caught up with it. */
export const planBunching: Plan = (stage, fromMs) => {
  const pairs = pairsUnderWay(stage, fromMs);
  if (pairs.length === 0) return [];
  const { late, follower } = pairs[stage.random.integer(0, Math.min(2, pairs.length - 1))] as Candidate;
  const toMs = fromMs + 18 * MINUTE_MS;
  const { lon, lat } = late.stops[Math.floor(late.stops.length / 2)] ?? { lon: 0, lat: 0 };
  return [
    {
      // Trips keep their delays after the cause has ended, so the scenario lasts until the trips are over.
      fromMs,
      toMs: fromMs + 120 * MINUTE_MS,
      truth: {
        scenario: 'bunching',
        kind: 'bunching',
        subjectKind: 'route',
        subjectIds: [late.routeId, late.id, follower.id],
        lon,
        lat,
        fromMs,
        toMs,
      },
      stretch: (trip, atMs) => {
        if (atMs < fromMs || atMs > toMs) return 1;
        return trip.id === late.id ? HELD_UP : trip.id === follower.id ? 0.85 : 1;
      },
    },
  ];
};

/**
 * Consecutive trips of frequent lines, where the first trip has been under way for more than two minutes and is far
 * enough from its end. The most frequent line comes first, and within equal headways the trip that started last.
 */
function pairsUnderWay({ world }: Stage, atMs: number): Candidate[] {
  const { timetable, time } = world;
  if (timetable === undefined) return [];
  const today = time.at(atMs).day;
  return [today - 1, today]
    .flatMap((day) => {
      const nowS = (atMs - time.serviceDayStartMs(day)) / 1000;
      const trips = timetable.blocks
        .filter(({ serviceId }: Block) => timetable.runsOn(serviceId, day))
        .flatMap((block) => block.trips);
      const byLine = Map.groupBy(trips, ({ routeId, directionId }) => `${routeId} ${directionId}`);
      return [...byLine.values()].flatMap((line) => {
        const sorted = line.toSorted((a, b) => startOf(a) - startOf(b));
        return sorted.flatMap((late, i) => {
          const follower = sorted[i + 1];
          const headwayS = follower === undefined ? Number.POSITIVE_INFINITY : startOf(follower) - startOf(late);
          const rest = (late.stops.at(-1)?.arrivalS ?? 0) - nowS;
          return follower !== undefined &&
            headwayS <= FREQUENT_S &&
            nowS - startOf(late) > 120 &&
            rest > headwayS * 0.65
            ? [{ late, follower, headwayS }]
            : [];
        });
      });
    })
    .toSorted((a, b) => a.headwayS - b.headwayS || startOf(b.late) - startOf(a.late));
}

const startOf = (trip: RunTrip): number => trip.stops[0]?.departureS ?? 0;
