import { describe, expect, it } from 'vitest';
import { gtfsSeconds, serviceDaysAround, serviceTimeMs } from '../../../../../main/engine/registry/serviceTime.ts';

const ZONE = 'America/Chicago';
const at = (text: string): number => Date.parse(text);

describe('service time', () => {
  it('counts from midnight on a plain day, past 24 h too', () => {
    expect(serviceTimeMs('20260601', 7 * 3600, ZONE)).toBe(at('2026-06-01T07:00:00-05:00'));
    expect(serviceTimeMs('2026-06-01', 25.5 * 3600, ZONE)).toBe(at('2026-06-02T01:30:00-05:00'));
  });

  it('counts from noon minus 12 h on the days that the clock changes', () => {
    // 8 March 2026 has 23 hours: the count begins at 23:00 of the day before, so that noon is still 12:00.
    expect(serviceTimeMs('20260308', 0, ZONE)).toBe(at('2026-03-07T23:00:00-06:00'));
    expect(serviceTimeMs('20260308', 8 * 3600, ZONE)).toBe(at('2026-03-08T08:00:00-05:00'));
    // 1 November 2026 has 25.
    expect(serviceTimeMs('20261101', 0, ZONE)).toBe(at('2026-11-01T01:00:00-05:00'));
    expect(serviceTimeMs('20261101', 8 * 3600, ZONE)).toBe(at('2026-11-01T08:00:00-06:00'));
  });

  it.each(['20260230', '20261301', 'today', ''])('throws a RangeError for %j', (day) => {
    expect(() => serviceTimeMs(day, 0, ZONE)).toThrow(RangeError);
  });

  it('names yesterday, today and tomorrow in the zone', () => {
    expect(serviceDaysAround(at('2026-06-01T02:00:00Z'), ZONE)).toEqual(['20260530', '20260531', '20260601']);
  });

  it.each([
    ['07:05:09', 25_509],
    ['7:05:09', 25_509],
    [' 25:00:00 ', 90_000],
    ['', undefined],
    ['7:5', undefined],
    [undefined, undefined],
  ])('reads %j as seconds', (text, expected) => {
    expect(gtfsSeconds(text)).toBe(expected);
  });
});
