import { generateCounty } from '../../../../simulators/county/generateCounty.ts';
import { expect, test } from 'vitest';
import { netPresentValue, paybackYears, valuesSchema, worthOf } from '../../../../shared/impact/values.ts';

const value = (number: number) => ({ value: number, unit: 'x', source: 'a study', date: '2026-01-01' });
const values = {
  currency: 'USD',
  priceYear: 2026,
  occupancy: value(1.5),
  valueOfTimePerHour: value(20),
  energyPerKwh: value(0.2),
};

test('two vehicle-hours less per hour are worth occupancy times the value of time, and are not cashable', () => {
  expect(worthOf('trafficDelay', -2, values)).toMatchObject({ perYear: 2 * 8766 * 30, isCashable: false });
  expect(worthOf('loadEnergy', 1, values)).toMatchObject({ perYear: -8766 * 0.2, isCashable: true });
});

test('what has no price, or lacks a value, leads to a reason and to no sum', () => {
  expect(worthOf('saidi', -2, values)).toEqual({ fault: 'This measure has no price.' });
  expect(worthOf('nightFlow', -2, values)).toEqual({ fault: 'values.json lacks waterProductionPerM3.' });
  expect(worthOf('nightFlow', -2, null)).toHaveProperty('fault');
});

test('a value needs its source and date, and all money its year', () => {
  expect(valuesSchema.safeParse(values).success).toBe(true);
  expect(valuesSchema.safeParse({ ...values, priceYear: undefined }).success).toBe(false);
  expect(valuesSchema.safeParse({ ...values, occupancy: { value: 1, unit: 'x' } }).success).toBe(false);
});

test('net present value and payback', () => {
  // 100 a year for two years at 10 %: 90.91 + 82.64.
  expect(netPresentValue(100, 150, 2, 0.1)).toBeCloseTo(23.55, 2);
  expect(paybackYears(100, 150)).toBe(1.5);
  expect(paybackYears(-1, 150)).toBeUndefined();
});

test('the values of the simulated county can be used, and are all marked as examples', () => {
  const read = valuesSchema.parse(JSON.parse(generateCounty(42, 0.05).get('values.json') ?? ''));
  expect(worthOf('trafficDelay', -1, read)).toMatchObject({ isExample: true });
  expect(Object.values(read).filter((each) => typeof each === 'object' && each.isExample !== true)).toEqual([]);
});
