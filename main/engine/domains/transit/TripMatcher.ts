import type { Stop, StopTime, Timetable, Trip } from '../../../../shared/county/county.ts';
import type { PlannedStop } from '../../../../shared/transit/adherence.ts';
import { ShapeLine } from '../../../../shared/transit/ShapeLine.ts';
import type { VehicleObservation } from '../../../../shared/base/values.ts';
import { gtfsSeconds, serviceDaysAround, serviceTimeMs } from '../../registry/serviceTime.ts';

/**
 * A trip's line and stops in metres. Even trips of one pattern with the same running times have stop lists of their
 * own.
 */
export type TripPlan = { trip: Trip; line: ShapeLine; stops: PlannedStop[]; pattern: string };
/** A trip on one day: `startMs` is second 0 of its service day, moved for trips that run by headway. */
export type Run = { plan: TripPlan; startMs: number };

type Wanted = Pick<VehicleObservation, 'tripId' | 'routeId' | 'directionId' | 'serviceDay' | 'startTime'>;

const DAY_S = 86_400;
/** A vehicle may be on its trip from this long before the trip's start until this long after its end. */
const BEFORE_S = 3600;
const AFTER_S = 7200;
const MINUTE_MS = 60_000;

/** Starts are compared to the minute, because HFP leaves out the seconds that a timetable may have. */
const startKey = (routeId: string, directionId: 0 | 1, startS: number): string =>
  `${routeId}|${directionId}|${Math.floor(startS / 60)}`;
/** HFP and GTFS-Realtime write days with and without hyphens. */
const plainDay = (day: string): string => day.replaceAll('-', '');
/** HFP writes HH:MM, GTFS-Realtime HH:MM:SS. */
const startSeconds = (text: string | undefined): number | undefined =>
  gtfsSeconds(text !== undefined && /^\s*\d+:\d{2}\s*$/.test(text) ? `${text.trim()}:00` : text);
const firstS = (trip: Trip): number => trip.stopTimes[0]?.departureS ?? 0;
const lastS = (trip: Trip): number => trip.stopTimes.at(-1)?.arrivalS ?? 0;

/** Finds the trip of the timetable that a vehicle reports, and places the stops of trips along their lines. */
export class TripMatcher {
  readonly #timetable: Timetable;
  readonly #byStart = new Map<string, Trip[]>();
  readonly #plans = new Map<string, TripPlan>();
  readonly #lines = new Map<string, ShapeLine>();
  #scheduled = { minute: Number.NaN, trips: 0 };

  constructor(timetable: Timetable) {
    this.#timetable = timetable;
    for (const trip of timetable.trips.values()) {
      const key = startKey(trip.routeId, trip.directionId, firstS(trip));
      this.#byStart.set(key, [...(this.#byStart.get(key) ?? []), trip]);
    }
  }

  /**
   * Finds a trip by its id, or else by route, direction, service day and start. Undefined where the timetable has no
   * such trip.
   */
  find(wanted: Wanted, nowMs: number): Run | undefined {
    const days =
      wanted.serviceDay === undefined
        ? serviceDaysAround(nowMs, this.#timetable.timeZone)
        : [plainDay(wanted.serviceDay)];
    const trip = wanted.tripId === undefined ? undefined : this.#timetable.trips.get(wanted.tripId);
    const candidates = trip === undefined ? this.#startingAt(wanted) : [trip];
    const runs = candidates.flatMap((candidate) =>
      days.flatMap((day) => this.#runOn(candidate, day, wanted, nowMs) ?? []),
    );
    const middle = ({ plan, startMs }: Run): number => startMs + ((firstS(plan.trip) + lastS(plan.trip)) / 2) * 1000;
    return runs.sort((a, b) => Math.abs(middle(a) - nowMs) - Math.abs(middle(b) - nowMs))[0];
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
    const startS = startSeconds(startTime);
    if (routeId === undefined || directionId === undefined || startS === undefined) return [];
    // HFP's clock starts again at midnight; the times of the timetable continue past 24 h.
    return [startS, startS + DAY_S].flatMap(
      (seconds) => this.#byStart.get(startKey(routeId, directionId, seconds)) ?? [],
    );
  }

  #runOn(trip: Trip, day: string, { tripId, serviceDay, startTime }: Wanted, nowMs: number): Run | undefined {
    const startS = this.#timetable.frequencies.has(trip.id) ? startSeconds(startTime) : undefined;
    const startMs = this.#dayStart(day, startS === undefined ? 0 : startS - firstS(trip));
    // A trip named by its id and day runs on that day, whatever the calendar says; a trip found by its start must be in
    // service that day.
    const isNamed = tripId !== undefined && serviceDay !== undefined;
    if (startMs === undefined || (!isNamed && !this.#timetable.runsOn(trip.serviceId, day))) return undefined;
    const atS = (nowMs - startMs) / 1000;
    if (serviceDay === undefined && (atS < firstS(trip) - BEFORE_S || atS > lastS(trip) + AFTER_S)) return undefined;
    return { plan: this.#plan(trip), startMs };
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
    const plan = { trip, line, stops: this.#layStops(trip.stopTimes, line), pattern };
    this.#plans.set(trip.id, plan);
    return plan;
  }

  /**
   * Places the stops by projection onto the line, each after the one before: the feed's own distances are optional and
   * may be in any unit.
   */
  #layStops(stopTimes: readonly StopTime[], line: ShapeLine): PlannedStop[] {
    let afterM = 0;
    return stopTimes.flatMap(({ stopId, arrivalS, departureS }, index) => {
      const stop = this.#timetable.stops.get(stopId);
      if (stop === undefined) return [];
      const alongM =
        index === 0
          ? line.project(stop.lon, stop.lat, 0).alongM
          : Math.max(afterM + 1, line.project(stop.lon, stop.lat, afterM).alongM);
      afterM = alongM;
      return [{ stopId, alongM, arrivalS, departureS }];
    });
  }
}

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
