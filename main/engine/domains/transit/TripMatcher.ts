import type { Frequency, Stop, Timetable, Trip } from '../../../../shared/county/county.ts';
import { delayAt } from '../../../../shared/transit/adherence.ts';
import type { PlannedStop } from '../../../../shared/transit/adherence.ts';
import { ShapeLine } from '../../../../shared/transit/ShapeLine.ts';
import type { TripKind, VehicleObservation } from '../../../../shared/base/values.ts';
import { keptId, tripsNamed } from '../../registry/gtfs/feedNames.ts';
import { gtfsSeconds, serviceDayOf } from '../../registry/serviceTime.ts';
import { placeStops } from './placeStops.ts';
import { ServiceDays } from './ServiceDays.ts';

/**
 * A trip's line and stops in metres. Even trips of one pattern with the same running times have stop lists of their
 * own.
 */
export type TripPlan = {
  trip: Trip;
  line: ShapeLine;
  stops: PlannedStop[];
  /** The stops by id and the number of the call at it, which are the same on all patterns that share them. */
  visits: ReadonlyMap<string, PlannedStop>;
};
/**
 * A trip on one day: `startMs` is second 0 of its service day, moved for trips that run by headway and for copies.
 * `key` is the same for the same run.
 */
export type Run = {
  plan: TripPlan;
  /** Its service day, YYYYMMDD. */
  day: string;
  startMs: number;
  key: string;
  /** When it starts, seconds of the service day, where the trip runs several times (frequencies.txt). */
  startS?: number;
  /**
   * The headway that it runs by, seconds, where that is promised instead of times: then it is neither late nor early.
   */
  headwayS?: number;
};
/** When a run leaves its first stop by the timetable, UTC ms. */
export const departsMs = ({ plan, startMs }: Run): number => startMs + firstS(plan.trip) * 1000;
/** When a run arrives at its last stop by the timetable, UTC ms. */
export const endsMs = ({ plan, startMs }: Run): number => startMs + lastS(plan.trip) * 1000;
/** A run that the timetable has on the road. */
export type DueRun = { trip: Trip; startMs: number; key: string; departsMs: number; endsMs: number };

/** What a vehicle or a trip update says of its trip; the place separates runs that leave every few minutes. */
export type Wanted = Pick<
  VehicleObservation,
  'agency' | 'tripId' | 'routeId' | 'directionId' | 'serviceDay' | 'startTime'
> & { tripKind?: TripKind; lon?: number; lat?: number };

const DAY_S = 86_400;
const HOUR_S = 3600;
/** From second 0 of a service day to its noon, which is on that day also when the clocks change. */
const HALF_DAY_MS = DAY_S * 500;
/** A vehicle may be on its trip from this long before the trip's start until this long after its end. */
const BEFORE_S = 3600;
const AFTER_S = 7200;
const MINUTE_MS = 60_000;
/** Passes of a line this much farther off than the nearest one are looked at. */
const PASS_M = 60;

/** Starts are compared to the minute, because HFP leaves out the seconds that a timetable may have. */
const startKey = (routeId: string, directionId: 0 | 1, startS: number): string =>
  `${routeId}|${directionId}|${Math.floor(startS / 60)}`;
/** HFP and GTFS-Realtime write days with and without hyphens. */
const plainDay = (day: string): string => day.replaceAll('-', '');
const firstS = (trip: Trip): number => trip.stopTimes[0]?.departureS ?? 0;
const lastS = (trip: Trip): number => trip.stopTimes.at(-1)?.arrivalS ?? 0;

/** Finds the trip of the timetable that a vehicle reports, and places the stops of trips along their lines. */
export class TripMatcher {
  readonly #timetable: Timetable;
  readonly #byStart = new Map<string, Trip[]>();
  readonly #plans = new Map<string, TripPlan>();
  readonly #lines = new Map<string, ShapeLine>();
  readonly #services = new Set<string>();
  readonly #days: ServiceDays;
  #blocks: ReadonlyMap<string, Trip[]> | undefined;
  #lineTrips: ReadonlyMap<string, Trip[]> | undefined;
  #due: { minute: number; runs: DueRun[]; byHeadway: number } = { minute: Number.NaN, runs: [], byHeadway: 0 };

  constructor(timetable: Timetable) {
    this.#timetable = timetable;
    this.#days = new ServiceDays(timetable.timeZone);
    for (const trip of timetable.trips.values()) {
      this.#services.add(trip.serviceId);
      const key = startKey(trip.routeId, trip.directionId, firstS(trip));
      this.#byStart.set(key, [...(this.#byStart.get(key) ?? []), trip]);
    }
  }

