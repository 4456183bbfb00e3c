import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { leastSquares } from '../../../../../main/engine/impact/methods/leastSquares.ts';
import { normalisedSaving } from '../../../../../main/engine/impact/methods/normalisedSaving.ts';
import { joinWeather } from '../../../../../main/engine/impact/methods/readUsage.ts';
import type { TimedRow } from '../../../../../main/engine/impact/methods/readUsage.ts';
import { tWithin, twoSidedChance } from '../../../../../main/engine/impact/methods/studentT.ts';
import { fitUsage, usageAt } from '../../../../../main/engine/impact/methods/usageModel.ts';
import { hasRealData, realData } from '../../../../support/realData.ts';

test('Student’s t agrees with the printed tables', () => {
  for (const [level, freedom, t] of [
    [0.9, 10, 1.8125],
    [0.95, 1, 12.706],
    [0.9, 363, 1.6491],
    [0.95, 1e6, 1.96],
  ] as const)
    expect(tWithin(level, freedom)).toBeCloseTo(t, 3);
  expect(twoSidedChance(2.228, 10)).toBeCloseTo(0.05, 3);
});

test('least squares gives back a plane, and refuses a column that follows from others', () => {
  const x = [1, 2, 3, 4, 5, 6];
  const z = [1, 0, 2, 5, 1, 0];
  const ones = x.map(() => 1);
  const y = x.map((value, at) => 3 + 2 * value - (z[at] ?? 0));
  const [a, b, c] = leastSquares([ones, x, z], y)?.coefficients ?? [];
  expect([a, b, c].map((value) => Math.round((value ?? 0) * 1e6) / 1e6)).toEqual([3, 2, -1]);
  expect(leastSquares([ones, x, x.map((value) => 2 * value + 1)], y)).toBeUndefined();
});

/** A year of days whose use is known exactly: 10 a day, 2 per degree below 55 °F, 1 per degree above 70 °F. */
const knownYear = Array.from({ length: 365 }, (_, day) => {
  const temperatureF = 60 - 30 * Math.cos((2 * Math.PI * day) / 365);
  const perDay = 10 + 2 * Math.max(0, 55 - temperatureF) + Math.max(0, temperatureF - 70);
  return { perDay, temperaturesF: [temperatureF] };
});

test('the model finds the balance points and slopes that made a year', () => {
  const model = fitUsage(knownYear);
  expect(model?.heating?.balanceF).toBe(55);
  expect(model?.cooling?.balanceF).toBe(70);
  expect(model && usageAt(model, [40])).toBeCloseTo(40, 6);
});

test('a mild winter is no saving, and half a baseline is named', () => {
  const mild = knownYear.map(({ temperaturesF: [temperatureF = 0] }) => {
    const warmer = temperatureF + 4;
    return { perDay: 10 + 2 * Math.max(0, 55 - warmer) + Math.max(0, warmer - 70), temperaturesF: [warmer] };
  });
  const saving = normalisedSaving(knownYear, mild);
  expect(saving?.saving).toBeCloseTo(0, 6);
  expect(saving?.naiveShare).toBeGreaterThan(0.02);
  expect(normalisedSaving(knownYear.slice(0, 200), mild)?.doubts[0]).toContain('200 days');
});

const read = (name: string): TimedRow[] =>
  parse(gunzipSync(readFileSync(realData(`impact-eemeter/${name}.csv.gz`))).toString('utf8'), { from_line: 2 }).map(
    ([start = '', value = '']) => ({ start, value: value === '' ? Number.NaN : Number(value) }),
  );

describe.skipIf(!hasRealData('impact-eemeter'))('the house of the reference implementation', () => {
  test.each(['daily', 'hourly', 'billing_monthly'])(
    'the baseline of its %s meter gives 1,690 kWh within a hundredth',
    (kind) => {
      const periods = joinWeather(read(`il-electricity-cdd-hdd-${kind}`), read('il-tempF'));
      const model = fitUsage(periods.filter(({ day }) => day >= '2015-12-27' && day < '2016-12-26'));
      const ramp = Array.from({ length: 60 }, (_, at) => (model === undefined ? 0 : usageAt(model, [30 + at])));
      const sum = ramp.reduce((all, kwh) => all + kwh, 0);
      expect(Math.abs(sum / 1690 - 1)).toBeLessThan(0.01);
    },
  );

  test('it saved 8 to 9 % against its weather, where the plain comparison says 12.5 %', () => {
    const periods = joinWeather(read('il-electricity-cdd-hdd-daily'), read('il-tempF'));
    const before = periods.filter(({ day }) => day >= '2015-12-27' && day < '2016-12-26');
    const after = periods.filter(({ day }) => day >= '2017-01-05' && day < '2018-01-05');
    const saving = normalisedSaving(before, after);
    const share = (saving?.saving ?? 0) / (saving?.expected ?? 1);
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.09);
    expect(saving?.naiveShare).toBeCloseTo(0.125, 3);
    expect(saving?.reason).toContain('weather');
    // The house was made with a saving of 10 %, which the 90 % interval contains.
    expect(Math.abs((saving?.saving ?? 0) / (saving?.expected ?? 1) - 0.1)).toBeLessThan(
      (saving?.halfWidth90 ?? 0) / (saving?.expected ?? 1),
    );
  });
});
