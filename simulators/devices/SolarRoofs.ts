import { textKey, uniform } from '../random/hash.ts';
import type { World } from '../world/World.ts';
import type { MeterModel } from './MeterModel.ts';

/** Shares of feeders with solar roofs, and of their single-family homes that have one. */
const FEEDER_SHARE = 0.5;
const HOME_SHARE = 0.7;
const LEAST_KW = 6;
const MORE_KW = 8;
const SUNRISE_H = 6;
const DAYLIGHT_H = 13;
/** Clouds change from one of these spans to the next. */
const CLOUD_H = 0.25;

/** What the solar roofs of each feeder make: at noon of a fine day more than its customers draw. */
export class SolarRoofs {
  readonly #seed: number;
  readonly #model: MeterModel;
  readonly #kwOfZone: Float64Array;

  constructor(world: World, model: MeterModel, seed: number) {
    this.#seed = seed;
    this.#model = model;
    this.#kwOfZone = new Float64Array(world.zones.length);
    world.meters.forEach(({ id, commodity, customerClass, zoneId }, meter) => {
      if (commodity !== 'electricity' || customerClass !== 'singleFamily') return;
      const key = textKey(id);
      if (uniform(seed, textKey(zoneId), 71) >= FEEDER_SHARE || uniform(seed, key, 72) >= HOME_SHARE) return;
      const zone = world.meterZone[meter] ?? 0;
      this.#kwOfZone[zone] = (this.#kwOfZone[zone] ?? 0) + LEAST_KW + MORE_KW * uniform(seed, key, 73);
    });
  }

  /** What the roofs of a feeder make together, in kW. */
  powerKw(zone: number, atMs: number): number {
    const { day, hour } = this.#model.dayOf(atMs);
    const height = Math.sin((Math.PI * (hour - SUNRISE_H)) / DAYLIGHT_H);
    if (hour < SUNRISE_H || height <= 0) return 0;
    const span = Math.floor(hour / CLOUD_H);
    const share = hour / CLOUD_H - span;
    const clear = this.#clear(day, span) * (1 - share) + this.#clear(day, span + 1) * share;
    return (this.#kwOfZone[zone] ?? 0) * height ** 1.3 * clear;
  }

  #clear(day: number, span: number): number {
    return 0.65 + 0.35 * uniform(this.#seed, day, span, 74);
  }
}
