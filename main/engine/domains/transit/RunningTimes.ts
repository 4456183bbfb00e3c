/** A mean that follows slow changes: older values count less once there are many. */
type Mean = { value: number; count: number };
type Leg = { all: Mean; periods: Map<number, Mean> };

/** Values from this many on have the same weight for ever, so that a changed road is learnt within weeks. */
const REMEMBERED = 200;
/**
 * The mean of a period leans on that of the whole day as if that were so many values, and that one on the timetable.
 */
const LEANS = 6;
/** What a vehicle loses on one leg beyond this is an incident and not the running time of the leg. Seconds. */
const MOST_LOST_S = 180;
/** Longer stops are waits. Seconds. */
const MOST_BOARDING_S = 60;
const MOST_LEGS = 50_000;
/** Drivers who are later than this make up some time where they can. Seconds. */
const LATE_S = 90;

function take(mean: Mean, value: number): void {
  mean.count = Math.min(mean.count + 1, REMEMBERED);
  mean.value += (value - mean.value) / mean.count;
}

const shrunk = ({ value, count }: Mean, to: number): number => (value * count + to * LEANS) / (count + LEANS);

/** One leg of a trip, from a stop to the next, at a time of the week. */
export type LegAt = {
  /** The route, its direction, and the two stops. */
  leg: string;
  /** The hour of the day, of workdays or weekends. */
  period: number;
  scheduledS: number;
  /** The delay with which the vehicle is at the first stop, seconds. */
  delayS: number;
};

/**
 * What vehicles lose against the timetable on each leg by the hour, learnt from their own passages. Seconds, positive
 * where the leg takes longer than planned, with the time at its first stop.
 */
export class RunningTimes {
  readonly #legs = new Map<string, Leg>();
  /** What late vehicles lose less than others, per second of the timetable. */
  readonly #whenLate: Mean = { value: 0, count: 0 };

  readonly #boarding: Mean = { value: 0, count: 0 };

  /** The time at a stop that the timetable counts as driving, seconds. */
  get boardingS(): number {
    return shrunk(this.#boarding, 0);
  }

  /** Takes by how much a vehicle is later soon behind a stop than its arrivals there and at the next one say. */
  noteBoarding(seconds: number): void {
    if (Math.abs(seconds) <= MOST_BOARDING_S) take(this.#boarding, seconds);
  }

  /** What a vehicle will probably lose on a leg. */
  expectedS(at: LegAt): number {
    return this.#usualS(at) + (at.delayS > LATE_S ? shrunk(this.#whenLate, 0) * at.scheduledS : 0);
  }

  /** Takes what a vehicle has lost on a leg. */
  note(at: LegAt, lostS: number): void {
    if (!(Math.abs(lostS) <= MOST_LOST_S) || !(at.scheduledS > 0)) return;
    const known = this.#legs.get(at.leg);
    if (at.delayS > LATE_S) {
      take(this.#whenLate, (lostS - this.#usualS(at)) / at.scheduledS);
      return;
    }
    const leg = known ?? { all: { value: 0, count: 0 }, periods: new Map<number, Mean>() };
    // The legs that nobody drives any more come first, and are forgotten first.
    this.#legs.delete(at.leg);
    this.#legs.set(at.leg, leg);
    const [oldest] = this.#legs.keys();
    if (this.#legs.size > MOST_LEGS && oldest !== undefined) this.#legs.delete(oldest);
    const period = leg.periods.get(at.period) ?? { value: 0, count: 0 };
    leg.periods.set(at.period, period);
    take(leg.all, lostS);
    take(period, lostS);
  }

  #usualS({ leg, period }: LegAt): number {
    const known = this.#legs.get(leg);
    if (known === undefined) return 0;
    const all = shrunk(known.all, 0);
    const here = known.periods.get(period);
    return here === undefined ? all : shrunk(here, all);
  }
}
