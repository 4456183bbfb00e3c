import { DAY_MS } from '../../../shared/base/durations.ts';
import type { County, Timetable, Trip } from '../../../shared/county/county.ts';
import { courseOf } from '../../../shared/transit/courses.ts';
import type { Course, MeasuredTimes, PlanStop, PlanTrip } from '../../../shared/transit/courses.ts';
import { effectToday, hopelessTrips, legNeeds, proposeTimetable } from '../../../shared/transit/proposeTimetable.ts';
import type { Proposal } from '../../../shared/transit/proposeTimetable.ts';
import type { TimetableAdvice } from '../../../shared/transit/timetableAdvice.ts';
import { RequestError } from '../base/RequestError.ts';
import { gtfsTime, serviceDayOf } from '../registry/serviceTime.ts';
import type { Ledger, MeasuredRun } from '../store/ledger/ledger.ts';

type PlanningOptions = {
  county: Pick<County, 'timetable' | 'profile'>;
  ledger: Pick<Ledger, 'measuredRuns'>;
  nowMs: () => number;
};

/** Six weeks: enough runs of each trip, and still the same streets. */
const LOOK_BACK_DAYS = 42;
const NEEDED_DAYS = 10;
const MOST_LISTED = 50;
/** An answer is made again for another timetable, and after this long. */
const FRESH_MS = 3_600_000;

type Planned = { advice: TimetableAdvice; proposal: Proposal | undefined };

const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A trip as the planning takes it. */
const planTrip = ({ id, routeId, directionId, serviceId, blockId, stopTimes }: Trip): PlanTrip => ({
  id,
  lineId: `${routeId}|${String(directionId)}`,
  dayKind: serviceId,
  ...(blockId !== undefined && { blockId: `${serviceId}|${blockId}` }),
  stops: stopTimes,
});

const timesOf = ({ calls, startMs }: MeasuredRun): MeasuredTimes =>
  new Map(
    calls.map(({ sequence, arrivalMs, departureMs }) => [
      sequence,
      {
        ...(arrivalMs !== undefined && { arrivalS: (arrivalMs - startMs) / 1000 }),
        ...(departureMs !== undefined && { departureS: (departureMs - startMs) / 1000 }),
      },
    ]),
  );