  /**
   * Finds a trip by its id, or else by route, direction, service day and start. Undefined where the timetable has no
   * such trip.
   */
  find(wanted: Wanted, nowMs: number): Run | undefined {
    const named = wanted.tripId === undefined ? [] : tripsNamed(this.#timetable, wanted.agency, wanted.tripId);
    const candidates = named.length === 0 ? this.#startingAt(wanted) : named;
    const around = this.#days.around(nowMs);
    const day = wanted.serviceDay === undefined ? undefined : plainDay(wanted.serviceDay);
    const runsOf = (days: readonly string[], isNamed: boolean): Run[] =>
      candidates.flatMap((candidate) => days.flatMap((each) => this.#runsOn(candidate, each, wanted, nowMs, isNamed)));
    // Several timetables of an agency may have the trip: those whose calendar runs it on the day come first.
    const namedRuns = (on: string): Run[] => {
      const runs = runsOf([on], true);
      const planned = runs.filter(({ plan }) => this.#timetable.runsOn(plan.trip.serviceId, on));
      return planned.length > 0 ? planned : runs;
    };
    // Some feeds give the date of the calendar for trips after midnight, which are of the service day before.
    const present = day === undefined ? [] : namedRuns(day).filter((run) => isAround(run, nowMs));
    const runs = present.length > 0 ? present : runsOf(around, false);
    return nearest(runs.length > 0 || day === undefined ? runs : namedRuns(day), wanted, nowMs);
  }

  stop(id: string): Stop | undefined {
    return this.#timetable.stops.get(id);
  }

  routeName(routeId: string): string | undefined {
    return this.#timetable.routes.get(routeId)?.shortName;
  }

  /** The number of trips that the timetable has on the road at this minute. */
  scheduledNow(nowMs: number): number {
    return this.#dueAt(nowMs).runs.length + this.#due.byHeadway;
  }

  /** The runs that the timetable has on the road at this minute, but for those that only promise a headway. */
  dueNow(nowMs: number): readonly DueRun[] {
    return this.#dueAt(nowMs).runs;
  }

  /** Whether a trip is the first of its block on its days; undefined where it has no block. */
  isFirstOfBlock(trip: Trip): boolean | undefined {
    return trip.blockId === undefined ? undefined : this.#block(trip)[0] === trip;
  }

  /** The run that the vehicle of a run serves after it. */
  nextOfBlock({ plan: { trip }, day, startMs }: Run): Run | undefined {
    const block = trip.blockId === undefined ? [] : this.#block(trip);
    const next = block.find((other) => firstS(other) >= lastS(trip) && other !== trip);
    return next && { plan: this.#plan(next), day, startMs, key: runKey(next, startMs) };
  }

  /** A run of the past by the id of its trip; undefined where the timetable has no such trip. */
  runOf(tripId: string, day: string, startMs: number): Run | undefined {
    const trip = this.#timetable.trips.get(tripId);
    return trip && { plan: this.#plan(trip), day, startMs, key: runKey(trip, startMs) };
  }

  /** The next run of the same route and direction that leaves within the hour and, by its key, is not out. */
  nextOf(
    { trip, departsMs: leavesMs, startMs }: DueRun,
    nowMs: number,
    isOut: (runKey: string) => boolean,
  ): { departsMs: number } | undefined {
    const atS = (leavesMs - startMs) / 1000;
    const day = serviceDayOf(startMs + HALF_DAY_MS, this.#timetable.timeZone);
    const later = this.#tripsOf(trip.routeId, trip.directionId).find(
      (other) =>
        firstS(other) > atS &&
        firstS(other) <= atS + HOUR_S &&
        this.#timetable.runsOn(other.serviceId, day) &&
        !isOut(runKey(other, startMs)),
    );
    if (later !== undefined) return { departsMs: startMs + firstS(later) * 1000 };
    const [window] = this.#timetable.frequencies.get(trip.id) ?? [];
    return window && { departsMs: Math.max(leavesMs, nowMs) + window.headwayS * 1000 };
  }

  /** Whether any service runs on the day of this moment, and the days that the calendars cover. */
  service(nowMs: number): { runsToday: boolean; firstDay?: string; lastDay?: string; today: string } {
    const { runsOn, firstDay, lastDay } = this.#timetable;
    const today = this.#days.around(nowMs)[1] ?? '';
    return {
      today,
      runsToday: [...this.#services].some((id) => runsOn(id, today)),
      ...(firstDay !== undefined && { firstDay }),
      ...(lastDay !== undefined && { lastDay }),
    };
  }

  #dueAt(nowMs: number): { runs: DueRun[] } {
    const minute = Math.floor(nowMs / MINUTE_MS);
    if (minute === this.#due.minute) return this.#due;
    const { trips, runsOn, frequencies } = this.#timetable;
    const due = { minute, runs: [] as DueRun[], byHeadway: 0 };
    for (const day of this.#days.around(nowMs)) {
      const dayMs = this.#days.startMs(day) ?? Number.NaN;
      const atS = (nowMs - dayMs) / 1000;
      const isOn = new Map<string, boolean>();
      for (const trip of trips.values()) {
        const known = isOn.get(trip.serviceId) ?? runsOn(trip.serviceId, day);
        isOn.set(trip.serviceId, known);
        if (!known) continue;
        const windows = frequencies.get(trip.id);
        if (windows === undefined) addDue(due.runs, trip, dayMs, firstS(trip), atS);
        else due.byHeadway += addWindows(due.runs, trip, windows, { dayMs, atS });
      }
    }
    this.#due = due;
    return due;
  }

  /** The trips of a trip's block on its days, in their order. */
  #block({ serviceId, blockId }: Trip): readonly Trip[] {
    this.#blocks ??= inOrder(this.#timetable.trips.values(), (trip) => `${trip.serviceId}|${trip.blockId ?? ''}`);
    return this.#blocks.get(`${serviceId}|${blockId ?? ''}`) ?? [];
  }

  #tripsOf(routeId: string, directionId: 0 | 1): readonly Trip[] {
    this.#lineTrips ??= inOrder(this.#timetable.trips.values(), (trip) => `${trip.routeId}|${trip.directionId}`);
    return this.#lineTrips.get(`${routeId}|${directionId}`) ?? [];
  }

  #startingAt({ agency, routeId: named, directionId, startTime }: Wanted): Trip[] {
    const startS = gtfsSeconds(startTime);
    if (named === undefined || startS === undefined) return [];
    const routeId = keptId(this.#timetable, this.#timetable.routes, agency, named);
    const directions = directionId === undefined ? ([0, 1] as const) : [directionId];
    // HFP's clock starts again at midnight; the times of the timetable continue past 24 h.
    return [startS, startS + DAY_S].flatMap((seconds) =>
      directions.flatMap((direction) => this.#byStart.get(startKey(routeId, direction, seconds)) ?? []),
    );
  }

  /** The runs of a trip on a service day: one, but for trips by headway whose start is not given. */
  #runsOn(trip: Trip, day: string, { startTime, tripKind }: Wanted, nowMs: number, isNamed: boolean): Run[] {
    // A trip named by its day runs on that day, whatever the calendar says, and so does a copy.
    if (!isNamed && tripKind !== 'duplicated' && !this.#timetable.runsOn(trip.serviceId, day)) return [];
    const windows = this.#timetable.frequencies.get(trip.id);
    const startS = gtfsSeconds(startTime);
    const isMoved = windows !== undefined || tripKind === 'duplicated';
    const starts = !isMoved
      ? [firstS(trip)]
      : startS !== undefined
        ? [startS]
        : (windows ?? []).flatMap((window) => startsIn(window));
    const dayMs = this.#days.startMs(day);
    if (dayMs === undefined) return [];
    return starts.flatMap((start) => {
      const startMs = dayMs + (start - firstS(trip)) * 1000;
      const byHeadway = windows?.find(({ fromS, toS, isExact }) => isExact !== true && start >= fromS && start < toS);
      const run: Run = {
        plan: this.#plan(trip),
        day,
        startMs,
        key: runKey(trip, startMs),
        ...(windows !== undefined && { startS: start }),
        ...(byHeadway !== undefined && { headwayS: byHeadway.headwayS }),
      };
      return isNamed || isAround(run, nowMs) ? [run] : [];
    });
  }

  #plan(trip: Trip): TripPlan {
    const known = this.#plans.get(trip.id);
    if (known !== undefined) return known;
    const stops = trip.stopTimes.flatMap(({ stopId }) => this.#timetable.stops.get(stopId) ?? []);
    const pattern = `${trip.routeId}|${trip.directionId}|${trip.shapeId ?? ''}|${trip.stopTimes[0]?.stopId ?? ''}|${trip.stopTimes.at(-1)?.stopId ?? ''}|${stops.length}`;
    const line =
      this.#lines.get(pattern) ??
      new ShapeLine(
        this.#timetable.shapes.get(trip.shapeId ?? '') ?? stops.map(({ lon, lat }): [number, number] => [lon, lat]),
      );
    this.#lines.set(pattern, line);
    const placed = placeStops(trip.stopTimes, (id) => this.#timetable.stops.get(id), line);
    const plan = { trip, line, stops: placed, visits: visitsOf(placed) };
    this.#plans.set(trip.id, plan);
    return plan;
  }
}

/** Whether a vehicle can be on this run now. */
function isAround({ plan: { trip }, startMs }: Run, nowMs: number): boolean {
  const atS = (nowMs - startMs) / 1000;
  return atS >= firstS(trip) - BEFORE_S && atS <= lastS(trip) + AFTER_S;
}

/**
 * The run that a vehicle is most likely on: where its place is known, the one that it is least late or early on,
 * otherwise the one whose middle is nearest to now.
 */
function nearest(runs: readonly Run[], { lon, lat }: Wanted, nowMs: number): Run | undefined {
  const offS = ({ plan: { line, stops, trip }, startMs }: Run): number => {
    const atS = (nowMs - startMs) / 1000;
    const byMiddle = Math.abs(atS - (firstS(trip) + lastS(trip)) / 2);
    if (lon === undefined || lat === undefined) return byMiddle;
    const delays = line.passes(lon, lat, PASS_M).map(({ alongM }) => Math.abs(delayAt(stops, alongM, atS)));
    return Math.min(...delays, byMiddle + DAY_S);
  };
  if (runs.length < 2) return runs[0];
  return runs.map((run) => ({ run, off: offS(run) })).sort((a, b) => a.off - b.off)[0]?.run;
}

/** Trips by a key, those of each key in the order of their departures. */
function inOrder(trips: Iterable<Trip>, keyOf: (trip: Trip) => string): Map<string, Trip[]> {
  const groups = Map.groupBy(trips, keyOf);
  for (const group of groups.values()) group.sort((a, b) => firstS(a) - firstS(b));
  return groups;
}

const runKey = (trip: Trip, startMs: number): string => `${trip.id}|${startMs}`;

/** Adds the run that leaves at `start` seconds of the day, where it is on the road at `atS`. */
function addDue(runs: DueRun[], trip: Trip, dayMs: number, start: number, atS: number): void {
  const lengthS = lastS(trip) - firstS(trip);
  if (trip.stopTimes.length === 0 || atS < start || atS > start + lengthS) return;
  const [startMs, leavesMs] = [dayMs + (start - firstS(trip)) * 1000, dayMs + start * 1000];
  runs.push({ trip, startMs, key: runKey(trip, startMs), departsMs: leavesMs, endsMs: leavesMs + lengthS * 1000 });
}

/** Adds the runs of a trip's windows that leave at exact times; returns how many others are on the road. */
function addWindows(
  runs: DueRun[],
  trip: Trip,
  windows: readonly Frequency[],
  { dayMs, atS }: { dayMs: number; atS: number },
): number {
  let byHeadway = 0;
  for (const window of windows) {
    if (window.isExact !== true) byHeadway += runsUnderWay(window, lastS(trip) - firstS(trip), atS);
    else for (const start of startsIn(window)) addDue(runs, trip, dayMs, start, atS);
  }
  return byHeadway;
}

function visitsOf(stops: readonly PlannedStop[]): Map<string, PlannedStop> {
  const calls = new Map<string, number>();
  return new Map(
    stops.map((stop) => {
      const call = (calls.get(stop.stopId) ?? 0) + 1;
      calls.set(stop.stopId, call);
      return [`${stop.stopId} ${call}`, stop];
    }),
  );
}

/** When the trips of a headway leave, in seconds of the service day. */
const startsIn = ({ fromS, toS, headwayS }: { fromS: number; toS: number; headwayS: number }): number[] =>
  Array.from({ length: Math.max(1, Math.ceil((toS - fromS) / headwayS)) }, (_, index) => fromS + index * headwayS);

/** The number of trips under way at a moment, among those that leave every `headwayS` within a window. */
function runsUnderWay(
  { fromS, toS, headwayS }: { fromS: number; toS: number; headwayS: number },
  lengthS: number,
  atS: number,
): number {
  const latest = Math.min(Math.floor((atS - fromS) / headwayS), Math.ceil((toS - fromS) / headwayS) - 1);
  const earliest = Math.max(0, Math.ceil((atS - fromS - lengthS) / headwayS));
  return Math.max(0, latest - earliest + 1);
}
