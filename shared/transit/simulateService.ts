import { FREQUENT_HEADWAY_S, isOnTime } from './adherence.ts';
import { HOLD_S, TURN_S } from './courses.ts';
import type { Course, PlanStop } from './courses.ts';

/** The service of one day: departures on time of all, and how long passengers wait beyond the plan. */
export type DayService = { onTime: number; departures: number; excessWaitS: number };

/** A vehicle that left a stop, or reached its last one; seconds of the service day. */
export type Departure = { lineId: string; stopId: string; isLast: boolean; plannedS: number; actualS: number };

/**
 * The mean time that passengers who come at any moment wait longer than the timetable has it, seconds: half the mean
 * squared headway by the mean one, actual less planned, where lines run every quarter of an hour or more often.
 */
function excessWait(all: readonly Departure[]): number {
  const sums = { actual: 0, actualSquares: 0, planned: 0, plannedSquares: 0 };
  const boarded = all.filter(({ isLast }) => !isLast);
  for (const departures of Map.groupBy(boarded, ({ lineId, stopId }) => `${lineId} ${stopId}`).values()) {
    const planned = departures.map(({ plannedS }) => plannedS).sort((a, b) => a - b);
    const actual = departures.map(({ actualS }) => actualS).sort((a, b) => a - b);
    for (let index = 1; index < planned.length; index++) {
      const plannedS = (planned[index] ?? 0) - (planned[index - 1] ?? 0);
      if (plannedS > FREQUENT_HEADWAY_S) continue;
      const actualS = (actual[index] ?? 0) - (actual[index - 1] ?? 0);
      sums.actual += actualS;
      sums.actualSquares += actualS ** 2;
      sums.planned += plannedS;
      sums.plannedSquares += plannedS ** 2;
    }
  }
  if (sums.actual === 0 || sums.planned === 0) return 0;
  return sums.actualSquares / (2 * sums.actual) - sums.plannedSquares / (2 * sums.planned);
}

/** The service of a day with these departures. */
export const serviceOf = (departures: readonly Departure[]): DayService => ({
  onTime: departures.filter(({ plannedS, actualS }) => isOnTime(actualS - plannedS)).length,
  departures: departures.length,
  excessWaitS: excessWait(departures),
});

/** Drives one trip, adds its departures, and returns when it arrives at its last stop. */
function driveTrip(course: Course, stops: readonly PlanStop[], freeS: number, departures: Departure[]): number {
  const { trip, driveS, dwellS, startLateS } = course;
  let leftS = Math.max(stops[0]?.departureS ?? 0, freeS + TURN_S) + startLateS;
  for (const [index, { stopId, departureS, arrivalS }] of stops.entries()) {
    const isLast = index === stops.length - 1;
    const reachedS = leftS + (driveS[index] ?? 0);
    if (index > 0) leftS = isLast ? reachedS : Math.max(reachedS + (dwellS[index] ?? 0), departureS - HOLD_S);
    departures.push({ lineId: trip.lineId, stopId, isLast, plannedS: isLast ? arrivalS : departureS, actualS: leftS });
  }
  return leftS;
}

/**
 * The service of one day with a timetable, where vehicles meet what they met on that day, and the hours from the first
 * departure of each vehicle to its last arrival. `courses` in the order of their departures; `stopsOf` gives the stops
 * of trips that differ from those of their courses.
 */
export function simulateDay(
  courses: readonly Course[],
  stopsOf: (tripId: string) => readonly PlanStop[] | undefined,
): DayService & { vehicleHours: number } {
  const departures: Departure[] = [];
  const duties = new Map<string, { fromS: number; toS: number }>();
  for (const course of courses) {
    const { id, blockId = `trip ${id}`, stops } = course.trip;
    const duty = duties.get(blockId);
    const toS = driveTrip(course, stopsOf(id) ?? stops, duty?.toS ?? Number.NEGATIVE_INFINITY, departures);
    duties.set(blockId, { fromS: duty?.fromS ?? stops[0]?.departureS ?? toS, toS });
  }
  const seconds = [...duties.values()].reduce((sum, { fromS, toS }) => sum + toS - fromS, 0);
  return { ...serviceOf(departures), vehicleHours: seconds / 3600 };
}
