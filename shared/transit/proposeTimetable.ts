import { ON_TIME_S } from './adherence.ts';
import { quantile, TURN_S } from './courses.ts';
import type { Course, PlanStop, PlanTrip } from './courses.ts';
import { simulateDay } from './simulateService.ts';

/** A value with the interval in which it lies 19 times of 20. */
type Estimate = { value: number; from: number; to: number };
/** Called between small pieces of work, which go on when the promise that it returns is fulfilled. */
type Rest = () => Promise<void>;
/** What a timetable reaches: the share of departures on time, the excess wait of frequent lines, and hours per day. */
type Effect = { onTime: Estimate; excessWaitS: Estimate; vehicleHours: number };
/** A timetable that differs from today's: the stops of the trips that change, and what it reaches. */
export type Proposal = { changed: ReadonlyMap<string, readonly PlanStop[]>; effect: Effect; gain: Estimate };

/** With fewer runs than this nothing is known of a line's hour. */
const LEAST_RUNS = 12;
/** The shares of runs that should need less time than the timetable gives; the best one by simulation is proposed. */
const SHARES = [0.25, 0.4, 0.55, 0.7];
/** Times of the timetable are multiples of this, seconds. */
const STEP_S = 15;
/** A proposal may need this much more vehicle time, as a factor. */
const MOST_HOURS = 1.005;
/** A proposal that makes passengers of frequent lines wait longer than this is none, seconds. */
const MOST_WAIT_S = 5;

const HOUR_S = 3600;

function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  const half = 1.96 * Math.sqrt(variance / values.length);
  return { value: mean, from: mean - half, to: mean + half };
}

const groupOf = ({ lineId, dayKind, stops }: PlanTrip): string =>
  `${lineId}|${dayKind}|${Math.floor((stops[0]?.departureS ?? 0) / HOUR_S)}|${stops.map(({ stopId }) => stopId).join(' ')}`;

/** Times after the departure at which runs reach and leave each stop, each list ascending. */
function offsetsOf(courses: readonly Course[]): { reachedS: number[][]; leftS: number[][] } {
  const count = courses[0]?.driveS.length ?? 0;
  const reachedS = Array.from({ length: count }, (): number[] => []);
  const leftS = Array.from({ length: count }, (): number[] => []);
  for (const { driveS, dwellS } of courses) {
    let atS = 0;
    for (let index = 0; index < count; index++) {
      atS += driveS[index] ?? 0;
      reachedS[index]?.push(atS);
      if (index > 0) atS += dwellS[index] ?? 0;
      leftS[index]?.push(atS);
    }
  }
  for (const list of [...reachedS, ...leftS]) list.sort((a, b) => a - b);
  return { reachedS, leftS };
}

const rounded = (seconds: number): number => Math.round(seconds / STEP_S) * STEP_S;

/** The stops of a trip so that a share of its runs needs less; it ends no later than its vehicle has to turn round. */
function retimed(trip: PlanTrip, offsets: ReturnType<typeof offsetsOf>, share: number, mostS: number): PlanStop[] {
  const startS = trip.stops[0]?.departureS ?? 0;
  const wholeS = quantile(offsets.reachedS.at(-1) ?? [], share);
  const factor = Math.min(1, mostS / wholeS);
  let beforeS = startS;
  return trip.stops.map((stop, index) => {
    if (index === 0) return stop;
    const at = (lists: readonly number[][]): number => startS + rounded(factor * quantile(lists[index] ?? [], share));
    const arrivalS = Math.max(beforeS, at(offsets.reachedS));
    const departureS = index === trip.stops.length - 1 ? arrivalS : Math.max(arrivalS, at(offsets.leftS));
    beforeS = departureS;
    return { ...stop, arrivalS, departureS };
  });
}

/** How long a trip may last until its vehicle has to turn round for its next trip, seconds. */
function lengths(trips: Iterable<PlanTrip>): Map<string, number> {
  const found = new Map<string, number>();
  for (const [blockId, block] of Map.groupBy(trips, (trip) => trip.blockId)) {
    const inOrder = block.toSorted((a, b) => (a.stops[0]?.departureS ?? 0) - (b.stops[0]?.departureS ?? 0));
    for (const [index, trip] of inOrder.entries()) {
      const next = blockId === undefined ? undefined : inOrder[index + 1];
      const [startS, endS] = [trip.stops[0]?.departureS ?? 0, trip.stops.at(-1)?.arrivalS ?? 0];
      const freeS = (next?.stops[0]?.departureS ?? Number.POSITIVE_INFINITY) - TURN_S;
      found.set(trip.id, Math.max(endS, freeS) - startS);
    }
  }
  return found;
}

function candidate(
  groups: ReadonlyMap<string, { trips: ReadonlySet<PlanTrip>; offsets: ReturnType<typeof offsetsOf> }>,
  mostS: ReadonlyMap<string, number>,
  share: number,
): Map<string, readonly PlanStop[]> {
  const changed = new Map<string, readonly PlanStop[]>();
  for (const { trips, offsets } of groups.values())
    for (const trip of trips)
      changed.set(trip.id, retimed(trip, offsets, share, mostS.get(trip.id) ?? Number.POSITIVE_INFINITY));
  return changed;
}

