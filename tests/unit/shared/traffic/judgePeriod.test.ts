import { describe, expect, it } from 'vitest';
import { delayRate } from '../../../../shared/traffic/delayRate.ts';
import { judgePeriod, measuredSpeed } from '../../../../shared/traffic/judgePeriod.ts';

const period = (
  speedMps: number | undefined,
  flowVph: number | undefined,
  occupancyRatio: number | undefined,
): Parameters<typeof judgePeriod>[0] => ({ speedMps, flowVph, occupancyRatio });

describe('judgePeriod', () => {
  it('finds chatter above 38 hits in 30 s on a lane', () => {
    expect(judgePeriod(period(20, 4560, 0.4), 1)).toBeUndefined();
    expect(judgePeriod(period(20, 4561, 0.4), 1)).toBe('chatter');
    expect(judgePeriod(period(20, 4561, 0.4), 2)).toBeUndefined();
  });

  it('finds contradictions', () => {
    expect(judgePeriod(period(71, 100, 0.1), 1)).toBe('implausible');
    expect(judgePeriod(period(-1, 100, 0.1), 1)).toBe('implausible');
    expect(judgePeriod(period(20, 100, 1.2), 1)).toBe('implausible');
    expect(judgePeriod(period(30, 100, 0.9), 1)).toBe('implausible');
    expect(judgePeriod(period(30, 900, 0), 1)).toBe('implausible');
    // 10 m of vehicle and loop, and 1 m.
    expect(judgePeriod(period(20, 720, 0.1), 1)).toBeUndefined();
    expect(judgePeriod(period(2, 720, 0.1), 1)).toBe('contradiction');
    expect(judgePeriod(period(2, 60, 0.01), 1)).toBeUndefined();
    expect(judgePeriod(period(1.2, 60, 0.92), 1)).toBeUndefined();
    expect(judgePeriod(period(undefined, undefined, undefined), 1)).toBeUndefined();
  });
});

describe('measuredSpeed', () => {
  it('takes no speed from an empty road, and zero from a covered one', () => {
    expect(measuredSpeed(period(25, 600, 0.1))).toBe(25);
    expect(measuredSpeed(period(25, 0, 0))).toBeUndefined();
    expect(measuredSpeed(period(25, 0, 0.9))).toBe(0);
    expect(measuredSpeed(period(25, undefined, undefined))).toBe(25);
  });
});

describe('delayRate', () => {
  it('is flow times lost time', () => {
    // 1,000 vehicles an hour lose 100 s each on 3 km at 15 instead of 30 m/s.
    expect(delayRate(1000, 3000, 15, 30)).toBeCloseTo(27.78, 2);
    expect(delayRate(1000, 3000, 40, 30)).toBe(0);
    expect(Number.isFinite(delayRate(1000, 3000, 0, 30))).toBe(true);
  });
});
