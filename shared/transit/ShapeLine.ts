import { METRES_PER_DEGREE, metresPerDegreeLon } from '../base/geometry/metresPerDegree.ts';

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

  /** The nearest place on the line. */
  project(lon: number, lat: number): OnShape {
    const x = (lon - this.#origin[0]) * this.#perLon;
    const y = (lat - this.#origin[1]) * METRES_PER_DEGREE;
    let best: OnShape = { alongM: 0, offM: Number.POSITIVE_INFINITY };
    for (let i = 0; i < this.#x.length; i++) {
      const found = this.#onSegment(x, y, i, Math.min(i + 1, this.#x.length - 1));
      if (found.offM < best.offM) best = found;
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
