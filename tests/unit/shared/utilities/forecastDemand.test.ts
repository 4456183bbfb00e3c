import { describe, expect, it } from 'vitest';
import { forecastDemand } from '../../../../shared/utilities/forecastDemand.ts';
import { seededRandom } from '../../../support/makeCounty.ts';

/** Two weeks from a Monday on: more by day than by night, and less on weekends. */
const usual = (hour: number): number => {
  const isDay = hour % 24 >= 7 && hour % 24 < 22;
  const isWeekend = Math.floor(hour / 24) % 7 >= 5;
  return (isDay ? 80 : 30) - (isWeekend ? 10 : 0);
};
const HOURS = 14 * 24;
/** Day and night differ by 50, weekends by 10 from other days, of which a part is carried over to Monday. */
const NEAR = 6;
const history = (noise: number, count = HOURS): Float64Array => {
  const random = seededRandom(5);
  return Float64Array.from({ length: count }, (_, hour) => usual(hour) + noise * (random() - 0.5));
};

describe('forecastDemand', () => {
  it('goes on with the days and weeks as they were', () => {
    const forecast = forecastDemand(history(0), 48, 0) ?? [];
    expect(forecast).toHaveLength(48);
    for (const [step, { value, low, high }] of forecast.entries()) {
      expect(Math.abs(value - usual(HOURS + step))).toBeLessThan(NEAR);
      expect(low <= value && value <= high).toBe(true);
    }
  });

  it('expects a part of a present deviation to last where deviations last, the less the later', () => {
    const hours = history(2);
    // Every third day is 20 higher, and so is the last one.
    const lasting = hours.map((value, hour) => (Math.floor(hour / 24) % 3 === 1 ? value + 20 : value));
    const [first] = forecastDemand(lasting, 48, 0) ?? [];
    const [plain] = forecastDemand(hours, 48, 0) ?? [];
    expect((first?.value ?? 0) - (plain?.value ?? 0)).toBeGreaterThan(8);
  });

  it('holds about four of five hours in its band', () => {
    const all = history(20, 60 * 24);
    let [inside, count] = [0, 0];
    for (let at = HOURS; at + 24 <= all.length; at += 24)
      for (const [step, { low, high }] of (forecastDemand(all.subarray(at - HOURS, at), 24, 0) ?? []).entries()) {
        const value = all[at + step] ?? 0;
        count++;
        if (low <= value && value <= high) inside++;
      }
    expect(inside / count).toBeGreaterThan(0.7);
    expect(inside / count).toBeLessThan(0.95);
  });

  it('needs three days, bears gaps, and is never negative where demand is not', () => {
    expect(forecastDemand(history(0, 71), 48, 0)).toBeUndefined();
    const gaps = history(2).map((value, hour) => (hour % 5 === 0 || hour > HOURS - 4 ? Number.NaN : value));
    for (const [step, { value }] of (forecastDemand(gaps, 48, 0) ?? []).entries())
      expect(Math.abs(value - usual(HOURS + step))).toBeLessThan(NEAR);
    const little = Float64Array.from({ length: HOURS }, (_, hour) => (hour % 24 === 8 ? 1 : 0));
    expect(forecastDemand(little, 48, 0)?.every(({ low, value }) => low >= 0 && value >= 0)).toBe(true);
  });
});
