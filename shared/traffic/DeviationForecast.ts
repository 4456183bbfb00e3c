import { MINUTE_MS, QUARTER_HOUR_MS } from '../base/durations.ts';

/** The value that is expected at a time, and the band in which four of five such values lie. */
export type Expected = { value: number; low: number; high: number };

/** How far ahead each forecaster learns to see; times between are interpolated. */
export const horizonsMs = [15 * MINUTE_MS, 30 * MINUTE_MS, 60 * MINUTE_MS] as const;
/** Values are taken as means of bins of this length. */
export const BIN_MS = 5 * MINUTE_MS;

/** How much of a new deviation enters the running means, which remember about 25 minutes and three hours. */
const RECENT_SHARE = 0.2;
const LONG_SHARE = 0.03;
/**
 * The present deviation, its recent and its long mean, the neighbours' deviation, and the part of the present one that
 * is far beyond the usual errors: noise does not last, a crash does.
 */
const FEATURES = 5;
/** Deviations further out than this many usual errors are no noise. */
const NOISE_SPREADS = 3;
/** Coefficients before anything is learned, in the order of the features, by horizon; from the roads of a city. */
const PRIOR = [
  [0.05, 0.3, 0.25, 0.05, 0.55],
  [0, 0.25, 0.3, 0.05, 0.45],
  [0, 0.15, 0.3, 0.05, 0.25],
] as const;
/** The least squares forget with a memory of about two weeks of bins, so that a changed road is learned again. */
const FORGETTING = 1 - 1 / 4000;
const PRIOR_VARIANCE = 0.5;
/** An error further out than this many times the usual one teaches only as much as one of that size. */
const MOST_SPREADS = 1;
const SPREAD_SHARE = 0.01;
const QUANTILE = 0.1;
const QUANTILE_STEP = 0.03;
const FIRST_SPREAD = 0.08;
/** So much of a deviation is left of the value that was taken last is old. */
const FADE_MS = 60 * MINUTE_MS;

const SLOTS = (horizonsMs.at(-1) ?? 0) / BIN_MS + 1;
const BLOCK = FEATURES * (FEATURES + 1) + 3;
const LEARNED = horizonsMs.length * BLOCK;

/** The weights of the quarters of an hour around a time, two before to two after it. */
const QUARTER_WEIGHTS = [1, 2, 3, 2, 1] as const;

/**
 * What is usual around a time, from what is usual in the quarters of an hour around it, undefined where that is not
 * known: a single quarter is the mean of too few vehicles on too few days.
 */
export function smoothUsual(atMs: number, usualAt: (atMs: number) => number | undefined): number | undefined {
  let [sum, weights] = [0, 0];
  QUARTER_WEIGHTS.forEach((weight, quarter) => {
    const usual = usualAt(atMs + (quarter - 2) * QUARTER_HOUR_MS);
    if (usual === undefined) return;
    sum += weight * usual;
    weights += weight;
  });
  return weights === 0 ? undefined : sum / weights;
}

/** What a forecaster is given of one bin. */
type Bin = {
  value: number;
  /** What is usual around this time (`smoothUsual`). */ usual: number;
  /** Mean of the neighbours' `deviation`; 0 where none is known. */
  neighbours: number;
  atMs: number;
};

/**
 * Forecasts a series for up to an hour: what is usual at that time, and as much of the present deviation from it as the
 * series itself has shown to be left so much later. Recursive least squares for each horizon, with errors cut off, so
 * that single crashes teach little. Holds less than 1 kB; a bin costs some microseconds. Deviations are kept in shares
 * of `scale`, a typical value of the series.
 */
export class DeviationForecast {
  readonly #scale: number;
  /** By horizon: coefficients, inverse correlation, spread, and the low and high quantile of the errors. */
  readonly #learned = new Float32Array(LEARNED);
  /** The features of the bins of the last hour, which wait for the value that came of them. */
  readonly #past = new Float32Array(SLOTS * FEATURES).fill(Number.NaN);
  readonly #now = new Float64Array(FEATURES);
  #bin = Number.NaN;

  constructor(scale: number) {
    this.#scale = scale;
    PRIOR.forEach((prior, horizon) => {
      const at = horizon * BLOCK;
      this.#learned.set(prior, at);
      for (let row = 0; row < FEATURES; row++) this.#learned[at + FEATURES + row * (FEATURES + 1)] = PRIOR_VARIANCE;
      this.#learned.set([FIRST_SPREAD, -FIRST_SPREAD, FIRST_SPREAD], at + BLOCK - 3);
    });
  }

  /** The recent mean deviation, in shares of the scale, for neighbours; 0 before the first bin. */
  get deviation(): number {
    return this.#now[1] ?? 0;
  }

  /** Takes the mean of a bin; bins come in the order of time, and one without a measurement is left out. */
  take({ value, usual, neighbours, atMs }: Bin): void {
    const bin = Math.floor(atMs / BIN_MS);
    if (!Number.isFinite(value - usual) || bin <= this.#bin) return;
    const deviation = (value - usual) / this.#scale;
    horizonsMs.forEach((aheadMs, horizon) => this.#learn(horizon, bin - aheadMs / BIN_MS, deviation));
    this.#forget(bin);
    const [, recent = 0, long = 0] = this.#now;
    this.#now.set([
      deviation,
      recent + RECENT_SHARE * (deviation - recent),
      long + LONG_SHARE * (deviation - long),
      Number.isFinite(neighbours) ? neighbours : 0,
      this.#excess(deviation),
    ]);
    this.#past.set(this.#now, (bin % SLOTS) * FEATURES);
    this.#bin = bin;
  }

