import type { z } from 'zod';
import type { customerClassSchema } from '../county/county.ts';

type CustomerClass = z.infer<typeof customerClassSchema>;

const GALLON_L = 3.785411784;

/**
 * The rules for leaks by customer class: at least so much flow in each of so many hours in a row is a leak. Single
 * family: Badger AquaCUE (at least one gallon an hour in each of 24 hours); the other classes: the thresholds of a
 * Sensus/WaterSmart utility (multi-family 80 gph for 48 h, commercial 50 for 48, industrial 100 for 72, institutional
 * 30 for 24).
 */
export const leakRules = {
  singleFamily: { litersPerHour: GALLON_L, hours: 24 },
  multiFamily: { litersPerHour: 80 * GALLON_L, hours: 48 },
  commercial: { litersPerHour: 50 * GALLON_L, hours: 48 },
  industrial: { litersPerHour: 100 * GALLON_L, hours: 72 },
  institutional: { litersPerHour: 30 * GALLON_L, hours: 24 },
} as const satisfies Record<CustomerClass, { litersPerHour: number; hours: number }>;

/** The rule for a burst behind the meter: 30 gallons an hour in each of eight hours (Athens-Clarke County). */
export const burstRule = { litersPerHour: 30 * GALLON_L, hours: 8 } as const;

/** How many hours are kept: as many as the longest rule needs. */
export const HOURS_KEPT = 72;
/** Stands for the litres of an hour that was not measured, or only estimated. */
export const NOT_MEASURED = 0xffff;

/**
 * Whether each of the newest `hours` hours had at least `litersPerHour`. `litersBack(i)` gives the litres of the hour i
 * before the newest, or `NOT_MEASURED`. Hours that were not measured prove nothing: one in twelve may be missing.
 * Estimated reads must be given as not measured.
 */
export function isContinuousFlow(
  litersBack: (hoursBack: number) => number,
  rule: { litersPerHour: number; hours: number },
): boolean {
  let missing = 0;
  for (let back = 0; back < rule.hours; back++) {
    const liters = litersBack(back);
    if (liters === NOT_MEASURED) missing++;
    else if (liters < rule.litersPerHour) return false;
    if (missing > rule.hours / 12) return false;
  }
  return true;
}
