import { describe, expect, it } from 'vitest';
import { hoursOfUse, meterDay } from '../../../../../main/engine/billing/meterDay.ts';
import type { BilledRead } from '../../../../../main/engine/billing/meterDay.ts';
import { HOUR_MS } from '../../../../../shared/base/durations.ts';

/** A Monday. */
const START_MS = Date.UTC(2026, 4, 4);
const starts = Array.from({ length: 25 }, (_, hour) => START_MS + hour * HOUR_MS);
const read = (hour: number, value: number): BilledRead => ({
  ...{ atMs: START_MS + hour * HOUR_MS, value },
  quality: 'good',
});
/** Hourly reads of 1 kWh per hour without those of some hours. */
const without = (...missing: number[]): BilledRead[] =>
  Array.from({ length: 27 }, (_, at) => at - 1)
    .filter((hour) => !missing.includes(hour))
    .map((hour) => read(hour, 100 + hour));
const minuteOf = (atMs: number): number => (atMs - START_MS) / 60_000;

describe('the hours of a day', () => {
  it('are actual where the meter was read in its rhythm', () => {
    const hours = hoursOfUse(without(), starts);
    expect(hours).toHaveLength(24);
    expect(hours.every(({ use, method }) => use === 1 && method === 'actual')).toBe(true);
  });

  it('of a short gap are spread evenly, and add up to the register', () => {
    const hours = hoursOfUse(without(10, 11, 12), starts);
    expect(
      hours.filter(({ method }) => method === 'linear').map(({ startMs, use }) => [minuteOf(startMs) / 60, use]),
    ).toEqual([9, 10, 11, 12].map((hour) => [hour, 1]));
  });

  it('of a long gap have the shape of like days, scaled to the register', () => {
    const gap = [8, 9, 10, 11, 12, 13, 14, 15];
    const hours = hoursOfUse(without(...gap), starts, (startMs) => (minuteOf(startMs) / 60 === 12 ? 3 : 1));
    const filled = hours.filter(({ method }) => method === 'likeDays');
    expect(filled.map(({ use }) => use)).toEqual(
      [9, 9, 9, 9, 9, 27, 9, 9, 9].map((part): unknown => expect.closeTo(part / 11, 9)),
    );
    expect(filled.reduce((sum, { use }) => sum + use, 0)).toBeCloseTo(9, 9);
  });

  it('after the last read are missing, and become known with the next one', () => {
    const reads = without().filter(({ atMs }) => atMs <= START_MS + 18 * HOUR_MS);
    expect(hoursOfUse(reads, starts).filter(({ method }) => method === 'missing')).toHaveLength(6);
    const later = hoursOfUse([...reads, read(30, 130)], starts);
    expect(later.filter(({ method }) => method === 'missing')).toHaveLength(0);
    expect(meterDay(0, later, [], minuteOf)).toMatchObject({ use: 24, hours: { actual: 18, likeDays: 6 } });
  });

  it('do not join two registers', () => {
    const ended: BilledRead = { atMs: START_MS + 12 * HOUR_MS - 1, value: Number.NaN, quality: 'ends' };
    const reads = [
      ...without().slice(0, 13),
      ended,
      ...without()
        .slice(13)
        .map((each) => ({ ...each, value: each.value - 90 })),
    ];
    const day = meterDay(0, hoursOfUse(reads, starts), [], minuteOf);
    expect(day).toMatchObject({ use: 23, hours: { actual: 23, missing: 1 } });
  });

  it('of a meter that is read daily are actual, and have no hours of their own', () => {
    const day = meterDay(0, hoursOfUse([read(-24, 50), read(0, 74), read(24, 98)], starts), [], minuteOf);
    expect(day).toMatchObject({ use: 24, peakKw: 1, hours: { actual: 24 } });
  });
});

describe('the windows of a tariff', () => {
  const MONDAY = 20_577;
  const window = { name: 'w', price: '1' };
  const hours = hoursOfUse(without(), starts);
  it.each([
    ['in the afternoon of a workday', { ...window, from: 900, to: 1200, days: 'workdays' as const }, 5],
    ['of weekends, on a Monday', { ...window, from: 900, to: 1200, days: 'weekends' as const }, 0],
    ['over midnight', { ...window, from: 1320, to: 360, days: 'all' as const }, 8],
    // Its hours after midnight belong to Sunday, on which it did not begin.
    ['over midnight of workdays, on a Monday', { ...window, from: 1320, to: 360, days: 'workdays' as const }, 2],
  ])('%s', (_, each, use) => {
    expect(meterDay(MONDAY, hours, [each], minuteOf).windows).toEqual([use]);
  });
});
