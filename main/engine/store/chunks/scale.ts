/**
 * Measured values are whole numbers of some unit: tenths of a volt, thousandths of a cubic metre, kilometres an hour turned into metres a second. Kept as
 * those whole numbers they are exact and small. A scale is what a value is multiplied by to become whole.
 */
const scales = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 3.6, 36, 360, 3600, 7_200_000, 10_000_000] as const;

const LARGEST = 2 ** 50;

/** Whether every number comes back exactly from a whole number of this scale. */
function fits(values: Float64Array, scale: number): boolean {
  for (const value of values) {
    const whole = Math.round(value * scale);
    // -0 is another number than 0 to whoever compares bits, and no whole number.
    if (whole / scale !== value || Math.abs(whole) > LARGEST || Object.is(value, -0)) return false;
  }
  return true;
}

/** The place of the first scale that fits; -1: none does. */
export const findScale = (values: Float64Array): number => scales.findIndex((scale) => fits(values, scale));

export const toWhole = (values: Float64Array, scale: number): Float64Array => values.map((value) => Math.round(value * (scales[scale] ?? 1)) + 0);

export function fromWhole(whole: Float64Array, scale: number): Float64Array {
  const by = scales[scale] ?? 1;
  for (let i = 0; i < whole.length; i++) whole[i] = (whole[i] ?? 0) / by;
  return whole;
}
