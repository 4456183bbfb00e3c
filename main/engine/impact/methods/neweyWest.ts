import type { Fit } from './leastSquares.ts';

const MOST_CORRELATED = 0.97;

/**
 * The autocorrelation of residuals at lag 1, within 0..0.97. A model takes some of it out of the residuals with each of
 * its coefficients, which is put back (Kendall 1954, for one; here for all of them).
 */
export function persistence(residuals: readonly number[], coefficients: number): number {
  let [both, squares] = [0, 0];
  residuals.forEach((value, at) => {
    squares += value * value;
    if (at > 0) both += value * (residuals[at - 1] ?? 0);
  });
  if (squares === 0) return 0;
  const plain = both / squares;
  return Math.min(MOST_CORRELATED, Math.max(0, plain + (coefficients * (1 + plain)) / residuals.length));
}

/** The usual number of lags for so many values (Newey and West 1994). */
const usualLag = (count: number): number => Math.floor(4 * (count / 100) ** (2 / 9));

/** By how much each row's residual moves a coefficient. */
export function rowWeights(fit: Fit, columns: readonly (readonly number[])[], coefficient: number): number[] {
  const row = fit.inverse[coefficient] ?? [];
  return fit.residuals.map((_, at) => columns.reduce((sum, column, i) => sum + (row[i] ?? 0) * (column[at] ?? 0), 0));
}

/**
 * The standard error of a coefficient by Newey and West (1987): Bartlett's weights over the lags, with the correction
 * for few rows, n ÷ (n − k).
 */
export function neweyWestError(
  fit: Fit,
  columns: readonly (readonly number[])[],
  coefficient: number,
  lag = usualLag(fit.residuals.length),
): number {
  const rows = fit.residuals.length;
  const shares = rowWeights(fit, columns, coefficient).map((weight, at) => weight * (fit.residuals[at] ?? 0));
  let sum = 0;
  for (let distance = 0; distance <= lag; distance++) {
    let products = 0;
    for (let at = distance; at < rows; at++) products += (shares[at] ?? 0) * (shares[at - distance] ?? 0);
    sum += (distance === 0 ? 1 : 2 * (1 - distance / (lag + 1))) * products;
  }
  return Math.sqrt(Math.max(0, sum) * (rows / (rows - columns.length)));
}

/**
 * The standard error of a sum of residuals with these weights where each residual keeps the share `rho` of the one
 * before it.
 */
export function correlatedError(weights: readonly number[], variance: number, rho: number): number {
  let sum = 0;
  // What the weights so far pass on to the next row, so that the double sum over all pairs is one pass.
  let passed = 0;
  for (const weight of weights) {
    sum += weight * weight + 2 * weight * passed;
    passed = rho * (passed + weight);
  }
  return Math.sqrt(Math.max(0, sum * variance));
}

/**
 * The standard error of a coefficient of weekly values: the larger one of Newey and West's, which allows any course of
 * the correlation but is too small for short series, and of that for residuals that depend on the week before.
 */
export function weeklyError(fit: Fit, columns: readonly (readonly number[])[], coefficient: number): number {
  const rho = persistence(fit.residuals, columns.length);
  const variance = fit.squares / (fit.residuals.length - columns.length);
  return Math.max(
    neweyWestError(fit, columns, coefficient),
    correlatedError(rowWeights(fit, columns, coefficient), variance, rho),
  );
}

/**
 * Degrees of freedom for rows that are correlated: as many as so many independent rows would have (Bayley and
 * Hammersley 1946), less the coefficients.
 */
export function effectiveFreedom({ residuals, coefficients }: Fit): number {
  const rho = persistence(residuals, coefficients.length);
  return Math.max(2, (residuals.length * (1 - rho)) / (1 + rho) - coefficients.length);
}
