import { addUlps, ulpsFrom } from './ulps.ts';

/**
 * Measured values are whole numbers of some unit: tenths of a volt, thousandths of a cubic metre, kilometres per hour
 * converted to metres per second. Kept as those whole numbers they are exact and small. A scale is what a value is
 * multiplied by to become whole.
 */
const scales = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 3.6, 36, 360, 3600, 7_200_000, 10_000_000] as const;

const LARGEST = 2 ** 50;

/**
 * A number farther than this many steps of its last binary digit from a whole number is not merely a whole number with
 * a rounding error from adding up.
 */
const MOST_ULPS = 16;

/**
 * Whether every number can be restored from a whole number of this scale, exactly or within `mostUlps` steps of its
 * last binary digit.
 */
function fits(values: Float64Array, scale: number, mostUlps: number): boolean {
  for (const value of values) {
    const whole = Math.round(value * scale);
    // -0 differs from 0 when bits are compared, and a whole number could not restore it.
    if (!(Math.abs(whole) <= LARGEST) || Object.is(value, -0)) return false;
    if (whole / scale !== value && !(whole !== 0 && Math.abs(ulpsFrom(whole / scale, value)) <= mostUlps)) return false;
  }
  return true;
}

/** The place of the first scale that fits exactly, or else nearly; undefined where none does. */
export function findScale(values: Float64Array): { scale: number; isExact: boolean } | undefined {
  const exact = scales.findIndex((scale) => fits(values, scale, 0));
  if (exact >= 0) return { scale: exact, isExact: true };
  const near = scales.findIndex((scale) => fits(values, scale, MOST_ULPS));
  return near >= 0 ? { scale: near, isExact: false } : undefined;
}

export function toWhole(values: Float64Array, scale: number): Float64Array {
  const by = scales[scale] ?? 1;
  const whole = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) whole[i] = Math.round((values[i] ?? 0) * by) + 0;
  return whole;
}

/** What `fromWhole` needs besides the whole numbers, to give back exactly the values. */
export const missedUlps = (values: Float64Array, scale: number): Float64Array =>
  values.map((value) => ulpsFrom((Math.round(value * (scales[scale] ?? 1)) + 0) / (scales[scale] ?? 1), value));

export function fromWhole(whole: Float64Array, scale: number, ulps?: Float64Array): Float64Array {
  const by = scales[scale] ?? 1;
  for (let i = 0; i < whole.length; i++) {
    const value = (whole[i] ?? 0) / by;
    const steps = ulps?.[i] ?? 0;
    whole[i] = steps === 0 ? value : addUlps(value, steps);
  }
  return whole;
}
