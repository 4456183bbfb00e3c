import { Matrix, inverse } from 'ml-matrix';

/** A linear model that was fitted to data. */
export type Fit = {
  coefficients: readonly number[];
  /** The inverse of XᵀWX, row by row: coefficients vary as it times the variance of the residuals. */
  inverse: readonly (readonly number[])[];
  fitted: readonly number[];
  residuals: readonly number[];
  /** Weighted sum of squared residuals. */
  squares: number;
};

const dot = (a: readonly number[], b: readonly number[], weights: readonly number[] | undefined): number => {
  let sum = 0;
  for (let row = 0; row < a.length; row++) sum += (a[row] ?? 0) * (b[row] ?? 0) * (weights?.[row] ?? 1);
  return sum;
};

/** A column that the others explain to this share of its square says nothing of its own. */
const LEAST_OWN = 1e-9;

/**
 * Least squares of `y` on `columns` (each as long as `y`), weighted where `weights` are given. Undefined where there
 * are fewer rows than columns, or where one column follows from the others. Columns are scaled to length 1 for the
 * solution.
 */
export function leastSquares(
  columns: readonly (readonly number[])[],
  y: readonly number[],
  weights?: readonly number[],
): Fit | undefined {
  const count = columns.length;
  const lengths = columns.map((column) => Math.sqrt(dot(column, column, weights)));
  if (y.length <= count || lengths.some((length) => !(length > 0))) return undefined;
  const products = columns.map((a, i) =>
    columns.map((b, j) => dot(a, b, weights) / ((lengths[i] ?? 1) * (lengths[j] ?? 1))),
  );
  let scaled: Matrix;
  try {
    scaled = inverse(new Matrix(products));
  } catch {
    return undefined;
  }
  const inverted = scaled
    .to2DArray()
    .map((row, i) => row.map((value, j) => value / ((lengths[i] ?? 1) * (lengths[j] ?? 1))));
  // The reciprocal of this diagonal is the share of a column's square that the others do not explain.
  if (scaled.diagonal().some((value) => !(value > 0 && value < 1 / LEAST_OWN))) return undefined;
  const right = columns.map((column) => dot(column, y, weights));
  const coefficients = inverted.map((row) => dot(row, right, undefined));
  const fitted = y.map((_, row) =>
    columns.reduce((sum, column, i) => sum + (column[row] ?? 0) * (coefficients[i] ?? 0), 0),
  );
  const residuals = y.map((value, row) => value - (fitted[row] ?? 0));
  return { coefficients, inverse: inverted, fitted, residuals, squares: dot(residuals, residuals, weights) };
}
