import { PEAKS, keepPeak, surpriseOf } from './tail.ts';

/** What of a series is compared with its past. */
const features = [
  'level',
  'step',
  'shortMean',
  'longMean',
  'activity',
  'longActivity',
  'timeOfDay',
  'timeOfDayMean',
] as const;
/** The aspect of a series that deviates most in a finding. */
export type Aspect = (typeof features)[number];

/** A finding of a detector, in the unit of its series. */
export type Finding = {
  /** 0 to 1; 0.5 is as surprising as a finding of a few in some thousand samples. */
  score: number;
  /** When the first surprising sample of the event came. */
  sinceMs: number;
  /** The sample that was the most surprising, with what was expected then. */
  atMs: number;
  value: number;
  expected: number;
  low: number;
  high: number;
  aspect: Aspect;
};

const [LEVEL, STEP, SHORT_MEAN, LONG_MEAN, ACTIVITY, LONG_ACTIVITY, TIME_OF_DAY, TIME_OF_DAY_MEAN] = [
  0, 1, 2, 3, 4, 5, 6, 7,
] as const;
/** What looks at one sample alone. */
const MEMORYLESS = [LEVEL, STEP, TIME_OF_DAY] as const;
/** How many samples the means run over. */
const SHORT_SAMPLES = 8;
const LONG_SAMPLES = 100;
const ACTIVITY_SAMPLES = 15;
const LONG_ACTIVITY_SAMPLES = 200;
const TIME_OF_DAY_SAMPLES = 40;
/** So much of the surprise in each way is not counted: what is rare in one way alone is no finding. */
const FREE_SURPRISE = 3.5;

/** Center and spread of a feature follow its last samples, of which there are so many. */
const MEMORY_SAMPLES = 4000;
/** Nothing is judged before so many samples, and three blocks, have come. */
const WARM_UP_SAMPLES = 60;
const WARM_UP_BLOCKS = 3;
const SETTLING_SAMPLES = 20;
/** A block gives one maximum, so that neighbours, which are alike, count once. */
const BLOCK_SAMPLES = 40;
/** The hours of the local day have a mean each, which follows by this share, and not far where a value is wild. */
const SLOTS = 24;
const SLOT_S = 86_400 / SLOTS;
const SLOT_GAIN = 0.03;
const SLOT_SPREADS = 2;
const FREE_SLOT_SAMPLES = 200;
/** After a pause of this many usual intervals the step between two samples means nothing. */
const PAUSE_INTERVALS = 3;
const INTERVAL_SAMPLES = 100;
/** A value further away than this many spreads is taken for one so far away, so that it moves no mean for long. */
const MOST_SPREADS = 30;
const LARGEST = 1e150;

/** The surprise of score 0.5. */
const HALF_SURPRISE = 18;
/**
 * One event is reported once: after a report, the next one needs a surprise of a higher rung until a share of the
 * samples so far, within limits, has passed.
 */
const FIRST_RUNG = 8;
const RUNG_RATIO = 1.5;
const LOWEST_RUNG = -2;
const NO_RUNG = -99;
const QUIET_SHARE = 0.05;
const LEAST_QUIET_SAMPLES = 60;
const MOST_QUIET_SAMPLES = 400;
/** After so many samples in a row without surprise, or with less than a share of the highest, an event is over. */
const OVER_SAMPLES = 8;
const LASTING_SHARE = 0.25;
/** A surprise this much larger than those before begins an event: what came before it was chance. */
const NEW_EVENT_RATIO = 3;

/** Places in the state: single numbers, means by hour, and features. */
const COUNT = 0;
const PREVIOUS = 1;
const PREVIOUS_AT = 2;
const INTERVAL = 3;
const IN_BLOCK = 4;
const BLOCKS = 5;
const REPORTED_AT = 6;
const RUNG = 7;
const SURPRISED_AT = 8;
const SINCE_MS = 9;
const FOUND = 10;
const FOUND_LENGTH = 7;
const FOUND_ASPECT = FOUND + FOUND_LENGTH - 1;
const FIRST_SLOT = FOUND + FOUND_LENGTH;
const FIRST_FEATURE = FIRST_SLOT + SLOTS;
/** A feature: its center, spread and running mean, the maxima of this block, and the tails of both sides. */
const CENTER = 0;
const SPREAD = 1;
const MEAN = 2;
const BLOCK_MAXIMA = 3;
const TAILS = 5;
const FEATURE_LENGTH = TAILS + 2 * PEAKS;
const STATE_LENGTH = FIRST_FEATURE + features.length * FEATURE_LENGTH;

