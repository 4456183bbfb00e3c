import { courseOf } from '../../shared/transit/courses.ts';
import type { Course, MeasuredTimes, PlanStop, PlanTrip } from '../../shared/transit/courses.ts';
import { effectToday, proposeTimetable } from '../../shared/transit/proposeTimetable.ts';
import { serviceOf } from '../../shared/transit/simulateService.ts';
import type { DayService, Departure } from '../../shared/transit/simulateService.ts';
import { generateCounty } from '../../simulators/county/generateCounty.ts';
import { normal, textKey, uniform } from '../../simulators/random/hash.ts';
import { readTimetable } from '../../simulators/world/readTimetable.ts';
import type { RunTrip } from '../../simulators/world/readTimetable.ts';
import type { Bench, Figures } from './bench.ts';

const DAYS = 20;
const TURN_S = 45;
const HOLD_S = 40;
const MISHAP_SHARE = 0.06;
/** How long the timetable is beside what buses need, by line: too tight, right, or with slack. */
const LENGTHS = [0.6, 0.7, 0.85, 1, 1.25];

/** A trip with the driving time that it needs to each stop, and a timetable that may not fit it. */
type Line = { trip: PlanTrip; neededS: readonly number[] };

/** The weekday blocks of a simulated county with timetables that are wrong by a known factor per line and month. */
function linesOf(files: ReadonlyMap<string, string>, month: number): Line[][] {
  const timetable = readTimetable(files);
  const services = Map.groupBy(timetable?.blocks ?? [], ({ serviceId }) => serviceId);
  const largest = [...services.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  return largest.map(({ id, trips }) => trips.map((trip) => lineOf(trip, id, month)));
}

function lineOf({ id, routeId, directionId, stops }: RunTrip, blockId: string, month: number): Line {
  const lineId = `${routeId}|${String(directionId)}`;
  const length = LENGTHS[Math.floor(uniform(month, textKey(lineId), 7) * LENGTHS.length)] ?? 1;
  const startS = stops[0]?.departureS ?? 0;
  const planned = stops.map(({ stopId, arrivalS, departureS }, index): PlanStop => {
    const moved = (atS: number): number => Math.round(startS + length * (atS - startS));
    return { stopId, sequence: index + 1, arrivalS: moved(arrivalS), departureS: moved(departureS) };
  });
  const neededS = stops.map((stop, index) =>
    Math.max(0, stop.arrivalS - (stops[index - 1]?.departureS ?? stop.arrivalS)),
  );
  return { trip: { id, lineId, dayKind: '', blockId, stops: planned }, neededS };
}

/** Streets are slower in the rush hours, by a share that differs from month to month. */
const congestion = (atS: number, month: number): number => {
  const most = 0.1 + 0.15 * uniform(month, 11);
  const near = (hour: number): number => Math.exp(-(((atS / 3600 - hour) / 1) ** 2));
  return 1 + most * (near(7.75) + near(17));
};

/** Drives a block for a day: another simulator than the one that foretells, with drivers who hold at each stop. */
function driveBlock(
  block: readonly Line[],
  day: number,
  month: number,
  stopsOf: (id: string) => readonly PlanStop[] | undefined,
): Map<string, MeasuredTimes> {
  let freeS = Number.NEGATIVE_INFINITY;
  return new Map(
    block.map(({ trip, neededS }) => {
      const [key, stops] = [textKey(trip.id), stopsOf(trip.id) ?? trip.stops];
      const temper = Math.max(0.9, 1.02 + 0.06 * normal(month, key, day, 31));
      const mishapAt = uniform(month, key, day, 33) < MISHAP_SHARE ? 1 + (key % Math.max(1, stops.length - 1)) : -1;
      const times = new Map<number, { arrivalS: number; departureS: number }>();
      let leftS =
        Math.max(stops[0]?.departureS ?? 0, freeS + TURN_S) + Math.max(0, 9 + 12 * normal(month, key, day, 32));
      times.set(1, { arrivalS: leftS - 30, departureS: leftS });
      for (let index = 1; index < stops.length; index++) {
        const chance = Math.max(0.8, 1 + 0.17 * normal(month, key, day, 100 + index));
        const driveS = Math.max(8, ((neededS[index] ?? 0) - 13) * temper * chance * congestion(leftS, month));
        const arrivalS = leftS + driveS + (index === mishapAt ? 150 + 260 * uniform(month, key, day, 34) : 0);
        const dwellS = Math.max(5, 13 + 6 * normal(month, key, day, 1000 + index));
        leftS = Math.max(arrivalS + dwellS, (stops[index]?.departureS ?? 0) - HOLD_S);
        times.set(index + 1, { arrivalS, departureS: leftS });
      }
      freeS = times.get(stops.length)?.arrivalS ?? freeS;
      return [trip.id, times];
    }),
  );
}

const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Changed = ReadonlyMap<string, readonly PlanStop[]>;
type Blocks = readonly (readonly Line[])[];

/** What is measured on a day under today's timetable. */
function measureDay(blocks: Blocks, day: number, month: number): Course[] {
  const courses = blocks.flatMap((block) => {
    const driven = driveBlock(block, day, month, () => undefined);
    let freeS: number | undefined;
    return block.flatMap(({ trip }) => {
      const times = driven.get(trip.id);
      const course = times && courseOf(trip, times, freeS);
      freeS = times?.get(trip.stops.length)?.arrivalS;
      return course ?? [];
    });
  });
  return courses.sort((a, b) => (a.trip.stops[0]?.departureS ?? 0) - (b.trip.stops[0]?.departureS ?? 0));
}

/** What passengers really get on a day with a timetable. */
function reach(blocks: Blocks, day: number, month: number, changed: Changed): DayService {
  const departures = blocks.flatMap((block) => {
    const driven = driveBlock(block, day, month, (id) => changed.get(id));
    return block.flatMap(({ trip: { id, lineId, stops: today } }) => {
      const stops = changed.get(id) ?? today;
      return stops.flatMap(({ stopId, sequence, departureS, arrivalS }): Departure[] => {
        const isLast = sequence === stops.length;
        const times = driven.get(id)?.get(sequence);
        const actualS = (isLast ? times?.arrivalS : times?.departureS) ?? Number.NaN;
        return [{ lineId, stopId, isLast, plannedS: isLast ? arrivalS : departureS, actualS }];
      });
    });
  });
  return serviceOf(departures);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const share = (value: number): number => Math.round(value * 1000) / 1000;

type Month = Record<
  | 'onTimeBefore'
  | 'onTimeForetold'
  | 'onTimeReached'
  | 'excessWaitBefore'
  | 'excessWaitForetold'
  | 'excessWaitReached'
  | 'vehicleHoursBefore'
  | 'vehicleHoursAfter',
  number
> & { isProposed: boolean };

/** Measures a month, proposes a timetable, and lets the next month run with each of the two. */
async function tryMonth(files: ReadonlyMap<string, string>, month: number): Promise<Month> {
  const blocks = linesOf(files, month);
  const measured = Array.from({ length: DAYS }, (_, day) => measureDay(blocks, day, month));
  const proposal = await proposeTimetable(measured, rest);
  const changed: Changed = proposal?.changed ?? new Map();
  const today = await effectToday(measured, rest);
  const effect = proposal?.effect ?? today;
  const next = Array.from({ length: DAYS }, (_, day) => DAYS + day);
  const [before, after] = [
    next.map((day) => reach(blocks, day, month, new Map())),
    next.map((day) => reach(blocks, day, month, changed)),
  ];
  const onTime = (days: readonly DayService[]): number => share(mean(days.map((day) => day.onTime / day.departures)));
  const wait = (days: readonly DayService[]): number => share(mean(days.map(({ excessWaitS }) => excessWaitS)));
  return {
    isProposed: proposal !== undefined,
    onTimeBefore: onTime(before),
    onTimeForetold: share(effect.onTime.value),
    onTimeReached: onTime(after),
    excessWaitBefore: wait(before),
    excessWaitForetold: share(effect.excessWaitS.value),
    excessWaitReached: wait(after),
    vehicleHoursBefore: share(today.vehicleHours),
    vehicleHoursAfter: share(effect.vehicleHours),
  };
}

async function run(options: Parameters<Bench['run']>[0], say: (line: string) => void): Promise<Figures> {
  const files = generateCounty(42, options.number('scale', 1));
  const months: Month[] = [];
  for (let month = 1; month <= options.number('months', 20); month++) {
    const found = await tryMonth(files, month);
    months.push(found);
    say(
      `Month ${month}: on time ${found.onTimeBefore}, foretold ${found.onTimeForetold}, reached ${found.onTimeReached}.`,
    );
  }
  const of = (key: Exclude<keyof Month, 'isProposed'>): number => share(mean(months.map((month) => month[key])));
  return {
    months: months.length,
    proposals: months.filter(({ isProposed }) => isProposed).length,
    onTimeBefore: of('onTimeBefore'),
    onTimeForetold: of('onTimeForetold'),
    onTimeReached: of('onTimeReached'),
    worstForetoldPoints: share(
      100 * Math.max(...months.map(({ onTimeForetold, onTimeReached }) => Math.abs(onTimeForetold - onTimeReached))),
    ),
    excessWaitBeforeSeconds: of('excessWaitBefore'),
    excessWaitForetoldSeconds: of('excessWaitForetold'),
    excessWaitReachedSeconds: of('excessWaitReached'),
    vehicleHoursBefore: of('vehicleHoursBefore'),
    vehicleHoursAfter: of('vehicleHoursAfter'),
  };
}

/** What proposed timetables reach in a simulated county whose timetables are wrong by known factors. */
export const timetable: Bench = {
  what: 'proposed timetables for simulated months with known slack and congestion: on-time share and excess wait',
  options: { months: 'months (20)', scale: 'size of the county (1)' },
  run,
};
