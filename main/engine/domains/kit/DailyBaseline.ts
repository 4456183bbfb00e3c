import type { LocalTime } from '../../../../shared/base/localTime.ts';
import { weekdayOf } from '../../../../shared/base/localTime.ts';
import { median, robustSpread } from '../../../../shared/base/statistics/robust.ts';

/** What is usual at a time of day: the middle, its robust spread, and the lowest and highest of the days compared. */
export type Usual = {
  typical: number;
  spread: number;
  low: number;
  high: number;
  /** How many days were compared. */
  days: number;
  /** Whether they are all of the kind of the day in question: weekdays, or days of a weekend. */
  isAlike: boolean;
};

const BUCKET_S = 900;
const BUCKETS = 86_400 / BUCKET_S;
/** Number of days kept: two weeks hold two of each day of the week. */
export const BASELINE_DAYS = 14;
const FEWEST_DAYS = 2;
/**
 * A quarter of an hour is compared with its neighbours too: with few days they give a better estimate of the spread.
 */
const OFFSETS = [-1, 0, 1] as const;
const CENTER = OFFSETS.indexOf(0);
const EMPTY_DAY = -1;
/** The largest number that a 16-bit count can hold. */
const MOST_VALUES = 65_535;
/** So many quarters of a day are kept as computed: a forecast looks at some hours ahead. */
const MOST_CACHED = 16;

const isWeekend = (day: number): boolean => weekdayOf(day) % 6 === 0;

/** One series: `sums` and `counts` hold 14 days of 96 quarters each. */
type Held = {
  sums: Float32Array;
  counts: Uint16Array;
  days: Int32Array;
  /** What was computed for quarters of one day. */
  cached: { day: number; usual: Map<number, Usual | undefined> };
};

/**
 * Summarises, for several days, the means of three quarters of an hour (before, this, after). Neighbours contribute
 * only their differences from their own median, so that the slope of a morning is not taken for spread.
 */
function summarise(days: readonly (readonly (number | undefined)[])[]): Omit<Usual, 'isAlike'> {
  const centers = OFFSETS.map((_, place) => median(days.flatMap((day) => day[place] ?? [])));
  const residuals = days.flatMap((day) =>
    day.flatMap((mean, place) => (mean === undefined ? [] : [mean - (centers[place] ?? mean)])),
  );
  const center = centers[CENTER] ?? Number.NaN;
  const typical = Number.isNaN(center) ? median(centers.filter((each) => !Number.isNaN(each))) : center;
  return {
    typical,
    spread: robustSpread(residuals, 0),
    low: typical + Math.min(...residuals),
    high: typical + Math.max(...residuals),
    days: days.length,
  };
}

/**
 * The usual day of many series. It keeps the mean of every quarter of an hour of the last 14 days, and medians are
 * computed from these on request. The order in which values are summed does not matter, so late history is learned as
 * well as live values are. The day in question is never compared with itself, so present trouble cannot make itself
 * look usual. Weekdays are compared with weekdays and weekends with weekends as soon as there are two days of the kind;
 * before that, all days are compared. A series takes 8 kB and is created with its first value.
 */
export class DailyBaseline {
  readonly #time: LocalTime;
  readonly #series = new Map<number, Held>();

  constructor(time: LocalTime) {
    this.#time = time;
  }

  teach(series: number, value: number, atMs: number): void {
    if (!Number.isFinite(value) || !Number.isFinite(atMs)) return;
    const day = this.#time.dayNumber(atMs);
    const slot = ((day % BASELINE_DAYS) + BASELINE_DAYS) % BASELINE_DAYS;
    const held = this.#of(series);
    const heldDay = held.days[slot] ?? EMPTY_DAY;
    if (heldDay > day) return;
    if (heldDay < day) {
      held.sums.fill(0, slot * BUCKETS, (slot + 1) * BUCKETS);
      held.counts.fill(0, slot * BUCKETS, (slot + 1) * BUCKETS);
      held.days[slot] = day;
    }
    const at = slot * BUCKETS + this.#bucket(atMs);
    const count = held.counts[at] ?? 0;
    if (count === MOST_VALUES) return;
    held.sums[at] = (held.sums[at] ?? 0) + value;
    held.counts[at] = count + 1;
    if (day !== held.cached.day) held.cached.day = EMPTY_DAY;
  }