const placeOf = (feature: number): number => FIRST_FEATURE + feature * FEATURE_LENGTH;

/**
 * A detector for any series that needs no setting: it compares each sample in eight ways with the past of its own
 * series (level, step, means, activity, and the same for the hour of the day), estimates for each how improbable it is,
 * and adds these surprises up, because an event shows in several ways and chance in one. The state is the numbers of
 * one array.
 */
export class AnomalyDetector {
  readonly #state: Float64Array;
  readonly #surprises = new Float64Array(features.length);

  /** Goes on from a state that `save` gave; without one it knows nothing. */
  constructor(saved?: Uint8Array) {
    this.#state = new Float64Array(STATE_LENGTH);
    if (saved?.byteLength === this.#state.byteLength) {
      this.#state.set(new Float64Array(saved.slice().buffer));
      return;
    }
    this.#state.fill(Number.NaN, FIRST_SLOT, FIRST_FEATURE);
    for (let feature = 0; feature < features.length; feature++) this.#state[placeOf(feature) + CENTER] = Number.NaN;
    this.#state[PREVIOUS_AT] = Number.NaN;
    this.#state[RUNG] = NO_RUNG;
    this.#state[SURPRISED_AT] = -Infinity;
    this.#state[FOUND] = 0;
  }

  /** The whole state, at most 2 kB. */
  save(): Uint8Array {
    return new Uint8Array(this.#state.slice().buffer);
  }

  /**
   * Judges and learns the next sample, in the order of arrival. Returns the score of what is to be reported now, from 0
   * to 1, and 0 for what is usual or has been reported. Missing samples are simply left out; a value that is no number
   * is not learned. `secondOfDay` is local.
   */
  take(value: number, atMs: number, secondOfDay: number): number {
    if (!Number.isFinite(atMs) || !(Math.abs(value) < LARGEST)) return 0;
    const state = this.#state;
    state[COUNT] = (state[COUNT] ?? 0) + 1;
    const surprise = this.#judge(this.#limit(value), atMs, secondOfDay);
    const score = this.#report(surprise);
    if (score > 0) this.#note(surprise, value, atMs, secondOfDay);
    else if (surprise > 0 && this.#isLasting(surprise)) state[SURPRISED_AT] = state[COUNT];
    return score;
  }

  /** What is unusual now, until some samples in a row are usual again; `leastScore` leaves out lesser events. */
  finding(leastScore = 0.5): Finding | undefined {
    const state = this.#state;
    const [surprise = 0, atMs = 0, value = 0, expected = 0, low = 0, high = 0, feature = 0] = state.subarray(
      FOUND,
      FOUND + FOUND_LENGTH,
    );
    const score = scoreOf(surprise);
    if (score < leastScore || !this.#isOn()) return undefined;
    const aspect = features[feature] ?? 'level';
    return { score, sinceMs: state[SINCE_MS] ?? 0, atMs, value, expected, low, high, aspect };
  }

  #limit(value: number): number {
    const state = this.#state;
    if ((state[COUNT] ?? 0) <= WARM_UP_SAMPLES) return value;
    const center = state[FIRST_FEATURE + CENTER] ?? 0;
    const most = MOST_SPREADS * leastSpread(center, state[FIRST_FEATURE + SPREAD] ?? 0);
    return Math.max(center - most, Math.min(center + most, value));
  }

  /** The sum of what is surprising about a sample. */
  #judge(value: number, atMs: number, secondOfDay: number): number {
    const state = this.#state;
    this.#surprises.fill(0);
    const count = state[COUNT] ?? 0;
    const step = count === 1 ? 0 : value - (state[PREVIOUS] ?? 0);
    const isPause = this.#isPause(atMs);
    state[PREVIOUS] = value;
    this.#compare(LEVEL, value);
    this.#compare(SHORT_MEAN, this.#mean(SHORT_MEAN, value, SHORT_SAMPLES));
    this.#compare(LONG_MEAN, this.#mean(LONG_MEAN, value, LONG_SAMPLES));
    if (!isPause) {
      if (count > 1) this.#compare(STEP, step);
      this.#compare(ACTIVITY, this.#mean(ACTIVITY, Math.abs(step), ACTIVITY_SAMPLES));
      this.#compare(LONG_ACTIVITY, this.#mean(LONG_ACTIVITY, Math.abs(step), LONG_ACTIVITY_SAMPLES));
    }
    this.#compareHour(value, secondOfDay);
    state[IN_BLOCK] = (state[IN_BLOCK] ?? 0) + 1;
    if (state[IN_BLOCK] >= BLOCK_SAMPLES) this.#endBlock();
    let sum = 0;
    for (let feature = 0; feature < features.length; feature++)
      sum += Math.max(0, (this.#surprises[feature] ?? 0) - FREE_SURPRISE);
    return sum;
  }

  #isPause(atMs: number): boolean {
    const state = this.#state;
    const interval = atMs - (state[PREVIOUS_AT] ?? Number.NaN);
    state[PREVIOUS_AT] = atMs;
    if (Number.isNaN(interval)) return false;
    const usual = state[INTERVAL] ?? 0;
    if (usual === 0) {
      state[INTERVAL] = interval;
      return false;
    }
    const gain = 1 / Math.min(state[COUNT] ?? 1, INTERVAL_SAMPLES);
    state[INTERVAL] = usual + gain * (Math.min(interval, 4 * usual + 1) - usual);
    return interval > PAUSE_INTERVALS * usual;
  }

  #mean(feature: number, value: number, samples: number): number {
    const state = this.#state;
    const place = placeOf(feature) + MEAN;
    const mean = state[place] ?? 0;
    return (state[place] = mean + (value - mean) / Math.min(state[COUNT] ?? 1, samples));
  }

  /** Judges a feature by the maxima of its past, and learns it. */
  #compare(feature: number, value: number): void {
    const state = this.#state;
    const count = state[COUNT] ?? 0;
    const place = placeOf(feature);
    const spread = state[place + SPREAD] ?? 0;
    const held = state[place + CENTER] ?? Number.NaN;
    const center = Number.isNaN(held) ? value : held;
    const difference = value - center;
    const side = difference > 0 ? 0 : 1;
    const deviation = Math.log1p(Math.abs(difference) / leastSpread(center, spread));
    const blocks = state[BLOCKS] ?? 0;
    if (count > WARM_UP_SAMPLES && blocks >= WARM_UP_BLOCKS) {
      const kept = Math.min(PEAKS, blocks);
      this.#surprises[feature] = surpriseOf(state, place + TAILS + side * PEAKS, kept, count, deviation);
    }
    const maximum = place + BLOCK_MAXIMA + side;
    if (count > SETTLING_SAMPLES && deviation > (state[maximum] ?? 0)) state[maximum] = deviation;
    const gain = 1 / Math.min(count, MEMORY_SAMPLES);
    state[place + CENTER] = center + gain * difference;
    state[place + SPREAD] = spread + gain * (Math.abs(difference) - spread);
  }

