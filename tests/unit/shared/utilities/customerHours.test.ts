import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../../shared/base/durations.ts';
import { customerHours, steadyFlowM3 } from '../../../../shared/utilities/customerHours.ts';
import type { RegisterRead } from '../../../../shared/utilities/customerHours.ts';

const read = (hour: number, value: number, quality: RegisterRead['quality'] = 'good'): RegisterRead => ({
  atMs: hour * HOUR_MS,
  value,
  quality,
});
const hours = (reads: RegisterRead[], count: number): [number, string][] =>
  customerHours(reads, 0, count * HOUR_MS).map(({ use, quality }) => [Math.round(use * 1000) / 1000, quality]);

describe('the hours of a customer', () => {
  it('have what the register counted in them, also where reads do not fall on full hours', () => {
    expect(hours([read(0, 5), read(1, 6), read(2, 8)], 2)).toEqual([
      [1, 'good'],
      [2, 'good'],
    ]);
    expect(hours([read(-0.5, 0), read(0.5, 2), read(1.5, 4)], 1)).toEqual([[2, 'good']]);
  });

  it('are estimated over a gap, add up to the register, and are missing where no read ends them', () => {
    expect(hours([read(0, 0), read(4, 8)], 5)).toEqual([
      [2, 'estimated'],
      [2, 'estimated'],
      [2, 'estimated'],
      [2, 'estimated'],
      [0, 'missing'],
    ]);
    expect(hours([read(0, 0), read(200, 8)], 1)).toEqual([[0, 'missing']]);
  });

  it('leave out reads that cannot be trusted, and what was used around a swap', () => {
    expect(hours([read(0, 5), read(1, 1e6, 'suspect'), read(2, 7)], 2)).toEqual([
      [1, 'good'],
      [1, 'good'],
    ]);
    expect(hours([read(0, 900), read(1, 2), read(2, 3)], 2)).toEqual([
      [0, 'missing'],
      [1, 'good'],
    ]);
    expect(hours([read(0, 5), read(1, 6, 'estimated')], 1)).toEqual([[1, 'estimated']]);
  });
});

describe('a steady flow', () => {
  const flowing = Array.from({ length: 25 }, (_, at) => read(at, at * 0.02));

  it('is the least of 24 measured hours', () => {
    expect(steadyFlowM3(customerHours(flowing, 0, 24 * HOUR_MS))).toBeCloseTo(0.02);
  });

  it('is none where an hour is without flow, estimated, or not there yet', () => {
    const still = flowing.map((each, at) => (at === 12 ? { ...each, value: 11 * 0.02 } : each));
    expect(steadyFlowM3(customerHours(still, 0, 24 * HOUR_MS))).toBeUndefined();
    const daily = [read(0, 0), read(24, 5)];
    expect(steadyFlowM3(customerHours(daily, 0, 24 * HOUR_MS))).toBeUndefined();
    expect(steadyFlowM3(customerHours(flowing, 0, 23 * HOUR_MS))).toBeUndefined();
  });
});
