import type { Link } from '../../shared/county/county.ts';
import { normal, textKey, uniform } from '../random/hash.ts';
import { MINUTE_MS } from './LocalTime.ts';
import type { World } from './World.ts';

export type TrafficState = { flowVph: number; speedMps: number; occupancy: number };
/** The effect of an event on a link: factors on the usual flow and speed. */
export type TrafficEffect = { flowFactor: number; speedFactor: number };

/** The length of vehicle and loop together, over which a detector is covered. */
const EFFECTIVE_LENGTH_M = 6.8;

/**
 * Demand by hour, 0 to 23, as a share of the peak: towards the seat on workdays, away from it on workdays, and at
 * weekends.
 */
const inbound = [
  0.08, 0.05, 0.04, 0.05, 0.11, 0.32, 0.72, 1, 0.88, 0.62, 0.54, 0.55, 0.58, 0.58, 0.6, 0.66, 0.72, 0.74, 0.58, 0.44,
  0.36, 0.28, 0.2, 0.13,
];
const outbound = [
  0.1, 0.06, 0.05, 0.05, 0.08, 0.2, 0.44, 0.68, 0.64, 0.52, 0.52, 0.56, 0.6, 0.62, 0.7, 0.86, 0.98, 1, 0.78, 0.54, 0.42,
  0.34, 0.26, 0.17,
];
const weekend = [
  0.16, 0.11, 0.08, 0.06, 0.07, 0.11, 0.18, 0.26, 0.38, 0.5, 0.58, 0.64, 0.68, 0.68, 0.67, 0.66, 0.64, 0.6, 0.53, 0.44,
  0.37, 0.31, 0.25, 0.2,
];
/** Peak demand over capacity by class, near the seat and far from it. */
const peakLoad: Record<Link['roadClass'], { near: number; far: number }> = {
  freeway: { near: 0.84, far: 0.5 },
  ramp: { near: 0.6, far: 0.25 },
  arterial: { near: 0.58, far: 0.22 },
  collector: { near: 0.34, far: 0.12 },
  local: { near: 0.12, far: 0.05 },
};

/** Demand by place, direction, hour and weekday, and the speed that follows from it. */
export class TrafficModel {
  readonly #world: World;
  readonly #seed: number;
  readonly #keys: Uint32Array;
  readonly #peakVph: Float64Array;
  /** The direction of each link: 1 towards the seat, 0 away from it. */
  readonly #towards: Float64Array;

  constructor(world: World, seed: number) {
    this.#world = world;
    this.#seed = seed;
    this.#keys = Uint32Array.from(world.links, ({ id }) => textKey(id));
    this.#towards = Float64Array.from(world.links, (link) => this.#towardsSeat(link));
    this.#peakVph = Float64Array.from(world.links, (link, i) => link.capacityVph * this.#peakShare(link, i));
  }

  stateOf(linkIndex: number, atMs: number, effect?: TrafficEffect): TrafficState {
    const link = this.#world.links[linkIndex];
    if (link === undefined) return { flowVph: 0, speedMps: 0, occupancy: 0 };
    const usual = this.demandVph(linkIndex, atMs);
    const flowVph = usual * (effect?.flowFactor ?? 1);
    const wave = 1 + 0.018 * this.#slowNoise(linkIndex, atMs, 5);
    const speedMps = Math.max(1.2, usualSpeed(link, usual) * wave * (effect?.speedFactor ?? 1));
    const perLaneMetre = flowVph / link.lanes / 3600 / speedMps;
    return { flowVph, speedMps, occupancy: Math.min(0.92, perLaneMetre * EFFECTIVE_LENGTH_M) };
  }

  /** The demand in vehicles per hour. */
  demandVph(linkIndex: number, atMs: number): number {
    const { hour, weekday, day } = this.#world.time.at(atMs);
    const towards = this.#towards[linkIndex] ?? 0.5;
    const share = weekday > 4 ? at(weekend, hour) : towards * at(inbound, hour) + (1 - towards) * at(outbound, hour);
    const dayFactor = 1 + 0.05 * normal(this.#seed, this.#keys[linkIndex] ?? 0, day, 21);
    return Math.max(
      0,
      (this.#peakVph[linkIndex] ?? 0) * share * dayFactor * (1 + 0.05 * this.#slowNoise(linkIndex, atMs, 22)),
    );
  }

  #towardsSeat(link: Link): number {
    const { center } = this.#world.profile;
    const [a, b] = [
      this.#world.plane.toPlane(link.path[0] ?? center),
      this.#world.plane.toPlane(link.path.at(-1) ?? center),
    ];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const cosine = -(a[0] * dx + a[1] * dy) / (Math.hypot(dx, dy) * Math.hypot(a[0], a[1]) || 1);
    return 0.5 + 0.5 * cosine;
  }

  #peakShare(link: Link, index: number): number {
    const [x, y] = this.#world.plane.toPlane(link.path[0] ?? this.#world.profile.center);
    const nearness = Math.exp(-Math.hypot(x, y) / 6500);
    const { near, far } = peakLoad[link.roadClass];
    return (far + (near - far) * nearness) * (0.8 + 0.4 * uniform(this.#seed, this.#keys[index] ?? 0, 23));
  }

  /** Noise that varies slowly over about five minutes, in about −1 to 1. */
  #slowNoise(linkIndex: number, atMs: number, stream: number): number {
    const step = atMs / (5 * MINUTE_MS);
    const [before, key] = [Math.floor(step), this.#keys[linkIndex] ?? 0];
    const share = step - before;
    return (
      (2 * uniform(this.#seed, key, before, stream) - 1) * (1 - share) +
      (2 * uniform(this.#seed, key, before + 1, stream) - 1) * share
    );
  }
}

/**
 * The usual speed decreases a little with every vehicle, and towards capacity by the curve of the Bureau of Public
 * Roads (1964), t = t₀ (1 + 0.15 x⁴).
 */
function usualSpeed(link: Link, flowVph: number): number {
  const load = flowVph / link.capacityVph;
  return (link.freeFlowMps * (1.02 - 0.06 * load)) / (1 + 0.15 * load ** 4);
}

/** The hourly table, interpolated between the middles of the hours. */
function at(table: readonly number[], hour: number): number {
  const position = hour - 0.5;
  const before = Math.floor(position);
  const share = position - before;
  return (table[(before + 24) % 24] ?? 0) * (1 - share) + (table[(before + 1) % 24] ?? 0) * share;
}
