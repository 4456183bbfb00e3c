import { leastSquares } from './leastSquares.ts';
import { correlatedError, persistence, rowWeights } from './neweyWest.ts';
import { tWithin } from './studentT.ts';

/** The normal quantile of a power of 90 %: a baseline is short, so what it promises is somewhat too good. */
export const Z_POWER = 1.2816;
/** An effect is seen where its interval of this level does not contain 0. */
export const LEVEL = 0.95;

/**
 * The smallest effect that a plan would see with a power of 90 % at a level of 95 %, as a difference of logarithms,
 * from what is known before the change: `columns` is the design of all weeks (the change at 1), `isBefore` says which
 * of them lie before it, and `values` are those weeks' values. Undefined where the design cannot separate the effect.
 */
export function smallestEffect(
  columns: readonly (readonly number[])[],
  isBefore: readonly boolean[],
  values: readonly number[],
): number | undefined {
  const without = columns.filter((_, at) => at !== 1).map((column) => column.filter((_, row) => isBefore[row]));
  const known = without.filter((column, at) => at === 0 || column.some((value) => value !== column[0]));
  const fit = leastSquares(known, values);
  // Only the design counts here; any values have the same inverse.
  const design = leastSquares(
    columns,
    isBefore.map((_, row) => row % 2),
  );
  if (fit === undefined || design === undefined) return undefined;
  const rho = persistence(fit.residuals, known.length);
  const error = correlatedError(rowWeights(design, columns, 1), fit.squares / (values.length - known.length), rho);
  const rows = (isBefore.length * (1 - rho)) / (1 + rho);
  return (tWithin(LEVEL, Math.max(2, rows - columns.length)) + Z_POWER) * error;
}
