import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLocalDays } from '../../../../shared/base/localDays.ts';

const HOUR_MS = 3_600_000;
const lengths = (zone: string, fromMs: number, count: number): number[] => {
  const { dayOf, startMs } = createLocalDays(zone);
  const first = dayOf(fromMs);
  return Array.from({ length: count }, (_, at) => (startMs(first + at + 1) - startMs(first + at)) / HOUR_MS);
};

it('a day has 23 or 25 hours where the clock changes', () => {
  expect(lengths('America/Chicago', Date.UTC(2026, 2, 7, 12), 3)).toEqual([24, 23, 24]);
  expect(lengths('America/Chicago', Date.UTC(2026, 9, 31, 12), 3)).toEqual([24, 25, 24]);
  // By half an hour.
  expect(lengths('Australia/Lord_Howe', Date.UTC(2026, 3, 4, 0), 2)).toEqual([24, 24.5]);
});

it('a day without a midnight begins with its first moment', () => {
  const { dayOf, startMs } = createLocalDays('Africa/Cairo');
  // On 24 April 2026 the clock goes from midnight to one.
  const day = Date.UTC(2026, 3, 24) / (24 * HOUR_MS);
  expect(startMs(day)).toBe(Date.UTC(2026, 3, 23, 22));
  expect([dayOf(startMs(day)), dayOf(startMs(day) - 1)]).toEqual([day, day - 1]);
});

it('every moment lies in the day that it belongs to, whatever the zone', () => {
  const zones = fc.constantFrom('UTC', 'America/Chicago', 'Asia/Kathmandu', 'Pacific/Auckland', 'America/Caracas');
  fc.assert(
    fc.property(zones, fc.integer({ min: 0, max: 2e12 }), (zone, atMs) => {
      const { dayOf, startMs } = createLocalDays(zone);
      const day = dayOf(atMs);
      expect(startMs(day)).toBeLessThanOrEqual(atMs);
      expect(startMs(day + 1)).toBeGreaterThan(atMs);
    }),
  );
});

it('the hour is that of the clock, also on a day when it changes', () => {
  const { hourOf } = createLocalDays('America/Chicago');
  const hours = (text: string): number[] => [0, 1, 2, 3].map((at) => hourOf(Date.parse(text) + at * 3_600_000));
  expect(hours('2026-03-08T06:00:00Z')).toEqual([0, 1, 3, 4]);
  expect(hours('2026-11-01T05:00:00Z')).toEqual([0, 1, 1, 2]);
});
