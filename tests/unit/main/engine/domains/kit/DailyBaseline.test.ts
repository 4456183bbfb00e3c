import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DailyBaseline } from '../../../../../../main/engine/domains/kit/DailyBaseline.ts';
import { createLocalTime } from '../../../../../../shared/base/localTime.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A Wednesday, 12:00. */
const NOON_MS = Date.UTC(2026, 4, 6, 12);
const time = createLocalTime('UTC');

const taught = (values: readonly [value: number, atMs: number][]): DailyBaseline => {
  const baseline = new DailyBaseline(time);
  for (const [value, atMs] of values) baseline.teach(0, value, atMs);
  return baseline;
};

describe('DailyBaseline', () => {
  it('knows what is usual after two other days, and not before', () => {
    expect(taught([[10, NOON_MS - DAY_MS]]).usual(0, NOON_MS)).toBeUndefined();
    expect(
      taught([
        [10, NOON_MS - DAY_MS],
        [14, NOON_MS - 2 * DAY_MS],
      ]).usual(0, NOON_MS),
    ).toMatchObject({ typical: 12, low: 10, high: 14, days: 2 });
    expect(taught([]).usual(7, NOON_MS)).toBeUndefined();
  });

  it('never counts the day that is asked about', () => {
    const days: [number, number][] = [
      [10, NOON_MS - DAY_MS],
      [10, NOON_MS - 2 * DAY_MS],
      [999, NOON_MS],
      [999, NOON_MS + 60_000],
    ];
    expect(taught(days).usual(0, NOON_MS + 120_000)?.high).toBe(10);
  });

  it('tells the hours apart', () => {
    const days: [number, number][] = [1, 2].flatMap((day): [number, number][] => [
      [10, NOON_MS - day * DAY_MS],
      [50, NOON_MS - day * DAY_MS + 3 * HOUR_MS],
    ]);
    expect(taught(days).usual(0, NOON_MS)?.typical).toBe(10);
    expect(taught(days).usual(0, NOON_MS + 3 * HOUR_MS)?.typical).toBe(50);
  });

  it('is not moved by one wild day', () => {
    const days = [10, 11, 9, 10, 500].map((value, i): [number, number] => [
      value,
      NOON_MS - [1, 2, 7, 8, 9][i]! * DAY_MS,
    ]);
    expect(taught(days).usual(0, NOON_MS)?.typical).toBe(10);
  });

  it('compares weekdays with weekdays once there are two, and with all days before', () => {
    const sunday = NOON_MS - 3 * DAY_MS;
    expect(
      taught([
        [100, sunday],
        [40, sunday - DAY_MS],
        [60, NOON_MS - DAY_MS],
      ]).usual(0, NOON_MS)?.days,
    ).toBe(3);
    expect(
      taught([
        [100, sunday],
        [40, NOON_MS - 2 * DAY_MS],
        [60, NOON_MS - DAY_MS],
      ]).usual(0, NOON_MS),
    ).toMatchObject({ typical: 50, days: 2 });
  });

  it('forgets after two weeks', () => {
    expect(
      taught([
        [10, NOON_MS - 20 * DAY_MS],
        [10, NOON_MS - 21 * DAY_MS],
        [20, NOON_MS - 6 * DAY_MS],
        [20, NOON_MS - 7 * DAY_MS],
      ]).usual(0, NOON_MS),
    ).toMatchObject({ typical: 20, days: 2 });
  });

  it('gives the mean of a stretch of every day', () => {
    const night = Date.UTC(2026, 4, 6, 2);
    expect(
      taught([
        [1, night],
        [3, night + HOUR_MS],
        [9, NOON_MS],
      ]).stretchByDay(0, 7200, 14_400),
    ).toEqual([{ day: 20_579, mean: 2, quarters: 2 }]);
  });

  it('does not mind the order in which history comes', () => {
    const value = fc.tuple(
      fc.double({ min: 0, max: 1000, noNaN: true }),
      fc.integer({ min: 0, max: 12 * 96 }).map((quarters) => NOON_MS - quarters * 900_000),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), fc.infiniteStream(fc.nat()), (values, dice) => {
        const shuffled = values
          .map((each) => ({ each, key: dice.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const [one, other] = [taught(values).usual(0, NOON_MS), taught(shuffled).usual(0, NOON_MS)];
        expect(other?.days).toBe(one?.days);
        if (one !== undefined && other !== undefined) expect(Math.abs(other.typical - one.typical)).toBeLessThan(1e-2);
      }),
      { numRuns: 60 },
    );
  });

  it('survives numbers that are none', () => {
    expect(() =>
      taught([
        [Number.NaN, NOON_MS],
        [1, Number.NaN],
        [Number.POSITIVE_INFINITY, NOON_MS],
        [1, -1e15],
      ]).usual(0, NOON_MS),
    ).not.toThrow();
  });
});