  /** What to expect at a time up to an hour after `nowMs`, where `usual` is usual. */
  at(whenMs: number, nowMs: number, usual: number): Expected {
    const ageMs = Math.max(0, nowMs - (this.#bin + 1) * BIN_MS);
    const left = Number.isNaN(ageMs) ? 0 : Math.exp(-ageMs / FADE_MS);
    const { deviation, low, high } = this.#between(Math.max(0, whenMs - nowMs));
    const value = Math.max(0, usual + left * deviation * this.#scale);
    return { value, low: Math.max(0, value + low * this.#scale), high: value + high * this.#scale };
  }

  /** The deviation to expect and its band, interpolated between now and the horizons. */
  #between(aheadMs: number): { deviation: number; low: number; high: number } {
    let before = { atMs: 0, deviation: (this.#now[1] ?? 0) + (this.#now[4] ?? 0), low: 0, high: 0 };
    for (const [horizon, atMs] of horizonsMs.entries()) {
      const end = (horizon + 1) * BLOCK;
      const after = {
        atMs,
        deviation: this.#predict(horizon, this.#now),
        low: Math.min(0, this.#learned[end - 2] ?? 0),
        high: Math.max(0, this.#learned[end - 1] ?? 0),
      };
      if (aheadMs <= atMs) {
        const share = (aheadMs - before.atMs) / (atMs - before.atMs);
        const mix = (key: 'deviation' | 'low' | 'high'): number => before[key] + share * (after[key] - before[key]);
        return { deviation: mix('deviation'), low: mix('low'), high: mix('high') };
      }
      before = after;
    }
    return before;
  }

  /** The part of a deviation that is beyond noise. */
  #excess(deviation: number): number {
    const noise = NOISE_SPREADS * (this.#learned[BLOCK - 3] ?? 0);
    return Math.sign(deviation) * Math.max(0, Math.abs(deviation) - noise);
  }

  #predict(horizon: number, features: ArrayLike<number>): number {
    let sum = 0;
    for (let row = 0; row < FEATURES; row++) sum += (this.#learned[horizon * BLOCK + row] ?? 0) * (features[row] ?? 0);
    return sum;
  }

  #learn(horizon: number, fromBin: number, deviation: number): void {
    const slot = (fromBin % SLOTS) * FEATURES;
    if (Number.isNaN(slot) || Number.isNaN(this.#past[slot] ?? Number.NaN) || this.#bin - fromBin >= SLOTS) return;
    const features = this.#past.subarray(slot, slot + FEATURES);
    const held = this.#learned.subarray(horizon * BLOCK, (horizon + 1) * BLOCK);
    const error = deviation - this.#predict(horizon, features);
    const [spread = 0, low = 0, high = 0] = held.subarray(BLOCK - 3);
    held[BLOCK - 3] = spread + SPREAD_SHARE * (Math.min(Math.abs(error), 5 * spread) - spread);
    held[BLOCK - 2] = low + QUANTILE_STEP * spread * (error < low ? QUANTILE - 1 : QUANTILE);
    held[BLOCK - 1] = high + QUANTILE_STEP * spread * (error > high ? 1 - QUANTILE : -QUANTILE);
    const most = MOST_SPREADS * spread;
    leastSquaresStep(held, features, Math.max(-most, Math.min(most, error)));
  }

  /** Empties the slots of bins that were left out. */
  #forget(bin: number): void {
    const from = Number.isNaN(this.#bin) ? bin : Math.max(this.#bin + 1, bin - SLOTS);
    for (let missed = from; missed < bin; missed++) this.#past[(missed % SLOTS) * FEATURES] = Number.NaN;
    if (Number.isNaN(this.#bin)) return;
    // After a gap the deviation of before it says less.
    const left = Math.exp((-(bin - this.#bin - 1) * BIN_MS) / FADE_MS);
    for (let row = 0; row < FEATURES; row++) this.#now[row] = (this.#now[row] ?? 0) * left;
  }
}

/** One step of recursive least squares with forgetting; `held` begins with coefficients and inverse correlation. */
function leastSquaresStep(held: Float32Array, features: ArrayLike<number>, error: number): void {
  const gain = new Float64Array(FEATURES);
  let power = FORGETTING;
  for (let row = 0; row < FEATURES; row++) {
    for (let column = 0; column < FEATURES; column++)
      gain[row] = (gain[row] ?? 0) + (held[FEATURES * (row + 1) + column] ?? 0) * (features[column] ?? 0);
    power += (gain[row] ?? 0) * (features[row] ?? 0);
  }
  for (let row = 0; row < FEATURES; row++) {
    held[row] = (held[row] ?? 0) + ((gain[row] ?? 0) / power) * error;
    for (let column = 0; column < FEATURES; column++) {
      const at = FEATURES * (row + 1) + column;
      const next = ((held[at] ?? 0) - ((gain[row] ?? 0) * (gain[column] ?? 0)) / power) / FORGETTING;
      // Without this bound, what never varies would become ever less certain.
      held[at] = Math.max(-PRIOR_VARIANCE * 100, Math.min(PRIOR_VARIANCE * 100, next));
    }
  }
}
