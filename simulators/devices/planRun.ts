import { normal, textKey } from '../random/hash.ts';
import type { Block, RunTrip } from '../world/readTimetable.ts';

/** How a trip really goes: seconds of the service day at which the bus reaches and leaves each stop. */
export type Run = { trip: RunTrip; arrivalS: Float64Array; departureS: Float64Array };

/** How much longer than usual a bus takes at a moment: 1 is usual. */
export type Stretch = (trip: RunTrip, atS: number) => number;

const LEAST_LAYOVER_S = 45;
const FIRST_STOP_WAIT_S = 60;

/**
 * Drives a block: running times vary by trip and stop, a late bus gains a little, an early one waits for its time. What happened before a disturbance is
 * the same with and without it, as each leg depends on the seed, the day and the stop alone.
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
  const temper = 1 + 0.035 * normal(seed, key, day, 31);
  const [arrivalS, departureS] = [new Float64Array(trip.stops.length), new Float64Array(trip.stops.length)];
  trip.stops.forEach((stop, i) => {
    const before = trip.stops[i - 1];
    if (before === undefined) {
      arrivalS[0] = Math.max(freeS + LEAST_LAYOVER_S, stop.departureS - FIRST_STOP_WAIT_S);
      departureS[0] = Math.max(arrivalS[0] + 10, stop.departureS + Math.max(0, 9 + 12 * normal(seed, key, day, 32)));
      return;
    }
    const leftS = departureS[i - 1] ?? 0;
    const scheduledS = stop.arrivalS - before.departureS;
    const lateS = leftS - before.departureS;
    const recovery = lateS > 45 ? 0.95 : 1;
    const chance = 1 + 0.13 * normal(seed, key, day, 100 + i);
    const dwellS = Math.min(scheduledS * 0.4, Math.max(5, 13 + 6 * normal(seed, key, day, 1000 + i)));
    const drivingS = Math.max(8, (scheduledS - 13) * temper * chance * recovery * stretch(trip, leftS));
    arrivalS[i] = leftS + drivingS;
    // No bus leaves well before its time: it waits.
    departureS[i] = Math.max((arrivalS[i] ?? 0) + dwellS, stop.departureS - 40);
  });
  return { trip, arrivalS, departureS };
}
