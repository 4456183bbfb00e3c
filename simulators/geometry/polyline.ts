import { add, direction, distance, lerp, type Point, rightOf, scale } from './plane.ts';

/** A line of at least two points. */
export type Polyline = readonly Point[];

export function lengthOf(line: Polyline): number {
  return line.reduce((sum, point, i) => (i === 0 ? 0 : sum + distance(line[i - 1] ?? point, point)), 0);
}

/** Distance from the start at each point. */
export function distancesAlong(line: Polyline): number[] {
  let sum = 0;
  return line.map((point, i) => (sum += i === 0 ? 0 : distance(line[i - 1] ?? point, point)));
}

/**
 * The place and heading at a distance from the start; distances beyond the line give its ends. `along` is
 * `distancesAlong(line)`.
 */
export function placeAt(
  line: Polyline,
  along: readonly number[],
  metres: number,
): { point: Point; heading: Point; segment: number } {
  let [low, high] = [0, along.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((along[middle] ?? 0) <= metres) low = middle;
    else high = middle - 1;
  }
  const [a, b] = [line[low] ?? [0, 0], line[low + 1] ?? line[low] ?? [0, 0]] as [Point, Point];
  const [from, to] = [along[low] ?? 0, along[low + 1] ?? 0];
  const share = to > from ? Math.min(1, Math.max(0, (metres - from) / (to - from))) : 0;
  return { point: lerp(a, b, share), heading: direction(a, b), segment: low };
}

/** The same line with points every `step` metres or a little less. */
export function resample(line: Polyline, step: number): Point[] {
  const along = distancesAlong(line);
  const total = along.at(-1) ?? 0;
  const count = Math.max(1, Math.ceil(total / step));
  return Array.from({ length: count + 1 }, (_, i) => placeAt(line, along, (total * i) / count).point);
}

/**
 * A smooth curve through the points (centripetal enough for points that are evenly spaced): Catmull–Rom, `steps` pieces
 * per span.
 */
export function smoothThrough(points: Polyline, steps: number): Point[] {
  const at = (i: number): Point => points[Math.min(points.length - 1, Math.max(0, i))] ?? [0, 0];
  const curve: Point[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    for (let k = 0; k < steps; k++) curve.push(spline(at(i - 1), at(i), at(i + 1), at(i + 2), k / steps));
  }
  curve.push(at(points.length - 1));
  return curve;
}

function spline(p0: Point, p1: Point, p2: Point, p3: Point, t: number): Point {
  const blend = (a: number, b: number, c: number, d: number): number =>
    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
  return [blend(p0[0], p1[0], p2[0], p3[0]), blend(p0[1], p1[1], p2[1], p3[1])];
}

/** A cubic curve from a to b that leaves a along `out` and arrives at b against `into`. */
export function hermite(a: Point, out: Point, b: Point, into: Point, steps: number): Point[] {
  const pull = distance(a, b) * 0.45;
  const [c1, c2] = [add(a, scale(out, pull)), add(b, scale(into, pull))];
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    const [ab, bc, cd] = [lerp(a, c1, t), lerp(c1, c2, t), lerp(c2, b, t)];
    return lerp(lerp(ab, bc, t), lerp(bc, cd, t), t);
  });
}

/** The line moved to the right of its direction. */
export function offset(line: Polyline, metres: number | ((share: number) => number)): Point[] {
  return line.map((point, i) => {
    const heading = direction(line[i - 1] ?? point, line[i + 1] ?? point);
    return add(point, scale(rightOf(heading), typeof metres === 'number' ? metres : metres(i / (line.length - 1))));
  });
}

/** A ring around a line, such as the banks of a river. */
export function ribbon(line: Polyline, halfWidth: (share: number) => number): Point[] {
  const right = offset(line, halfWidth);
  const left = offset(line, (share) => -halfWidth(share));
  const ring = [...right, ...left.toReversed()];
  return [...ring, ring[0] ?? [0, 0]];
}

/** The nearest of the line's points and its distance. */
export function nearestPoint(line: Polyline, to: Point): { point: Point; index: number; metres: number } {
  let best = { point: line[0] ?? ([0, 0] as Point), index: 0, metres: Number.POSITIVE_INFINITY };
  line.forEach((point, index) => {
    const metres = distance(point, to);
    if (metres < best.metres) best = { point, index, metres };
  });
  return best;
}

/** The part between two distances from the start. */
export function slice(line: Polyline, from: number, to: number): Point[] {
  const along = distancesAlong(line);
  const inner = line.filter((_, i) => (along[i] ?? 0) > from + 0.5 && (along[i] ?? 0) < to - 0.5);
  return [placeAt(line, along, from).point, ...inner, placeAt(line, along, to).point];
}
