import { METRES_PER_DEGREE, metresPerDegreeLon } from '../base/geometry/metresPerDegree.ts';

/** How far from its last place, ahead and back, a vehicle is looked for first. */
const AHEAD_M = 1500;
const BACK_M = 100;
const NEAR_M = 60;
/**
 * The cost of a leap, as metres off the line that a metre along it is worth. Of two places equally near the line, the
 * one with the smaller leap is taken, and rather forward than back: at the end of a spur both directions are equally
 * near, and a vehicle does not drive backwards.
 */
const AHEAD_COST = 0.02;
const BACK_COST = 0.2;

/** The place on a route's line that is nearest to a position, in metres from the line's beginning. */
export type OnShape = { alongM: number; /** Distance from the line. */ offM: number };

/**
 * A route's line in metres, for finding how far along it a position is. It is flat around its first point: exact to a
 * thousandth over a county.
 */
export class ShapeLine {
  readonly lengthM: number;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #along: Float64Array;
  readonly #origin: readonly [number, number];
  readonly #perLon: number;

  /** `path`: [lon, lat], at least one point. */
  constructor(path: readonly (readonly [number, number])[]) {
    this.#origin = path[0] ?? [0, 0];
    this.#perLon = metresPerDegreeLon(this.#origin[1]);
    this.#x = Float64Array.from(path, ([lon]) => (lon - this.#origin[0]) * this.#perLon);
    this.#y = Float64Array.from(path, ([, lat]) => (lat - this.#origin[1]) * METRES_PER_DEGREE);
    this.#along = new Float64Array(path.length);
    for (let i = 1; i < path.length; i++)
      this.#along[i] =
        (this.#along[i - 1] ?? 0) +
        Math.hypot(this.#at(this.#x, i) - this.#at(this.#x, i - 1), this.#at(this.#y, i) - this.#at(this.#y, i - 1));
    this.lengthM = this.#along.at(-1) ?? 0;
  }

  /** Metres along the line at which its point number `index` is. */
  alongOf(index: number): number {
    return this.#at(this.#along, index);
  }

  /**
   * The places where the line passes a position: the nearest one, and all others where the line comes nearer and goes
   * away again, at most `withinM` farther off than the nearest. In the order of the line.
   */
  passes(lon: number, lat: number, withinM: number): OnShape[] {
    const x = (lon - this.#origin[0]) * this.#perLon;
    const y = (lat - this.#origin[1]) * METRES_PER_DEGREE;
    const end = this.#x.length - 1;
    // Each position of each vehicle comes here, and lines have thousands of points: only distances are kept of them.
    const offM = new Float64Array(Math.max(1, end));
    for (let i = 0; i < offM.length; i++) offM[i] = this.#onSegment(x, y, i, Math.min(i + 1, end)).offM;
    const farthestM = offM.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY) + withinM;
    const passes: OnShape[] = [];
    for (let i = 0; i < offM.length; i++) {
      const here = this.#at(offM, i);
      if (here > farthestM || here > (offM[i - 1] ?? here) || here > (offM[i + 1] ?? here)) continue;
      const found = this.#onSegment(x, y, i, Math.min(i + 1, end));
      // The end of one piece of the line is the beginning of the next.
      if (found.alongM !== passes.at(-1)?.alongM) passes.push(found);
    }
    return passes;
  }

  /** The distance of a position from the place at `alongM` of the line. Metres. */
  distanceFrom(lon: number, lat: number, alongM: number): number {
    const from = this.#segmentAt(alongM);
    const to = Math.min(from + 1, this.#x.length - 1);
    const lengthM = this.#at(this.#along, to) - this.#at(this.#along, from);
    const share = lengthM === 0 ? 0 : (alongM - this.#at(this.#along, from)) / lengthM;
    const x = this.#at(this.#x, from) + share * (this.#at(this.#x, to) - this.#at(this.#x, from));
    const y = this.#at(this.#y, from) + share * (this.#at(this.#y, to) - this.#at(this.#y, from));
    return Math.hypot((lon - this.#origin[0]) * this.#perLon - x, (lat - this.#origin[1]) * METRES_PER_DEGREE - y);
  }

  /**
   * The nearest place on the line. With `afterM`, the furthest place where it was before, it looks a little back and a
   * way ahead first: on a loop, or where the line comes back along the same street, the nearest place alone would jump.
   */
  project(lon: number, lat: number, afterM?: number): OnShape {
    const x = (lon - this.#origin[0]) * this.#perLon;
    const y = (lat - this.#origin[1]) * METRES_PER_DEGREE;
    if (afterM !== undefined) {
      const near = this.#nearest(x, y, afterM - BACK_M, afterM + AHEAD_M, afterM);
      if (near.offM <= NEAR_M) return near;
    }
    return this.#nearest(x, y, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  }

  #nearest(x: number, y: number, fromM: number, toM: number, afterM?: number): OnShape {
    let best: OnShape = { alongM: 0, offM: Number.POSITIVE_INFINITY };
    let least = Number.POSITIVE_INFINITY;
    for (let i = this.#segmentAt(fromM); i < this.#x.length && this.#at(this.#along, i) <= toM; i++) {
      const next = Math.min(i + 1, this.#x.length - 1);
      const found = this.#onSegment(x, y, i, next);
      const leapM = afterM === undefined ? 0 : found.alongM - afterM;
      const cost = found.offM + (leapM < 0 ? -BACK_COST : AHEAD_COST) * leapM;
      if (cost >= least) continue;
      least = cost;
      best = found;
    }
    return best;
  }

  /** The segment that holds a distance along the line. */
  #segmentAt(alongM: number): number {
    let [low, high] = [0, Math.max(0, this.#along.length - 1)];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#at(this.#along, middle) <= alongM) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #onSegment(x: number, y: number, from: number, to: number): OnShape {
    const [ax, ay] = [this.#at(this.#x, from), this.#at(this.#y, from)];
    const [dx, dy] = [this.#at(this.#x, to) - ax, this.#at(this.#y, to) - ay];
    const squared = dx * dx + dy * dy;
    const share = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
    return {
      alongM: this.#at(this.#along, from) + share * Math.sqrt(squared),
      offM: Math.hypot(x - ax - share * dx, y - ay - share * dy),
    };
  }

  #at(values: Float64Array, index: number): number {
    return values[index] ?? 0;
  }
}