/** What the runs of one day met, in the order of their departures. */
function coursesOf(runs: readonly MeasuredRun[], trips: ReadonlyMap<string, PlanTrip>): Course[] {
  const measured = runs.flatMap((run) => {
    const trip = trips.get(run.tripId);
    return trip === undefined ? [] : [{ trip, times: timesOf(run) }];
  });
  measured.sort((a, b) => (a.trip.stops[0]?.departureS ?? 0) - (b.trip.stops[0]?.departureS ?? 0));
  const free = new Map<string, number>();
  return measured.flatMap(({ trip, times }) => {
    const course = courseOf(trip, times, trip.blockId === undefined ? undefined : free.get(trip.blockId));
    const endS = times.get(trip.stops.at(-1)?.sequence ?? Number.NaN)?.arrivalS;
    if (trip.blockId !== undefined && endS !== undefined) free.set(trip.blockId, endS);
    return course ?? [];
  });
}

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** All trips of a timetable as stop_times.txt, with the times of those that change. */
function stopTimesText({ trips }: Timetable, changed: Proposal['changed']): string {
  const lines = ['trip_id,arrival_time,departure_time,stop_id,stop_sequence,timepoint'];
  for (const { id, stopTimes } of trips.values()) {
    const moved = changed.get(id);
    for (const [index, stop] of stopTimes.entries()) {
      const { arrivalS, departureS }: Pick<PlanStop, 'arrivalS' | 'departureS'> = moved?.[index] ?? stop;
      const point = stop.isTimepoint ? '1' : '0';
      lines.push(
        [cell(id), gtfsTime(arrivalS), gtfsTime(departureS), cell(stop.stopId), stop.sequence, point].join(','),
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** What the runs show, with names of lines and stops. */
function findings(
  days: readonly (readonly Course[])[],
  timetable: Timetable | undefined,
): Pick<TimetableAdvice, 'hopeless' | 'legs'> {
  const stop = (id: string): string => timetable?.stops.get(id)?.name ?? id;
  const line = (lineId: string): string => {
    const routeId = lineId.slice(0, lineId.lastIndexOf('|'));
    return timetable?.routes.get(routeId)?.shortName ?? routeId;
  };
  const to = (tripId: string): string => {
    const headsign = timetable?.trips.get(tripId)?.headsign;
    return headsign === undefined ? '' : ` to ${headsign}`;
  };
  return {
    hopeless: hopelessTrips(days)
      .slice(0, MOST_LISTED)
      .map(({ lineId, ...trip }) => ({ ...trip, line: `${line(lineId)}${to(trip.tripId)}` })),
    legs: legNeeds(days)
      .slice(0, MOST_LISTED)
      .map(({ lineId, fromStopId, toStopId, ...leg }) => ({
        ...leg,
        line: line(lineId),
        from: stop(fromStopId),
        to: stop(toStopId),
      })),
  };
}

/** Advice on the timetable from the measured runs of the ledger. */
export class TimetablePlanning {
  readonly #options: PlanningOptions;
  #made: { atMs: number; timetable: Timetable | undefined; planned: Promise<Planned> } | undefined;

  constructor(options: PlanningOptions) {
    this.#options = options;
  }

  /** Rejects with a StoreError where the ledger cannot be read. */
  async advice(): Promise<TimetableAdvice> {
    return (await this.#planned()).advice;
  }

  /** The proposed stop_times.txt. Rejects with a RequestError where nothing is proposed. */
  async stopTimes(): Promise<string> {
    const { proposal } = await this.#planned();
    const { timetable } = this.#options.county;
    if (proposal === undefined || timetable === undefined)
      throw new RequestError('refused', 'No better timetable is known.');
    if (timetable.names !== undefined)
      throw new RequestError('refused', 'The county has several feeds, whose trips do not fit into one file.');
    return stopTimesText(timetable, proposal.changed);
  }

  #planned(): Promise<Planned> {
    const { county, nowMs } = this.#options;
    const [atMs, { timetable }] = [nowMs(), county];
    const made = this.#made;
    if (made !== undefined && made.timetable === timetable && Math.abs(atMs - made.atMs) < FRESH_MS)
      return made.planned;
    const planned = this.#plan(timetable, atMs);
    this.#made = { atMs, timetable, planned };
    // What failed is tried again with the next question.
    planned.catch(() => {
      this.#made = undefined;
    });
    return planned;
  }

  async #plan(timetable: Timetable | undefined, nowMs: number): Promise<Planned> {
    const days = timetable === undefined ? [] : await this.#measuredDays(timetable, nowMs);
    const isEnough = days.length >= NEEDED_DAYS;
    const proposal = isEnough ? await proposeTimetable(days, rest) : undefined;
    const advice: TimetableAdvice = {
      days: days.length,
      neededDays: NEEDED_DAYS,
      runs: days.reduce((sum, courses) => sum + courses.length, 0),
      ...(isEnough && { today: await effectToday(days, rest) }),
      ...(proposal !== undefined && {
        proposal: { effect: proposal.effect, gain: proposal.gain, changedTrips: proposal.changed.size },
      }),
      ...findings(days, timetable),
    };
    return { advice, proposal };
  }

  async #measuredDays(timetable: Timetable, nowMs: number): Promise<Course[][]> {
    const { ledger, county } = this.#options;
    // A trip that runs by headway has no times that could be better.
    const plain = [...timetable.trips.values()].filter(({ id }) => !timetable.frequencies.has(id));
    const trips = new Map(plain.map((trip) => [trip.id, planTrip(trip)]));
    const dayOf = (back: number): string => serviceDayOf(nowMs - back * DAY_MS, county.profile.timeZone);
    const days: Course[][] = [];
    for (let back = LOOK_BACK_DAYS; back >= 1; back--) {
      const courses = coursesOf(await ledger.measuredRuns(dayOf(back), dayOf(back - 1)), trips);
      if (courses.length > 0) days.push(courses);
      await rest();
    }
    return days;
  }
}
