import type { Meter } from '../../shared/county/county.ts';
import { normal, textKey, uniform } from '../random/hash.ts';
import { DAY_MS, HOUR_MS, weekdayOf } from '../world/LocalTime.ts';
import { type LoadProfile, loadProfiles } from './loadProfiles.ts';

/** All meters were installed on this day: 2022-01-01, in days since 1970. */
const FITTED_DAY = 18_993;
/** How much one day of a customer may differ from the next, as a share of the usual day. */
const DAY_NOISE = 0.35;

/**
 * What every meter's register shows at any time, computed on request from the seed, the meter and the time alone. So a
 * register continues where it was after a restart, history joins the live values exactly, and meters that do not report
 * cost nothing.
 *
 * A day's consumption is the usual one times the weekday's share, plus noise that is the difference of two numbers in
 * [0, 1): summed over the days the noise telescopes, which gives the register of any day at once. Within the day, hours
 * are weighted by the profile and by noise, normalised to the day. Days are counted in the zone's standard time
 * throughout, so that no register runs backward when the clocks do.
 */
export class MeterModel {
  readonly #profiles: LoadProfile[];
  readonly #keys: Uint32Array;
  readonly #daily: Float64Array;
  readonly #seed: number;
  readonly #standardOffsetMs: number;
  readonly #curve = new Float64Array(25);
  #curveOf = { meter: -1, day: -1 };

  constructor(meters: readonly Meter[], seed: number, standardOffsetMs: number) {
    this.#seed = seed;
    this.#standardOffsetMs = standardOffsetMs;
    this.#profiles = meters.map(({ commodity, customerClass }) => loadProfiles[commodity][customerClass]);
    this.#keys = Uint32Array.from(meters, ({ id }) => textKey(id));
    this.#daily = Float64Array.from(
      this.#profiles,
      ({ daily, spread }, i) => daily * Math.exp(spread * normal(seed, this.#keys[i] ?? 0, 1) - (spread * spread) / 2),
    );
  }

  /** The register in kWh or m³, as the meter would show it if nothing special happened. Never falls. */
  register(meter: number, atMs: number): number {
    const { day, hour } = this.dayOf(atMs);
    const start = Math.floor(hour);
    const curve = this.#curveFor(meter, day);
    const share = (curve[start] ?? 0) + (hour - start) * ((curve[start + 1] ?? 1) - (curve[start] ?? 0));
    return this.#upTo(meter, day) + this.#dayTotal(meter, day) * share;
  }

  /** Adds the consumption of each hour of a day to `into`, from `offset` on. */
  addHours(meter: number, day: number, into: Float64Array, offset: number): void {
    const curve = this.#curveFor(meter, day);
    const total = this.#dayTotal(meter, day);
    for (let hour = 0; hour < 24; hour++)
      into[offset + hour] = (into[offset + hour] ?? 0) + total * ((curve[hour + 1] ?? 0) - (curve[hour] ?? 0));
  }

  /** The day and hour by which consumption is computed. */
  dayOf(atMs: number): { day: number; hour: number } {
    const localMs = atMs + this.#standardOffsetMs;
    const day = Math.floor(localMs / DAY_MS);
    return { day, hour: (localMs - day * DAY_MS) / HOUR_MS };
  }

  /** The consumption of a usual day. */
  dailyOf(meter: number): number {
    return this.#daily[meter] ?? 0;
  }

  #upTo(meter: number, day: number): number {
    const daily = this.#daily[meter] ?? 0;
    const key = this.#keys[meter] ?? 0;
    const fitted = daily * 200 * uniform(this.#seed, key, 2);
    return (
      fitted +
      daily *
        (this.#daysWeighted(meter, day) + DAY_NOISE * (this.#dayNoise(key, day) - this.#dayNoise(key, FITTED_DAY)))
    );
  }

  #dayTotal(meter: number, day: number): number {
    const key = this.#keys[meter] ?? 0;
    const share = this.#profiles[meter]?.week[weekdayOf(day)] ?? 1;
    return (this.#daily[meter] ?? 0) * (share + DAY_NOISE * (this.#dayNoise(key, day + 1) - this.#dayNoise(key, day)));
  }

  #dayNoise(key: number, day: number): number {
    return uniform(this.#seed, key, day, 3);
  }

  /** The sum of the weekdays' shares from the day of installation up to this one. */
  #daysWeighted(meter: number, day: number): number {
    const days = day - FITTED_DAY;
    const weeks = Math.floor(days / 7);
    const week = this.#profiles[meter]?.week ?? [];
    let sum = weeks * week.reduce((total, share) => total + share, 0);
    for (let rest = FITTED_DAY + weeks * 7; rest < day; rest++) sum += week[weekdayOf(rest)] ?? 1;
    return sum;
  }

  /** The share of the day's consumption up to each full hour. */
  #curveFor(meter: number, day: number): Float64Array {
    const curve = this.#curve;
    if (this.#curveOf.meter === meter && this.#curveOf.day === day) return curve;
    const profile = this.#profiles[meter];
    const weights = (weekdayOf(day) < 5 ? profile?.workday : profile?.weekend) ?? [];
    const key = this.#keys[meter] ?? 0;
    let sum = 0;
    for (let hour = 0; hour < 24; hour++) {
      const dice = uniform(this.#seed, key, day * 24 + hour, 4);
      const weight = weights[hour] ?? 0;
      sum += profile?.grain === 'events' ? tapWeight(weight, dice) : weight * (0.55 + 0.9 * dice);
      curve[hour + 1] = sum;
    }
    for (let hour = 1; hour <= 24; hour++) curve[hour] = sum > 0 ? (curve[hour] ?? 0) / sum : hour / 24;
    this.#curveOf = { meter, day };
    return curve;
  }
}

/** Water is either drawn in an hour or not: the busier the hour, the more likely it is. */
function tapWeight(weight: number, dice: number): number {
  const probability = Math.min(0.92, weight / 5);
  return dice < probability ? weight * (0.4 + (1.2 * dice) / probability) : 0;
}
