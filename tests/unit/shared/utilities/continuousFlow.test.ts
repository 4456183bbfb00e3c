import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  burstRule,
  HOURS_KEPT,
  isContinuousFlow,
  leakRules,
  NOT_MEASURED,
} from '../../../../shared/utilities/continuousFlow.ts';

const rule = { litersPerHour: 4, hours: 24 };
/** Hours of 4 litres, the newest first, with some replaced. */
const hours =
  (special: Readonly<Record<number, number>> = {}) =>
  (back: number): number =>
    special[back] ?? 4;

describe('a flow in every hour', () => {
  it('is a leak from the least flow on', () => {
    expect(isContinuousFlow(hours(), rule)).toBe(true);
    expect(isContinuousFlow(() => 3.99, rule)).toBe(false);
  });

  it.each([0, 12, 23])('is none when hour %d before the newest was dry', (back) => {
    expect(isContinuousFlow(hours({ [back]: 0 }), rule)).toBe(false);
  });

  it('does not look farther back than its rule', () => {
    expect(isContinuousFlow(hours({ 24: 0 }), rule)).toBe(true);
  });

  it('may lack one hour in twelve, and not one more', () => {
    const missing = (count: number) =>
      hours(Object.fromEntries(Array.from({ length: count }, (_, i) => [i * 3, NOT_MEASURED])));
    expect([0, 1, 2, 3].map((count) => isContinuousFlow(missing(count), rule))).toEqual([true, true, true, false]);
    expect(isContinuousFlow(hours({ 0: NOT_MEASURED }), { litersPerHour: 4, hours: 8 })).toBe(false);
  });

  it('is not found in hours of which nothing is known', () => {
    for (const each of [...Object.values(leakRules), burstRule]) {
      expect(isContinuousFlow(() => NOT_MEASURED, each)).toBe(false);
      expect(each.hours).toBeLessThanOrEqual(HOURS_KEPT);
      expect(each.litersPerHour).toBeLessThan(NOT_MEASURED);
    }
  });

  it('is not ended by more water', () => {
    const litres = fc.array(fc.oneof(fc.constant(NOT_MEASURED), fc.nat(8)), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(litres, fc.nat(23), (list, more) => {
        const found = isContinuousFlow((back) => list[back] ?? 0, rule);
        const wetter = list.map((liters, back) => (back === more && liters !== NOT_MEASURED ? liters + 5 : liters));
        if (found) expect(isContinuousFlow((back) => wetter[back] ?? 0, rule)).toBe(true);
      }),
    );
  });
});