/** What a timetable reaches on measured days; `changed` are the trips that differ from today's. */
async function effectOf(
  days: readonly (readonly Course[])[],
  changed: Proposal['changed'],
  rest: Rest,
): Promise<Effect & { onTimeByDay: number[] }> {
  const services: ReturnType<typeof simulateDay>[] = [];
  for (const courses of days) {
    services.push(simulateDay(courses, (tripId) => changed.get(tripId)));
    await rest();
  }
  const onTimeByDay = services.map(({ onTime, departures }) => onTime / Math.max(1, departures));
  return {
    onTime: estimate(onTimeByDay),
    excessWaitS: estimate(services.map(({ excessWaitS }) => excessWaitS)),
    vehicleHours: estimate(services.map((service) => service.vehicleHours)).value,
    onTimeByDay,
  };
}

/** Half of the days, from which a timetable is made, and the other half, by which it is judged. */
const halves = <T>(days: readonly T[]): { made: T[]; held: T[] } => ({
  made: days.filter((_, index) => index % 2 === 0),
  held: days.filter((_, index) => index % 2 === 1),
});

/** What today's timetable reaches on the days by which a proposal is judged. */
export const effectToday = async (days: readonly (readonly Course[])[], rest: Rest): Promise<Effect> => {
  const { onTimeByDay: _, ...effect } = await effectOf(halves(days).held, new Map(), rest);
  return effect;
};

/**
 * A timetable with running times as they were measured, from half of the days, with its effect foretold by a simulation
 * of the other half with the same disturbances. Departures from the first stop and vehicles stay as they are. Undefined
 * where none is surely better than today's.
 */
export async function proposeTimetable(
  days: readonly (readonly Course[])[],
  rest: Rest,
): Promise<Proposal | undefined> {
  const { made, held } = halves(days);
  const groups = new Map(
    [...Map.groupBy(made.flat(), ({ trip }) => groupOf(trip))]
      .filter(([, runs]) => runs.length >= LEAST_RUNS)
      .map(([key, runs]) => [key, { trips: new Set(runs.map(({ trip }) => trip)), offsets: offsetsOf(runs) }]),
  );
  if (groups.size === 0 || held.length < 2) return undefined;
  const mostS = lengths(new Set(days.flat().map(({ trip }) => trip)));
  const today = await effectOf(held, new Map(), rest);
  let best: Proposal | undefined;
  for (const share of SHARES) {
    const changed = candidate(groups, mostS, share);
    const { onTimeByDay, ...effect } = await effectOf(held, changed, rest);
    const gain = estimate(onTimeByDay.map((onTime, index) => onTime - (today.onTimeByDay[index] ?? 0)));
    const isBetter =
      gain.from > 0 &&
      effect.vehicleHours <= MOST_HOURS * today.vehicleHours &&
      effect.excessWaitS.value <= today.excessWaitS.value + MOST_WAIT_S;
    if (isBetter && gain.value > (best?.gain.value ?? 0)) best = { changed, effect, gain };
  }
  return best;
}

/** A trip that even its fast runs end too late, with how late half of them end, seconds. */
type HopelessTrip = { tripId: string; lineId: string; departsS: number; runs: number; medianLateS: number };

/** Trips that can never be on time: nine of ten runs that leave in time need longer than the timetable allows. */
export function hopelessTrips(days: readonly (readonly Course[])[]): HopelessTrip[] {
  return [...Map.groupBy(days.flat(), ({ trip }) => trip)]
    .flatMap(([{ id, lineId, stops }, runs]): HopelessTrip[] => {
      const [departsS, endsS] = [stops[0]?.departureS ?? 0, stops.at(-1)?.arrivalS ?? 0];
      const late = (offsetsOf(runs).reachedS.at(-1) ?? []).map((neededS) => departsS + neededS - endsS);
      if (runs.length < LEAST_RUNS || quantile(late, 0.1) <= ON_TIME_S.to) return [];
      return [{ tripId: id, lineId, departsS, runs: runs.length, medianLateS: quantile(late, 0.5) }];
    })
    .sort((a, b) => b.medianLateS - a.medianLateS);
}

/** A leg at an hour: what the timetable gives from departure to departure, and what runs need. Seconds. */
type LegNeed = {
  lineId: string;
  hour: number;
  fromStopId: string;
  toStopId: string;
  plannedS: number;
  runs: number;
  medianS: number;
  p85S: number;
  p95S: number;
};

/** The legs of all lines by the hour, those first whose planned time is farthest from the median. */
export function legNeeds(days: readonly (readonly Course[])[]): LegNeed[] {
  const needs = new Map<string, LegNeed & { values: number[] }>();
  for (const { trip, driveS, dwellS } of days.flat())
    for (let index = 1; index < trip.stops.length; index++) {
      const [from, to] = [trip.stops[index - 1], trip.stops[index]];
      if (from === undefined || to === undefined) continue;
      const hour = Math.floor(from.departureS / HOUR_S);
      const key = `${trip.lineId}|${hour}|${from.stopId}|${to.stopId}`;
      const known = needs.get(key) ?? {
        ...{ lineId: trip.lineId, hour, fromStopId: from.stopId, toStopId: to.stopId },
        ...{ plannedS: to.departureS - from.departureS, runs: 0, medianS: 0, p85S: 0, p95S: 0, values: [] },
      };
      needs.set(key, known);
      known.values.push((driveS[index] ?? 0) + (index === trip.stops.length - 1 ? 0 : (dwellS[index] ?? 0)));
    }
  return [...needs.values()]
    .filter(({ values }) => values.length >= LEAST_RUNS)
    .map(({ values, ...need }) => {
      values.sort((a, b) => a - b);
      const at = (share: number): number => Math.round(quantile(values, share));
      return { ...need, runs: values.length, medianS: at(0.5), p85S: at(0.85), p95S: at(0.95) };
    })
    .sort((a, b) => Math.abs(b.plannedS - b.medianS) - Math.abs(a.plannedS - a.medianS));
}
