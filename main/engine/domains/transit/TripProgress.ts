import { createLocalTime, weekdayOf } from '../../../../shared/base/localTime.ts';
import { ON_TIME_S } from '../../../../shared/transit/adherence.ts';
import type { PlannedStop } from '../../../../shared/transit/adherence.ts';
import type { MeasuredCall, MeasuredRun } from '../../store/ledger/ledger.ts';
import type { LegAt, RunningTimes } from './RunningTimes.ts';
import type { Run } from './TripMatcher.ts';

/** A stop ahead of a vehicle, with the times at which it will probably arrive and leave, UTC ms. */
export type StopPrediction = { stopId: string; sequence?: number; arrivalMs: number; departureMs: number };

/** How the hours of the week are numbered: those of workdays and those of weekends. */
export type PeriodOf = (atMs: number) => number;

/** Vehicles wait rather than leave earlier than this. Seconds against the timetable. */
const HOLD_S = ON_TIME_S.from;
/** A vehicle at this many metres before its stop is about to stop there. */
const ARRIVING_M = 5;
/** A vehicle that is so far behind its stop has left it. */
const LEFT_M = 20;
/** A gap between positions longer than this says nothing about the legs within it. */
const LONGEST_GAP_MS = 120_000;
/** A vehicle this near to its stop may still stand there. Metres. */
const AT_STOP_M = 40;
/** How many legs a vehicle has to drive before its own pace counts as much as none. */
const PACE_LEGS = 14;
/** What a vehicle loses on one leg beyond this is a mishap and says nothing of its pace. Seconds. */
const MOST_PACE_S = 30;
/** A vehicle that stands on the way is not expected to lose more than this on the leg. Seconds. */
const MOST_ON_LEG_S = 60;
/** The speed on this share of a leg counts as much as what is usual there. */
const SHARE_SEEN = 0.2;

/** The hours of workdays are 0 to 23, those of weekends 24 to 47, in a time zone. */
export function hoursOfWeek(timeZone: string): PeriodOf {
  const { secondOfDay, dayNumber } = createLocalTime(timeZone);
  return (atMs) => {
    const weekday = weekdayOf(dayNumber(atMs));
    return Math.floor(secondOfDay(atMs) / 3600) + (weekday === 0 || weekday === 6 ? 24 : 0);
  };
}

type At = { alongM: number; atMs: number };

const legOf = ({ plan }: Run, from: PlannedStop, to: PlannedStop): string =>
  `${plan.trip.routeId}|${plan.trip.directionId}|${from.stopId}|${to.stopId}`;

const within = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

function legAt(run: Run, periodOf: PeriodOf, from: PlannedStop, to: PlannedStop, delayS: number): LegAt {
  return {
    leg: legOf(run, from, to),
    period: periodOf(run.startMs + from.departureS * 1000),
    scheduledS: to.arrivalS - from.arrivalS,
    delayS,
  };
}

/** When a vehicle that drove from one place to another passed a place between them; undefined where it did not. */
function passedMs(before: At, now: At, atM: number): number | undefined {
  if (atM <= before.alongM || atM > now.alongM) return undefined;
  return before.atMs + ((atM - before.alongM) / (now.alongM - before.alongM)) * (now.atMs - before.atMs);
}

/** Teaches the legs of a run that was measured in the past. */
export function learnRun(run: Run, calls: readonly MeasuredCall[], times: RunningTimes, periodOf: PeriodOf): void {
  const arrivals = new Map(calls.map(({ sequence, arrivalMs }) => [sequence, arrivalMs]));
  const { stops } = run.plan;
  const delayAt = ({ sequence, arrivalS }: PlannedStop): number =>
    ((arrivals.get(sequence ?? Number.NaN) ?? Number.NaN) - run.startMs) / 1000 - arrivalS;
  // The first stop is no leg's beginning, as in `TripProgress`.
  for (let index = 2; index < stops.length; index++) {
    const [from, to] = [stops[index - 1], stops[index]];
    if (from === undefined || to === undefined) continue;
    const left = Math.max(delayAt(from), HOLD_S);
    times.note(legAt(run, periodOf, from, to, left), delayAt(to) - left);
  }
}

/** When a vehicle should have driven a share of a leg, seconds of the service day. */
const dueAt = (from: PlannedStop, to: PlannedStop, driven: number): number =>
  from.departureS + driven * (to.arrivalS - from.departureS);

