/**
 * How far out a deviation is, judged by the highest deviations so far. A tail is a slice of a detector's state with the
 * highest block maxima in descending order. Deviations are logarithms, so their excess over the lowest of these is
 * about exponential even where values have a heavy tail (Hill's estimator).
 */

/** The number of maxima that a tail keeps. */
export const PEAKS = 6;
/** The mean excess that is assumed before there is data, and the weight of that assumption in maxima. */
const ASSUMED_EXCESS = 0.25;
const ASSUMED_WEIGHT = 10;
/**
 * A maximum is learned as if it had been at most this surprising, so that one wild event does not hide the next one.
 * What returns several times becomes usual.
 */
const MOST_LEARNED = 12;
const LEAST_STEP = 0.5;

function meanExcess(state: Float64Array, at: number, kept: number): number {
  const lowest = state[at + kept - 1] ?? 0;
  let sum = ASSUMED_WEIGHT * ASSUMED_EXCESS;
  for (let place = 0; place < kept - 1; place++) sum += (state[at + place] ?? 0) - lowest;
  return sum / (kept - 1 + ASSUMED_WEIGHT);
}

/**
 * The negative logarithm of the probability that a sample deviates so far, estimated from `samples` samples of which
 * the tail has `kept` maxima; 0 for what is not beyond the lowest of these.
 */
export function surpriseOf(state: Float64Array, at: number, kept: number, samples: number, deviation: number): number {
  const lowest = state[at + kept - 1] ?? 0;
  if (deviation <= lowest) return 0;
  return Math.log(samples / kept) + (deviation - lowest) / meanExcess(state, at, kept);
}

/** Adds the maximum of a block, in place of the lowest where there are `PEAKS` already. */
export function keepPeak(state: Float64Array, at: number, kept: number, samples: number, deviation: number): void {
  let peak = deviation;
  if (kept === PEAKS) {
    const lowest = state[at + PEAKS - 1] ?? 0;
    const most = Math.max(LEAST_STEP, MOST_LEARNED - Math.log(samples / PEAKS));
    peak = Math.min(peak, lowest + most * meanExcess(state, at, PEAKS));
    if (peak <= lowest) return;
  }
  let place = Math.min(kept, PEAKS - 1);
  for (; place > 0 && (state[at + place - 1] ?? 0) < peak; place--) state[at + place] = state[at + place - 1] ?? 0;
  state[at + place] = peak;
}
