import type { Stop, Timetable, Trip } from '../../../../shared/county/county.ts';
import { delayAt } from '../../../../shared/transit/adherence.ts';
import type { PlannedStop } from '../../../../shared/transit/adherence.ts';
import { ShapeLine } from '../../../../shared/transit/ShapeLine.ts';
import type { TripKind, VehicleObservation } from '../../../../shared/base/values.ts';
import { gtfsSeconds, serviceDaysAround, serviceTimeMs } from '../../registry/serviceTime.ts';
import { placeStops } from './placeStops.ts';

/**
 * A trip's line and stops in metres. Even trips of one pattern with the same running times have stop lists of their
 * own.
 */
export type TripPlan = { trip: Trip; line: ShapeLine; stops: PlannedStop[]; pattern: string };
/**
 * A trip on one day: `startMs` is second 0 of its service day, moved for trips that run by headway and for copies.
 * `key` is the same for the same run.
 */
export type Run = { plan: TripPlan; startMs: number; key: string };

/** What a vehicle or a trip update says of its trip; the place separates runs that leave every few minutes. */
export type Wanted = Pick<VehicleObservation, 'tripId' | 'routeId' | 'directionId' | 'serviceDay' | 'startTime'> & {
  tripKind?: TripKind;
  lon?: number;
  lat?: number;
};

const DAY_S = 86_400;
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
  #scheduled = { minute: Number.NaN, trips: 0 };

  constructor(timetable: Timetable) {
    this.#timetable = timetable;
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
    const trip = wanted.tripId === undefined ? undefined : this.#timetable.trips.get(wanted.tripId);
    const candidates = trip === undefined ? this.#startingAt(wanted) : [trip];
    const around = serviceDaysAround(nowMs, this.#timetable.timeZone);
    const named = wanted.serviceDay === undefined ? undefined : plainDay(wanted.serviceDay);
    const runsOf = (days: readonly string[], isNamed: boolean): Run[] =>
      candidates.flatMap((candidate) => days.flatMap((day) => this.#runsOn(candidate, day, wanted, nowMs, isNamed)));
    // Some feeds give the date of the calendar for trips after midnight, which are of the service day before.
    const present = named === undefined ? [] : runsOf([named], true).filter((run) => isAround(run, nowMs));
    const runs = present.length > 0 ? present : runsOf(around, false);
    return nearest(runs.length > 0 || named === undefined ? runs : runsOf([named], true), wanted, nowMs);
  }

  stop(id: string): Stop | undefined {
    return this.#timetable.stops.get(id);
  }

  routeName(routeId: string): string | undefined {
    return this.#timetable.routes.get(routeId)?.shortName;
  }

  /** Trips that the timetable has on the road at this minute. */
  scheduledNow(nowMs: number): number {
    const minute = Math.floor(nowMs / MINUTE_MS);
    if (minute !== this.#scheduled.minute) this.#scheduled = { minute, trips: this.#countNow(nowMs) };
    return this.#scheduled.trips;
  }

  /** Whether any service runs on the day of this moment, and the days that the calendars cover. */
  service(nowMs: number): { runsToday: boolean; firstDay?: string; lastDay?: string; today: string } {
    const { timeZone, runsOn, firstDay, lastDay } = this.#timetable;
    const today = serviceDaysAround(nowMs, timeZone)[1] ?? '';
    return {
      today,
      runsToday: [...this.#services].some((id) => runsOn(id, today)),
      ...(firstDay !== undefined && { firstDay }),
      ...(lastDay !== undefined && { lastDay }),
    };
  }

  #countNow(nowMs: number): number {
    const { timeZone, trips, runsOn, frequencies } = this.#timetable;
    let count = 0;
    for (const day of serviceDaysAround(nowMs, timeZone)) {
      const atS = (nowMs - serviceTimeMs(day, 0, timeZone)) / 1000;
      const isOn = new Map<string, boolean>();
      for (const trip of trips.values()) {
        const known = isOn.get(trip.serviceId) ?? runsOn(trip.serviceId, day);
        isOn.set(trip.serviceId, known);
        if (!known) continue;
        const windows = frequencies.get(trip.id);
        if (windows !== undefined)
          count += windows.reduce((sum, window) => sum + runsUnderWay(window, lastS(trip) - firstS(trip), atS), 0);
        else if (atS >= firstS(trip) && atS <= lastS(trip)) count++;
      }
    }
    return count;
  }

  #startingAt({ routeId, directionId, startTime }: Wanted): Trip[] {
    const startS = gtfsSeconds(startTime);
    if (routeId === undefined || startS === undefined) return [];
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
    return starts.flatMap((start) => {
      const startMs = this.#dayStart(day, start - firstS(trip));
      if (startMs === undefined) return [];
      const run = { plan: this.#plan(trip), startMs, key: `${trip.id}|${startMs}` };
      return isNamed || isAround(run, nowMs) ? [run] : [];
    });
  }

  #dayStart(day: string, seconds: number): number | undefined {
    try {
      return serviceTimeMs(day, seconds, this.#timetable.timeZone);
    } catch {
      return undefined; // "20251399" is not a date.
    }
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
    const plan = { trip, line, stops: placed, pattern };
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
