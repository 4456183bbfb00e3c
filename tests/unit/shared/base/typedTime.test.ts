import { describe, expect, it } from 'vitest';
import { createLocalTime } from '../../../../shared/base/localTime.ts';
import { precisionMsOf, readPastTime, readUntil, writeTypedTime } from '../../../../shared/base/typedTime.ts';

const HOUR = 3_600_000;
const time = createLocalTime('America/Chicago');
/** 18:05 on Monday 23 November 2026 in the county, which this machine's clock knows nothing of. */
const nowMs = Date.UTC(2026, 10, 24, 0, 5);
const clock = { nowMs, time };
const fault = { fault: expect.any(String) as string };

describe('a typed end', () => {
  it('is read by the county’s clock: two hours from 18:05 is 20:05', () => {
    expect(readUntil('2 h', clock)).toEqual({ atMs: nowMs + 2 * HOUR });
    expect(readUntil('90 min', clock)).toEqual({ atMs: nowMs + 1.5 * HOUR });
    expect(readUntil('20:05', clock)).toEqual({ atMs: nowMs + 2 * HOUR });
    expect(readUntil('17:00', clock)).toEqual({ atMs: nowMs - HOUR - 5 * 60_000 + 24 * HOUR });
    expect(readUntil('2026-11-25 08:00', clock)).toEqual({ atMs: Date.UTC(2026, 10, 25, 14) });
  });

  it('is unknown only where nothing was typed, and otherwise refused', () => {
    expect(readUntil('  ', clock)).toBeUndefined();
    for (const text of ['abc', '25:00', '12:60', '0 h', '2 h ago', '2026-11-22 10:00', '2026-02-30 10:00', '-2 h', '2'])
      expect(readUntil(text, clock), text).toEqual(fault);
  });

  it('follows the change of the clock', () => {
    // At 01:30 daylight time on the day on which the clock goes back at 02:00.
    const autumn = { nowMs: Date.UTC(2026, 10, 1, 6, 30), time };
    expect(readUntil('03:00', autumn)).toEqual({ atMs: Date.UTC(2026, 10, 1, 9) });
    const spring = { nowMs: Date.UTC(2026, 2, 8, 7, 0), time };
    expect(readUntil('02:30', spring)).toEqual({ fault: 'The clock skips this time on that day.' });
  });
});

describe('a typed time of the past', () => {
  it('is the last time that the clock showed it', () => {
    expect(readPastTime('18:03', clock)).toEqual({ atMs: nowMs - 2 * 60_000 });
    expect(readPastTime('18:03:20', clock)).toEqual({ atMs: nowMs - 100_000 });
    expect(readPastTime('5 min ago', clock)).toEqual({ atMs: nowMs - 5 * 60_000 });
    expect(readPastTime('2026-11-22 18:05', clock)).toEqual({ atMs: nowMs - 24 * HOUR });
    const night = { nowMs: Date.UTC(2026, 10, 24, 6, 10), time };
    expect(readPastTime('23:50', night)).toEqual({ atMs: Date.UTC(2026, 10, 24, 5, 50) });
  });

  it('has come already, and is a time', () => {
    expect(readPastTime('18:06', clock)).toEqual({ fault: 'This time has not come yet.' });
    for (const text of ['', 'abc', 'soon', '2027-01-01 10:00']) expect(readPastTime(text, clock), text).toEqual(fault);
  });

  it('is written so that it is read as the same second again', () => {
    for (const agoMs of [0, 90_000, 11 * HOUR, 13 * HOUR, 100 * HOUR]) {
      const text = writeTypedTime(nowMs - agoMs, clock);
      expect(readPastTime(text, clock), text).toEqual({ atMs: nowMs - agoMs });
      expect(precisionMsOf(text)).toBe(1000);
    }
    expect(precisionMsOf('18:03')).toBe(60_000);
  });
});
