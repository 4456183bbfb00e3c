/**
 * How many of the first items fit beside each other into a width; where not all do, `morePx` is left for what leads to
 * the others.
 */
export function fittingCount(widthsPx: readonly number[], availablePx: number, morePx: number): number {
  if (widthsPx.reduce((sum, px) => sum + px, 0) <= availablePx) return widthsPx.length;
  let left = availablePx - morePx;
  const overflow = widthsPx.findIndex((px) => (left -= px) < 0);
  return Math.max(0, overflow);
}