/**
 * The course of one vehicle on one run: when it passed its stops, and how its pace compares with what is usual there.
 */
export class TripProgress {
  readonly run: Run;
  readonly #times: RunningTimes;
  readonly #periodOf: PeriodOf;
  #before: At | undefined;
  /** The last stop that it passed, and its delay there. */
  #passed: { index: number; delayS: number } | undefined;
  /** Its delay soon behind that stop, and which share of the leg it had driven. */
  #mid: { driven: number; delayS: number } | undefined;
  #legs = 0;
  /** What it lost beyond the usual, and the scheduled time of the legs on which it did. Seconds. */
  #pace = { lostS: 0, scheduledS: 0 };

  readonly #measured = new Map<number, MeasuredCall>();
  #isTaken = false;

  constructor(run: Run, times: RunningTimes, periodOf: PeriodOf) {
    this.run = run;
    this.#times = times;
    this.#periodOf = periodOf;
  }

  /** Takes a place of the vehicle on its line. */
  note({ alongM, atMs }: At): void {
    const now = { alongM, atMs };
    const before = this.#before;
    if (!Number.isFinite(now.alongM) || (before !== undefined && now.alongM < before.alongM)) return;
    this.#before = now;
    if (before === undefined || now.atMs - before.atMs > LONGEST_GAP_MS) {
      this.#passed = undefined;
      return;
    }
    for (const [index, { alongM: stopM }] of this.run.plan.stops.entries()) {
      if (stopM - ARRIVING_M > now.alongM) break;
      const arrivalMs = passedMs(before, now, stopM - ARRIVING_M);
      const departureMs = passedMs(before, now, stopM + LEFT_M);
      if (arrivalMs !== undefined) this.#pass(index, arrivalMs);
      this.#measure(index, {
        ...(arrivalMs !== undefined && { arrivalMs }),
        ...(departureMs !== undefined && { departureMs }),
      });
    }
    this.#noteMiddle(now);
  }

  /** When it reached and left its stops so far, as far as two positions show it; each of them is given once. */
  takeMeasured(): MeasuredRun | undefined {
    if (this.#isTaken || this.#measured.size < 2) return undefined;
    this.#isTaken = true;
    const { plan, day, startMs } = this.run;
    const calls = [...this.#measured].sort(([a], [b]) => a - b);
    return { day, tripId: plan.trip.id, startMs, calls: calls.map(([, call]) => call) };
  }

  /** Whether it has reached its last stop. */
  get isOver(): boolean {
    return this.#measured.has(this.run.plan.stops.length - 1);
  }

  /**
   * The stops ahead of a vehicle that is `delayS` late at `alongM`: its delay goes on with what vehicles usually lose
   * on each leg at that hour, and with its own pace. No stop is predicted earlier than the one before it, nor than now.
   */
  predict({ alongM, atMs }: At, delayS: number): StopPrediction[] {
    const { stops } = this.run.plan;
    const nextIndex = stops.findIndex((stop) => stop.alongM > alongM);
    if (nextIndex === -1 || !Number.isFinite(delayS)) return [];
    const predictions: StopPrediction[] = [];
    let late = delayS;
    let earliestMs = atMs;
    for (let index = nextIndex; index < stops.length; index++) {
      const [from, stop] = [stops[index - 1], stops[index]];
      if (stop === undefined) break;
      if (from === undefined) late = Math.max(0, late);
      else if (index > nextIndex) late += this.#usualS(from, stop, late);
      else late = this.#nextDelayS(index, alongM, late);
      const arrivalMs = Math.max(earliestMs, this.#dueMs(stop.arrivalS) + late * 1000);
      late = Math.max((arrivalMs - this.#dueMs(stop.arrivalS)) / 1000, HOLD_S);
      const departureMs = Math.max(arrivalMs, this.#dueMs(stop.departureS) + HOLD_S * 1000);
      earliestMs = departureMs;
      predictions.push({
        stopId: stop.stopId,
        ...(stop.sequence !== undefined && { sequence: stop.sequence }),
        arrivalMs: Math.round(arrivalMs),
        departureMs: Math.round(departureMs),
      });
    }
    return predictions;
  }

  #measure(index: number, times: Omit<MeasuredCall, 'sequence'>): void {
    const sequence = this.run.plan.stops[index]?.sequence;
    if (sequence === undefined || (times.arrivalMs === undefined && times.departureMs === undefined)) return;
    this.#measured.set(index, { ...this.#measured.get(index), sequence, ...times });
  }

  #noteMiddle({ alongM, atMs }: At): void {
    const { stops } = this.run.plan;
    const [from, to] = this.#passed === undefined ? [] : [stops[this.#passed.index], stops[this.#passed.index + 1]];
    if (this.#mid !== undefined || from === undefined || to === undefined || alongM - from.alongM <= AT_STOP_M) return;
    const driven = (alongM - from.alongM) / Math.max(1, to.alongM - from.alongM);
    if (driven < 0.6) this.#mid = { driven, delayS: (atMs - this.#dueMs(dueAt(from, to, driven))) / 1000 };
  }

  #dueMs(seconds: number): number {
    return this.run.startMs + seconds * 1000;
  }

  #legAt(from: PlannedStop, to: PlannedStop, delayS: number): LegAt {
    return legAt(this.run, this.#periodOf, from, to, delayS);
  }

  /** What the vehicle will lose on a leg: what is usual there, and what its own pace adds. */
  #usualS(from: PlannedStop, to: PlannedStop, late: number): number {
    const at = this.#legAt(from, to, late);
    const weight = this.#legs / (this.#legs + PACE_LEGS);
    const paceS = this.#pace.scheduledS === 0 ? 0 : (this.#pace.lostS / this.#pace.scheduledS) * at.scheduledS * weight;
    return this.#times.expectedS(at) + paceS;
  }

  /**
   * The delay at the next stop: the present one, without the time for boarding at the stop before, which is not spread
   * over the leg as the timetable has it; and with what vehicles usually lose on the rest of the leg.
   */
  #nextDelayS(index: number, alongM: number, delayS: number): number {
    const [from, to] = [this.run.plan.stops[index - 1], this.run.plan.stops[index]];
    if (from === undefined || to === undefined) return delayS;
    const rest = 1 - (alongM - from.alongM) / Math.max(1, to.alongM - from.alongM);
    const usualS = this.#usualS(from, to, delayS);
    const onTheWay = delayS + rest * this.#paceOnLegS(from, to, usualS - this.#times.boardingS);
    const isBoarding = alongM - from.alongM <= AT_STOP_M && this.#passed?.index === index - 1;
    return isBoarding ? Math.max(onTheWay, Math.max(this.#passed?.delayS ?? delayS, HOLD_S) + usualS) : onTheWay;
  }

  /** What the vehicle loses per leg at its speed since it left the last stop; `usualS` where that was just now. */
  #paceOnLegS(from: PlannedStop, to: PlannedStop, usualS: number): number {
    const [mid, now] = [this.#mid, this.#before];
    if (mid === undefined || now === undefined) return usualS;
    const driven = (now.alongM - from.alongM) / Math.max(1, to.alongM - from.alongM);
    const shareSeen = driven - mid.driven;
    if (!(shareSeen > 0)) return usualS;
    const lostS = (now.atMs - this.#dueMs(dueAt(from, to, driven))) / 1000 - mid.delayS;
    const weight = shareSeen / (shareSeen + SHARE_SEEN);
    return weight * within(lostS / shareSeen, MOST_ON_LEG_S) + (1 - weight) * usualS;
  }

  #pass(index: number, atMs: number): void {
    const stop = this.run.plan.stops[index];
    const before = this.#passed;
    const from = before && this.run.plan.stops[before.index];
    if (stop === undefined) return;
    const delayS = (atMs - this.#dueMs(stop.arrivalS)) / 1000;
    const mid = this.#mid;
    this.#mid = undefined;
    this.#passed = { index, delayS };
    // The first stop is no leg's beginning: how long a vehicle waits there is a matter of its departure.
    if (before === undefined || from === undefined || before.index !== index - 1 || before.index === 0) return;
    const left = Math.max(before.delayS, HOLD_S);
    const at = this.#legAt(from, stop, left);
    const lostS = delayS - left;
    if (mid !== undefined) {
      const { driven } = mid;
      this.#times.noteBoarding((mid.delayS - (1 - driven) * left - driven * delayS) / (1 - driven));
    }
    this.#legs++;
    this.#pace.lostS += within(lostS - this.#times.expectedS(at), MOST_PACE_S);
    this.#pace.scheduledS += at.scheduledS;
    this.#times.note(at, lostS);
  }
}
