import { normal, textKey, uniform } from '../random/hash.ts';
import type { Block, RunTrip } from '../world/readTimetable.ts';

/** The actual course of a trip: the seconds of the service day at which the bus reaches and leaves each stop. */
export type Run = { trip: RunTrip; arrivalS: Float64Array; departureS: Float64Array };

/** The factor by which a bus takes longer than usual at a moment: 1 is usual. */
export type Stretch = (trip: RunTrip, atS: number) => number;

/** Time for turning round at the end of a trip. */
const TURN_S = 45;
/** Share of trips that lose some minutes on the way: a wheelchair, a closed crossing, an argument about the fare. */
const MISHAP_SHARE = 0.06;
/** Buses stand at the first stop of the day this long before they leave. */
export const PULL_OUT_S = 240;

/**
 * Drives a block: running times vary by trip and stop, a late bus makes up a little time, and an early one waits for
 * its departure. What happened before a disturbance is the same with and without it, because each leg depends on the
 * seed, the day and the stop alone.
 */
export function planRuns(block: Block, day: number, seed: number, stretch: Stretch): Run[] {
  let freeS = Number.NEGATIVE_INFINITY;
  return block.trips.map((trip) => {
    const run = drive(trip, freeS, day, seed, stretch);
    freeS = run.arrivalS.at(-1) ?? freeS;
    return run;
  });
}

function drive(trip: RunTrip, freeS: number, day: number, seed: number, stretch: Stretch): Run {
  const key = textKey(trip.id);
  const temper = Math.max(0.9, 1.03 + 0.06 * normal(seed, key, day, 31));
  const mishapAt =
    uniform(seed, key, day, 33) < MISHAP_SHARE ? 1 + (textKey(trip.id) % Math.max(1, trip.stops.length - 1)) : -1;
  const [arrivalS, departureS] = [new Float64Array(trip.stops.length), new Float64Array(trip.stops.length)];
  trip.stops.forEach((stop, i) => {
    const before = trip.stops[i - 1];
    if (before === undefined) {
      arrivalS[0] = Number.isFinite(freeS) ? freeS + TURN_S : stop.departureS - PULL_OUT_S;
      departureS[0] = Math.max(arrivalS[0] + 10, stop.departureS + Math.max(0, 9 + 12 * normal(seed, key, day, 32)));
      return;
    }
    const leftS = departureS[i - 1] ?? 0;
    const scheduledS = stop.arrivalS - before.departureS;
    const lateS = leftS - before.departureS;
    const recovery = lateS > 90 ? 0.95 : 1;
    const chance = Math.max(0.8, 1 + 0.17 * normal(seed, key, day, 100 + i));
    const dwellS = Math.min(scheduledS * 0.4, Math.max(5, 13 + 6 * normal(seed, key, day, 1000 + i)));
    const drivingS =
      Math.max(8, (scheduledS - 13) * temper * chance * rush(leftS) * recovery * stretch(trip, leftS)) +
      (i === mishapAt ? 150 + 260 * uniform(seed, key, day, 34) : 0);
    arrivalS[i] = leftS + drivingS;
    // No bus leaves well before its departure: it waits.
    departureS[i] = Math.max((arrivalS[i] ?? 0) + dwellS, stop.departureS - 40);
  });
  return { trip, arrivalS, departureS };
}

/** Streets are slower in the two rush hours: up to a tenth, at 07:45 and at 17:00. */
function rush(atS: number): number {
  const hours = atS / 3600;
  return 1 + 0.1 * Math.exp(-(((hours - 7.75) / 0.9) ** 2)) + 0.1 * Math.exp(-(((hours - 17) / 1.1) ** 2));
}
