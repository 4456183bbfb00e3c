import type { Random } from '../random/Random.ts';
import { add, crossing, distance, lerp, type Point, polar } from './plane.ts';

/** A closed ring: the last point repeats the first. */
export type Ring = readonly Point[];

export function contains(ring: Ring, [x, y]: Point): boolean {
  let isInside = false;
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1] ?? [0, 0], ring[i] ?? [0, 0]];
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) isInside = !isInside;
  }
  return isInside;
}

export function crossesRing(ring: Ring, a: Point, b: Point): boolean {
  return ring.some((point, i) => i > 0 && crossing(a, b, ring[i - 1] ?? point, point) !== undefined);
}

export function areaOf(ring: Ring): number {
  return Math.abs(ring.reduce((sum, point, i) => (i === 0 ? 0 : sum + cross(ring[i - 1] ?? point, point)), 0)) / 2;
}

const cross = (a: Point, b: Point): number => a[0] * b[1] - a[1] * b[0];

/**
 * The part of the ring that is nearer to `mine` than to `other` (Sutherland–Hodgman with one edge). Applied for each
 * neighbour in turn, it gives a Voronoi cell.
 */
export function clipNearer(ring: Ring, mine: Point, other: Point): Point[] {
  const clipped: Point[] = [];
  const lead = (point: Point): number => distance(point, other) ** 2 - distance(point, mine) ** 2;
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1] ?? [0, 0], ring[i] ?? [0, 0]] as [Point, Point];
    const [leadA, leadB] = [lead(a), lead(b)];
    if (leadA >= 0) clipped.push(a);
    if (leadA >= 0 !== leadB >= 0) clipped.push(lerp(a, b, leadA / (leadA - leadB)));
  }
  return clipped.length === 0 ? [] : [...clipped, clipped[0] ?? [0, 0]];
}

/** A radius that varies smoothly with the angle: mean 1. */
export function wobblyRadius(random: Random, roughness: number): (angle: number) => number {
  const waves = [2, 3, 4, 5, 7].map((order) => ({
    order,
    phase: random.between(0, 2 * Math.PI),
    height: (random.between(0.4, 1) * roughness) / order ** 0.7,
  }));
  return (angle) => 1 + waves.reduce((sum, wave) => sum + wave.height * Math.sin(wave.order * angle + wave.phase), 0);
}

/** A rounded, irregular shape; `stretch` is its length over its width, along `angle`. */
export function blob(
  center: Point,
  radius: number,
  random: Random,
  roughness: number,
  stretch = 1,
  angle = 0,
): Point[] {
  const wobble = wobblyRadius(random, roughness);
  const count = Math.max(24, Math.min(120, Math.round(radius / 12)));
  const ring = Array.from({ length: count }, (_, i) => {
    const theta = (i / count) * 2 * Math.PI;
    const [x, y] = polar(theta, radius * wobble(theta));
    const [along, aside] = [x * Math.sqrt(stretch), y / Math.sqrt(stretch)];
    return add(center, [
      along * Math.cos(angle) - aside * Math.sin(angle),
      along * Math.sin(angle) + aside * Math.cos(angle),
    ]);
  });
  return [...ring, ring[0] ?? center];
}
