import { METRES_PER_DEGREE, metresPerDegreeLon } from '../../shared/base/geometry/metresPerDegree.ts';

/** A point of the local plane: metres east and north of the county's centre. */
export type Point = readonly [x: number, y: number];

export const add = (a: Point, b: Point): Point => [a[0] + b[0], a[1] + b[1]];
export const subtract = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]];
export const scale = (a: Point, factor: number): Point => [a[0] * factor, a[1] * factor];
export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
export const lerp = (a: Point, b: Point, t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
export const polar = (angle: number, radius: number): Point => [radius * Math.cos(angle), radius * Math.sin(angle)];

export function rotate(a: Point, angle: number): Point {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [a[0] * cos - a[1] * sin, a[0] * sin + a[1] * cos];
}

/** The direction from a to b as a vector of length 1; [1, 0] where they coincide. */
export function direction(a: Point, b: Point): Point {
  const length = distance(a, b);
  return length === 0 ? [1, 0] : [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
}

/** The direction to the right of a direction of travel. */
export const rightOf = (heading: Point): Point => [heading[1], -heading[0]];

/** Where the segments a–b and c–d cross, as shares of their lengths; undefined where they do not cross. */
export function crossing(a: Point, b: Point, c: Point, d: Point): { along: number; other: number } | undefined {
  const [r, s] = [subtract(b, a), subtract(d, c)];
  const cross = r[0] * s[1] - r[1] * s[0];
  if (Math.abs(cross) < 1e-9) return undefined;
  const along = ((c[0] - a[0]) * s[1] - (c[1] - a[1]) * s[0]) / cross;
  const other = ((c[0] - a[0]) * r[1] - (c[1] - a[1]) * r[0]) / cross;
  return along >= 0 && along <= 1 && other >= 0 && other <= 1 ? { along, other } : undefined;
}

/** An equirectangular plane about a centre: exact enough (below 0.1 %) for a county of some tens of kilometres. */
export class Plane {
  readonly #lon: number;
  readonly #lat: number;
  readonly #perLon: number;

  constructor(center: readonly [lon: number, lat: number]) {
    [this.#lon, this.#lat] = center;
    this.#perLon = metresPerDegreeLon(center[1]);
  }

  /** Converts to degrees, rounded to a decimetre. */
  toLonLat = ([x, y]: Point): [number, number] => [
    roundTo(this.#lon + x / this.#perLon, 6),
    roundTo(this.#lat + y / METRES_PER_DEGREE, 6),
  ];

  toPlane = ([lon, lat]: readonly [number, number]): Point => [
    (lon - this.#lon) * this.#perLon,
    (lat - this.#lat) * METRES_PER_DEGREE,
  ];
}

export function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
