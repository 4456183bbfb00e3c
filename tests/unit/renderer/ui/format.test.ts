import { describe, expect, it } from 'vitest';
import { formatNumber, formatQuantity } from '../../../../renderer/ui/formatNumber.ts';
import { formatAge, formatElapsed, localTime } from '../../../../renderer/ui/formatTime.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('formatNumber', () => {
  it('groups thousands and keeps the asked digits', () => {
    expect(formatNumber(1234.56, 1)).toBe('1,234.6');
    expect(formatNumber(18514, 0)).toBe('18,514');
    expect(formatNumber(1234567.8, 1)).toBe('1,234,567.8');
  });

  it('has a real minus sign, and none before zero', () => {
    expect(formatNumber(-3.2, 1)).toBe('−3.2');
    expect(formatNumber(-0.01, 1)).toBe('0.0');
  });
});

describe('formatQuantity', () => {
  it('shows ratios as per cent and missing values as a dash', () => {
    expect(formatQuantity(0.1234, '1', 3, 'us')).toEqual({ text: '12.3', unit: '%' });
    expect(formatQuantity(null, 'm/s', 1, 'us')).toEqual({ text: '–', unit: 'mph' });
  });
});

describe('formatAge', () => {
  it.each([
    [-500, '0 s'],
    [4900, '4 s'],
    [59_999, '59 s'],
    [12 * MINUTE, '12 min'],
    [3 * HOUR + 5 * MINUTE, '3 h 05'],
    [49 * HOUR, '2 d'],
  ])('%i ms is %s', (ageMs, text) => expect(formatAge(ageMs)).toBe(text));
});

describe('formatElapsed', () => {
  it.each([
    [0, '00:00'],
    [271_000, '04:31'],
    [HOUR + 7 * MINUTE + 45_000, '1:07:45'],
    [51 * HOUR + 10 * MINUTE, '2 d 03:10'],
  ])('%i ms is %s', (elapsedMs, text) => expect(formatElapsed(elapsedMs)).toBe(text));
});

describe('localTime', () => {
  const winter = Date.UTC(2026, 0, 15, 4, 5, 6);

  it('is the county’s, 24-hour, with its zone', () => {
    const time = localTime('America/Chicago');
    expect([time.clock(winter), time.short(winter), time.zone(winter)]).toEqual(['22:05:06', '22:05', 'CST']);
    expect(time.dateTime(winter)).toBe('Wed 14 Jan 22:05');
    expect(time.yearTime(winter)).toBe('14 Jan 2026 22:05');
  });

  it('calls midnight 00', () => {
    expect(localTime('UTC').clock(Date.UTC(2026, 0, 15))).toBe('00:00:00');
  });

  it('follows the change of the clocks', () => {
    expect(localTime('America/Chicago').zone(Date.UTC(2026, 6, 1))).toBe('CDT');
  });
});
