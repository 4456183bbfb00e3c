import { normal, textKey, uniform } from '../random/hash.ts';
import { MINUTE_MS } from '../world/LocalTime.ts';
import type { World } from '../world/World.ts';
import type { MeterModel } from './MeterModel.ts';

/** Losses of a feeder as a share of its meters' load. */
const FEEDER_LOSSES = 0.045;
/**
 * Water that seeps from mains and service pipes, m³/h per connection: within the 10 to 30 % of night flow that IWA
 * texts call usual.
 */
const BACKGROUND_LEAKAGE_M3H = 0.0045;

/**
 * Load and inflow of the zones: they are the sum of what their meters draw, so that the balances of energy and water
 * come out.
 */
export class ZoneModel {
  readonly #world: World;
  readonly #meters: MeterModel;
  readonly #seed: number;
  readonly #keys: number[];
  readonly #meterCounts: Float64Array;
  readonly #daily: Float64Array;
  readonly #days = new Map<number, Float64Array>();

  constructor(world: World, meters: MeterModel, seed: number) {
    this.#world = world;
    this.#meters = meters;
    this.#seed = seed;
    this.#keys = world.zones.map(({ id }) => textKey(id));
    this.#meterCounts = new Float64Array(world.zones.length);
    this.#daily = new Float64Array(world.zones.length);
    world.meterZone.forEach((zone, meter) => {
      this.#meterCounts[zone] = (this.#meterCounts[zone] ?? 0) + 1;
      this.#daily[zone] = (this.#daily[zone] ?? 0) + meters.dailyOf(meter);
    });
  }

  /** The total draw of the zone's meters in kW or m³/h, which varies smoothly from hour to hour. */
  demand(zone: number, atMs: number): number {
    const { day, hour } = this.#meters.dayOf(atMs);
    const before = Math.floor(hour - 0.5);
    const share = hour - 0.5 - before;
    return this.#hourSum(zone, day, before) * (1 - share) + this.#hourSum(zone, day, before + 1) * share;
  }

  /** The ratio of the demand to the zone's mean demand. */
  relativeDemand(zone: number, atMs: number): number {
    return this.demand(zone, atMs) / Math.max(1e-6, (this.#daily[zone] ?? 0) / 24);
  }

  powerKw(zone: number, atMs: number): number {
    return Math.max(0, this.demand(zone, atMs) * (1 + FEEDER_LOSSES) * this.#flicker(zone, atMs, 0.008));
  }

  inflowM3h(zone: number, atMs: number): number {
    const leakage =
      BACKGROUND_LEAKAGE_M3H *
      (this.#meterCounts[zone] ?? 0) *
      (0.7 + 0.6 * uniform(this.#seed, this.#keys[zone] ?? 0, 12));
    return Math.max(0, this.demand(zone, atMs) * this.#flicker(zone, atMs, 0.025) + leakage);
  }

  /** Pressure at the critical point falls with the square of the flow, as friction does. */
  pressureKpa(zone: number, atMs: number): number {
    const key = this.#keys[zone] ?? 0;
    const resting = 400 + 110 * uniform(this.#seed, key, 13);
    return (
      resting -
      14 * this.relativeDemand(zone, atMs) ** 2 +
      2.2 * normal(this.#seed, key, Math.floor(atMs / MINUTE_MS), 14)
    );
  }

  /** The voltage at the substation, per unit of the nominal voltage. */
  voltagePu(zone: number, atMs: number): number {
    return (
      1.03 -
      0.008 * this.relativeDemand(zone, atMs) +
      0.0015 * normal(this.#seed, this.#keys[zone] ?? 0, Math.floor(atMs / MINUTE_MS), 15)
    );
  }

  #flicker(zone: number, atMs: number, deviation: number): number {
    return 1 + deviation * normal(this.#seed, this.#keys[zone] ?? 0, Math.floor(atMs / MINUTE_MS), 11);
  }

  #hourSum(zone: number, day: number, hour: number): number {
    if (hour < 0) return this.#hourSum(zone, day - 1, hour + 24);
    if (hour > 23) return this.#hourSum(zone, day + 1, hour - 24);
    return this.#sumsOf(day)[zone * 24 + hour] ?? 0;
  }

  #sumsOf(day: number): Float64Array {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const sums = new Float64Array(this.#world.zones.length * 24);
    this.#world.meterZone.forEach((zone, meter) => this.#meters.addHours(meter, day, sums, zone * 24));
    if (this.#days.size > 40) this.#days.clear();
    this.#days.set(day, sums);
    return sums;
  }
}
