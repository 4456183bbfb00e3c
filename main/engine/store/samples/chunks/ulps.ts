const numbers = new Float64Array(2);
/** Low and high half of each number (little-endian, as all that Node runs on). */
const halves = new Uint32Array(numbers.buffer);
const HALF = 2 ** 32;

/**
 * How many steps of the last binary digit a number is away from another of the same sign, positive away from zero. Sums
 * of decimals miss the nearest decimal by one or two: 0.07 + 0.079 is 0.14900000000000002.
 */
export function ulpsFrom(base: number, value: number): number {
  numbers[0] = base;
  numbers[1] = value;
  return ((halves[3] ?? 0) - (halves[1] ?? 0)) * HALF + ((halves[2] ?? 0) - (halves[0] ?? 0));
}

/** The number that is so many steps away. */
export function addUlps(base: number, steps: number): number {
  numbers[0] = base;
  const low = (halves[0] ?? 0) + steps;
  halves[0] = low;
  halves[1] = (halves[1] ?? 0) + Math.floor(low / HALF);
  return numbers[0];
}
