import type { ShapeLine } from '../../../../shared/transit/ShapeLine.ts';

/** A shape of the feed: its line, and `shape_dist_traveled` of each point where all have one that never falls. */
export type Shape = { path: [number, number][]; line: ShapeLine; travelled: readonly number[] | undefined };

/** Converts the feed's distances along a shape to metres along its line; undefined where they mean nothing. */
export type ToMetres = (distance: number) => number | undefined;

/** Metres of the units that feeds use: kilometres, miles, metres, feet (the specification leaves the unit open). */
const UNITS_M = [1000, 1609.344, 1, 0.3048];
/** Distances are measured along the road, the line is made of straight pieces. */
const UNIT_TOLERANCE = 0.1;

/**
 * How the distances of a trip's stops become metres along its shape: between the shape's points where these have
 * distances, otherwise by the unit that makes the trip as long as its line. `lastStop` is the last stop's distance.
 */
export function toMetres({ line, travelled }: Shape, lastStop: number | undefined): ToMetres | undefined {
  if (travelled !== undefined) return (distance) => between(travelled, line, distance);
  const unitM = UNITS_M.find(
    (unit) =>
      lastStop !== undefined && Math.abs(lastStop * unit - line.lengthM) <= UNIT_TOLERANCE * Math.max(1, line.lengthM),
  );
  return unitM === undefined ? undefined : (distance) => distance * unitM;
}

/** The first point whose distance is not below this one; the number of points where there is none. */
function pointAt(travelled: readonly number[], distance: number): number {
  let [low, high] = [0, travelled.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((travelled[middle] ?? 0) >= distance) high = middle;
    else low = middle + 1;
  }
  return low;
}

function between(travelled: readonly number[], line: ShapeLine, distance: number): number | undefined {
  const next = pointAt(travelled, distance);
  if (next === travelled.length) {
    // A stop a little beyond the last point is at the end; one far beyond has distances of another shape.
    const last = travelled.at(-1) ?? 0;
    return distance <= last * 1.01 ? line.lengthM : undefined;
  }
  if (next === 0) return line.alongOf(0);
  const [from, to] = [travelled[next - 1] ?? 0, travelled[next] ?? 0];
  const share = to === from ? 0 : (distance - from) / (to - from);
  return line.alongOf(next - 1) + share * (line.alongOf(next) - line.alongOf(next - 1));
}
