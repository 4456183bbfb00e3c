import { describe, expect, it } from 'vitest';
import { createLocalTime, weekdayOf } from '../../../../shared/base/localTime.ts';

describe('createLocalTime', () => {
  const chicago = createLocalTime('America/Chicago');

  it('reads the wall clock, also around the days that it changes', () => {
    expect(chicago.hourMinute(Date.UTC(2026, 2, 8, 7, 59))).toBe('01:59');
    expect(chicago.hourMinute(Date.UTC(2026, 2, 8, 8, 0))).toBe('03:00');
    expect(chicago.hourMinute(Date.UTC(2026, 10, 1, 6, 59))).toBe('01:59');
    expect(chicago.hourMinute(Date.UTC(2026, 10, 1, 7, 0))).toBe('01:00');
  });

  it('begins the day at local midnight', () => {
    const midnight = Date.UTC(2026, 4, 6, 5);
    expect(chicago.dayNumber(midnight) - chicago.dayNumber(midnight - 1)).toBe(1);
    expect(chicago.secondOfDay(midnight)).toBe(0);
    expect(weekdayOf(chicago.dayNumber(midnight))).toBe(3);
  });

  it('knows zones of quarters of an hour and refuses those that do not exist', () => {
    expect(createLocalTime('Asia/Kathmandu').hourMinute(0)).toBe('05:30');
    expect(createLocalTime('Asia/Kathmandu').hourMinute(Date.UTC(2026, 0, 1))).toBe('05:45');
    expect(() => createLocalTime('Middle/Earth')).toThrow(RangeError);
  });
});