  /** Undefined as long as fewer than two other days have values for this time of day. */
  usual(series: number, atMs: number): Usual | undefined {
    const held = this.#series.get(series);
    if (held === undefined) return undefined;
    const [day, bucket] = [this.#time.dayNumber(atMs), this.#bucket(atMs)];
    const { cached } = held;
    if (cached.day !== day || cached.usual.size >= MOST_CACHED) cached.usual.clear();
    cached.day = day;
    if (!cached.usual.has(bucket)) cached.usual.set(bucket, this.#compute(held, day, bucket));
    return cached.usual.get(bucket);
  }

  /**
   * Means of one stretch of the day, one per stored day, ascending; days without data in it are left out. `fromS` and
   * `toS` count from local midnight.
   */
  stretchByDay(series: number, fromS: number, toS: number): { day: number; mean: number; quarters: number }[] {
    const held = this.#series.get(series);
    if (held === undefined) return [];
    const rows: { day: number; mean: number; quarters: number }[] = [];
    for (let slot = 0; slot < BASELINE_DAYS; slot++) {
      const day = held.days[slot] ?? EMPTY_DAY;
      const means = day === EMPTY_DAY ? [] : this.#means(held, slot, fromS / BUCKET_S, toS / BUCKET_S - 1);
      if (means.length > 0)
        rows.push({ day, mean: means.reduce((sum, value) => sum + value, 0) / means.length, quarters: means.length });
    }
    return rows.sort((a, b) => a.day - b.day);
  }

  /** The mean of the quarter of an hour around a time; undefined where no value of it is held. */
  quarterMean(series: number, atMs: number): number | undefined {
    const held = this.#series.get(series);
    if (held === undefined) return undefined;
    const day = this.#time.dayNumber(atMs);
    const slot = ((day % BASELINE_DAYS) + BASELINE_DAYS) % BASELINE_DAYS;
    const bucket = this.#bucket(atMs);
    return held.days[slot] === day ? this.#means(held, slot, bucket, bucket)[0] : undefined;
  }

  #compute(held: Held, today: number, bucket: number): Usual | undefined {
    const others: { day: number; byOffset: (number | undefined)[] }[] = [];
    for (let slot = 0; slot < BASELINE_DAYS; slot++) {
      const day = held.days[slot] ?? EMPTY_DAY;
      if (day === EMPTY_DAY || day === today) continue;
      const byOffset = OFFSETS.map((offset) => this.#means(held, slot, bucket + offset, bucket + offset)[0]);
      if (byOffset.some((mean) => mean !== undefined)) others.push({ day, byOffset });
    }
    const alike = others.filter(({ day }) => isWeekend(day) === isWeekend(today));
    const isAlike = alike.length >= FEWEST_DAYS;
    const chosen = isAlike ? alike : others;
    if (chosen.length < FEWEST_DAYS) return undefined;
    return { ...summarise(chosen.map(({ byOffset }) => byOffset)), isAlike };
  }

  #means(held: Held, slot: number, from: number, to: number): number[] {
    const means: number[] = [];
    for (let bucket = Math.max(0, from); bucket <= Math.min(BUCKETS - 1, to); bucket++) {
      const count = held.counts[slot * BUCKETS + bucket] ?? 0;
      if (count > 0) means.push((held.sums[slot * BUCKETS + bucket] ?? 0) / count);
    }
    return means;
  }

  #bucket(atMs: number): number {
    return Math.floor(this.#time.secondOfDay(atMs) / BUCKET_S);
  }

  #of(series: number): Held {
    const found = this.#series.get(series);
    if (found !== undefined) return found;
    const made: Held = {
      sums: new Float32Array(BASELINE_DAYS * BUCKETS),
      counts: new Uint16Array(BASELINE_DAYS * BUCKETS),
      days: new Int32Array(BASELINE_DAYS).fill(EMPTY_DAY),
      cached: { day: EMPTY_DAY, usual: new Map() },
    };
    this.#series.set(series, made);
    return made;
  }
}
