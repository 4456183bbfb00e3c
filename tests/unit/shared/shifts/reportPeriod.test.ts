import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLocalTime } from '../../../../shared/base/localTime.ts';
import { periodAround, timeWithin } from '../../../../shared/shifts/reportPeriod.ts';
import type { ReportPeriod } from '../../../../shared/shifts/reportPeriod.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const zones = ['UTC', 'America/Chicago', 'Europe/Helsinki', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Beirut'];
const locals = new Map(zones.map((zone) => [zone, createLocalTime(zone)]));
const around = (kind: 'week' | 'month', time: string, zone = 'UTC'): ReportPeriod =>
  periodAround(kind, Date.parse(time), locals.get(zone)!);
const dates = ({ id, fromMs, toMs }: ReportPeriod): string[] => [
  id,
  new Date(fromMs).toISOString().slice(0, 16),
  new Date(toMs).toISOString().slice(0, 16),
];

const anyTime = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2050, 0, 1) });
const anyZone = fc.constantFrom(...zones);
const anyKind = fc.constantFrom('week' as const, 'month' as const);

describe('the week', () => {
  it.each([
    // ISO 8601: the week belongs to the year of its Thursday.
    ['2026-01-01T12:00Z', ['2026-W01', '2025-12-29T00:00', '2026-01-05T00:00']],
    ['2025-12-28T23:59Z', ['2025-W52', '2025-12-22T00:00', '2025-12-29T00:00']],
    ['2025-12-29T00:00Z', ['2026-W01', '2025-12-29T00:00', '2026-01-05T00:00']],
    ['2027-01-03T23:59Z', ['2026-W53', '2026-12-28T00:00', '2027-01-04T00:00']],
    ['2027-01-04T00:00Z', ['2027-W01', '2027-01-04T00:00', '2027-01-11T00:00']],
    ['2024-02-29T08:00Z', ['2024-W09', '2024-02-26T00:00', '2024-03-04T00:00']],
  ])('around %s', (time, expected) => {
    expect(dates(around('week', time))).toEqual(expected);
  });

  it('begins and ends at local midnight, also when the clock changes in it', () => {
    // Sunday, 8 March 2026, 02:00 in Chicago: an hour less.
    const spring = around('week', '2026-03-08T12:00Z', 'America/Chicago');
    expect(dates(spring)).toEqual(['2026-W10', '2026-03-02T06:00', '2026-03-09T05:00']);
    expect(spring.toMs - spring.fromMs).toBe(7 * DAY_MS - HOUR_MS);
    const autumn = around('week', '2026-10-28T12:00Z', 'America/Chicago');
    expect(autumn.toMs - autumn.fromMs).toBe(7 * DAY_MS + HOUR_MS);
  });

  it('is that of the place, not of UTC', () => {
    // Monday in Kiritimati, Sunday in Pago Pago.
    const time = '2026-06-07T11:00Z';
    expect(around('week', time, 'Pacific/Kiritimati').id).toBe('2026-W24');
    expect(around('week', time, 'Pacific/Pago_Pago').id).toBe('2026-W23');
  });
});

describe('the month', () => {
  it.each([
    ['2026-06-30T23:59Z', ['2026-06', '2026-06-01T00:00', '2026-07-01T00:00']],
    ['2026-12-31T23:59Z', ['2026-12', '2026-12-01T00:00', '2027-01-01T00:00']],
    ['2024-02-29T12:00Z', ['2024-02', '2024-02-01T00:00', '2024-03-01T00:00']],
  ])('around %s', (time, expected) => {
    expect(dates(around('month', time))).toEqual(expected);
  });
});

describe('a name', () => {
  it.each([
    ['week', '2025-W53'],
    ['week', '2026-W00'],
    ['week', '2026-W54'],
    ['week', '2026-23'],
    ['week', 'latest'],
    ['month', '2026-00'],
    ['month', '2026-13'],
    ['month', '2026-W06'],
    ['month', ''],
  ] as const)('that is no %s is none: %s', (kind, id) => {
    expect(timeWithin(kind, id)).toBeUndefined();
  });

  it('is that of the period around the time that it gives, everywhere', () => {
    fc.assert(
      fc.property(anyKind, anyTime, anyZone, (kind, atMs, zone) => {
        const { id } = periodAround(kind, atMs, locals.get(zone)!);
        const inside = timeWithin(kind, id);
        expect(inside === undefined ? undefined : periodAround(kind, inside, locals.get(zone)!).id).toBe(id);
      }),
    );
  });
});

describe('periods', () => {
  it('hold their time, begin where the one before ends, and have no other name within', () => {
    fc.assert(
      fc.property(
        anyKind,
        anyTime,
        anyZone,
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (kind, atMs, zone, at) => {
          const local = locals.get(zone)!;
          const period = periodAround(kind, atMs, local);
          expect(period.fromMs <= atMs && atMs < period.toMs).toBe(true);
          expect(periodAround(kind, period.fromMs - 1, local).toMs).toBe(period.fromMs);
          expect(periodAround(kind, period.toMs, local).fromMs).toBe(period.toMs);
          expect(periodAround(kind, period.fromMs + at * (period.toMs - period.fromMs), local)).toEqual(period);
        },
      ),
    );
  });
});
