import type { UnitStatus } from '../../../shared/base/values.ts';

const KEPT = 240;

export type DrawnThing = { id: string; x: number; y: number; lon: number; lat: number };

/**
 * The map's figures for tests and benches, at `window.__beaconMapStats`, because a test cannot read them from a canvas.
 * `jsMs` is the script's share of the last frames that drew something, in milliseconds. `vehicles`, `units` and
 * `markers` give where things are at the moment of the call, in degrees, and where they are drawn, in CSS pixels of the
 * map; a marker that had to step aside is drawn beside its place.
 */
export type MapStats = {
  groundFrames: number;
  /** How many links had a speed when the layers of the ground were last made. */
  links: number;
  /** When such links were first on the canvas, on the scale of `performance.now()`. */
  pictureAtMs: () => number | undefined;
  movingFrames: number;
  movingVehicles: number;
  jsMs: () => { mean: number; p95: number; most: number };
  vehicles: () => DrawnThing[];
  units: () => (DrawnThing & { status: UnitStatus })[];
  markers: () => DrawnThing[];
  /** The middle of a link. */
  road: (linkId: string) => DrawnThing | undefined;
  /** The labels of units on their way, with their countdown. */
  wayLabels: () => string[];
  /** Ids of the links that are drawn as closed, and as a part of a diversion. */
  roadEffects: () => { closed: string[]; diverted: string[] };
  view: () => { lon: number; lat: number; zoom: number };
};

declare global {
  var __beaconMapStats: MapStats | undefined;
}

/** Keeps the last durations of something, so that its memory stays bounded. */
export class Durations {
  readonly #kept = new Float64Array(KEPT);
  #count = 0;

  add(ms: number): void {
    this.#kept[this.#count++ % KEPT] = ms;
  }

  figures(): { mean: number; p95: number; most: number } {
    const sorted = this.#kept.slice(0, Math.min(KEPT, this.#count)).sort();
    if (sorted.length === 0) return { mean: NaN, p95: NaN, most: NaN };
    return {
      mean: sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length,
      p95: sorted[Math.floor(0.95 * (sorted.length - 1))] ?? NaN,
      most: sorted.at(-1) ?? NaN,
    };
  }
}