  #compareHour(value: number, secondOfDay: number): void {
    const state = this.#state;
    const slot = FIRST_SLOT + (Math.floor(secondOfDay / SLOT_S) % SLOTS);
    const usual = state[slot] ?? Number.NaN;
    if (Number.isNaN(usual)) {
      state[slot] = value;
      return;
    }
    const rest = value - usual;
    const isFree = (state[COUNT] ?? 0) <= FREE_SLOT_SAMPLES;
    const most = isFree ? Infinity : SLOT_SPREADS * (state[placeOf(TIME_OF_DAY) + SPREAD] ?? 0);
    state[slot] = usual + SLOT_GAIN * Math.max(-most, Math.min(most, rest));
    this.#compare(TIME_OF_DAY, rest);
    this.#compare(TIME_OF_DAY_MEAN, this.#mean(TIME_OF_DAY_MEAN, rest, TIME_OF_DAY_SAMPLES));
  }

  #endBlock(): void {
    const state = this.#state;
    const count = state[COUNT] ?? 0;
    const blocks = state[BLOCKS] ?? 0;
    for (let feature = 0; feature < features.length; feature++)
      for (let side = 0; side < 2; side++) {
        const place = placeOf(feature);
        const maximum = place + BLOCK_MAXIMA + side;
        keepPeak(state, place + TAILS + side * PEAKS, Math.min(PEAKS, blocks), count, state[maximum] ?? 0);
        state[maximum] = 0;
      }
    state[BLOCKS] = blocks + 1;
    state[IN_BLOCK] = 0;
  }

  /** Keeps the most surprising report of an event, with what was expected then. */
  #note(surprise: number, value: number, atMs: number, secondOfDay: number): void {
    const state = this.#state;
    if (!this.#isOn() || surprise > NEW_EVENT_RATIO * (state[FOUND] ?? 0)) {
      state[SINCE_MS] = atMs;
      state[FOUND] = 0;
    }
    state[SURPRISED_AT] = state[COUNT] ?? 0;
    if (surprise <= (state[FOUND] ?? 0)) return;
    let strongest = 0;
    for (let feature = 1; feature < features.length; feature++)
      if ((this.#surprises[feature] ?? 0) > (this.#surprises[strongest] ?? 0)) strongest = feature;
    const { expected, low, high } = this.#expect(secondOfDay);
    state.set([surprise, atMs, value, expected, low, high, strongest], FOUND);
  }

  /** Whether the last event goes on: so many samples in a row without it have not come yet. */
  #isOn(): boolean {
    return (this.#state[COUNT] ?? 0) - (this.#state[SURPRISED_AT] ?? 0) <= OVER_SAMPLES;
  }

  /** Means remember an event for long: what remains of it in them prolongs only what was found in them. */
  #isLasting(surprise: number): boolean {
    const state = this.#state;
    if (!this.#isOn()) return false;
    if (MEMORYLESS.some((feature) => (this.#surprises[feature] ?? 0) > 0)) return true;
    const isOfOneSample = MEMORYLESS.some((feature) => feature === state[FOUND_ASPECT]);
    return !isOfOneSample && surprise > LASTING_SHARE * (state[FOUND] ?? 0);
  }

  /** What is expected at a time of day, by the hour's mean where that is the narrower, with the band of its past. */
  #expect(secondOfDay: number): { expected: number; low: number; high: number } {
    const state = this.#state;
    const slot = state[FIRST_SLOT + (Math.floor(secondOfDay / SLOT_S) % SLOTS)] ?? Number.NaN;
    const isByHour = (state[placeOf(TIME_OF_DAY) + SPREAD] ?? 0) < (state[placeOf(LEVEL) + SPREAD] ?? 0);
    const place = placeOf(isByHour ? TIME_OF_DAY : LEVEL);
    const center = state[place + CENTER] ?? 0;
    const expected = isByHour ? slot + center : center;
    const lowest = Math.max(0, Math.min(PEAKS, state[BLOCKS] ?? 0) - 1);
    const reach = (side: number): number =>
      leastSpread(center, state[place + SPREAD] ?? 0) * Math.expm1(state[place + TAILS + side * PEAKS + lowest] ?? 0);
    return { expected, low: expected - reach(1), high: expected + reach(0) };
  }

  #report(surprise: number): number {
    const state = this.#state;
    const count = state[COUNT] ?? 0;
    const quiet = Math.max(LEAST_QUIET_SAMPLES, Math.min(MOST_QUIET_SAMPLES, QUIET_SHARE * count));
    if (count - (state[REPORTED_AT] ?? 0) > quiet) state[RUNG] = NO_RUNG;
    if (surprise <= 0) return 0;
    const rung = Math.floor(Math.log(surprise / FIRST_RUNG) / Math.log(RUNG_RATIO));
    if (rung < LOWEST_RUNG || rung <= (state[RUNG] ?? NO_RUNG)) return 0;
    state[RUNG] = rung;
    state[REPORTED_AT] = count;
    return scoreOf(surprise);
  }
}

const scoreOf = (surprise: number): number => surprise / (surprise + HALF_SURPRISE);

/** A series that never moved has no spread: any movement counts as very far, and still as a number. */
const leastSpread = (center: number, spread: number): number => Math.max(spread, 1e-9 * Math.abs(center), 1e-12);
