import { describe, expect, test } from 'vitest';
import {
  comparisonFor,
  differenceInDifferences,
} from '../../../../../main/engine/impact/methods/differenceInDifferences.ts';
import type { Effect, NoEffect } from '../../../../../main/engine/impact/methods/effect.ts';
import { interruptedSeries } from '../../../../../main/engine/impact/methods/interruptedSeries.ts';
import { leastSquares } from '../../../../../main/engine/impact/methods/leastSquares.ts';
import { naiveEffect } from '../../../../../main/engine/impact/methods/naiveEffect.ts';
import { correlatedError, neweyWestError } from '../../../../../main/engine/impact/methods/neweyWest.ts';
import { drawFirst, randomisedStart } from '../../../../../main/engine/impact/methods/randomisedStart.ts';
import type { DayValue } from '../../../../../main/engine/impact/methods/weeks.ts';
import { normal } from '../../../../../simulators/random/hash.ts';
import { figuresOf, tryChanges } from '../../../../bench/impact/tryChanges.ts';

const START = 20_000;
const change = { startDay: START, afterDay: START + 7 };
const days = Array.from({ length: 730 }, (_, at) => START - 500 + at);
const wave = (day: number): number => 1 + 0.2 * Math.cos((2 * Math.PI * day) / 365.25);
const noise = (key: number, day: number): number => 1 + 0.03 * normal(7, key, day);
const series = (of: (day: number) => number): DayValue[] => days.map((day) => ({ day, value: of(day) }));
const after = (day: number, share: number): number => (day >= START ? 1 + share : 1);

function found(effect: Effect | NoEffect): Effect {
  if ('fault' in effect) throw new Error(effect.fault);
  return effect;
}

describe('errors of correlated rows', () => {
  const x = [1, 2, 3, 4, 5, 6, 7, 8];
  const columns = [x.map(() => 1), x];
  const fit = leastSquares(columns, [2.1, 3.9, 6.2, 7.8, 10.4, 11.7, 14.1, 15.9]);
  if (fit === undefined) throw new Error('The line cannot be fitted.');

  test('Newey and West’s is the sandwich of their paper, written out', () => {
    // (XᵀX)⁻¹ S (XᵀX)⁻¹ with S = Γ₀ + ½ (Γ₁ + Γ₁ᵀ) for one lag, and n ÷ (n − k).
    const rows = x.map((value, at) => [1, value].map((each) => each * (fit.residuals[at] ?? 0)));
    const gamma = (lag: number, i: number, j: number): number =>
      rows.slice(lag).reduce((sum, row, at) => sum + (row[i] ?? 0) * (rows[at]?.[j] ?? 0), 0);
    const middle = (i: number, j: number): number => gamma(0, i, j) + 0.5 * (gamma(1, i, j) + gamma(1, j, i));
    const bread = fit.inverse[1] ?? [];
    const sandwich = [0, 1].reduce(
      (sum, i) => sum + [0, 1].reduce((all, j) => all + (bread[i] ?? 0) * middle(i, j) * (bread[j] ?? 0), 0),
      0,
    );
    expect(neweyWestError(fit, columns, 1, 1)).toBeCloseTo(Math.sqrt((sandwich * 8) / 6), 12);
  });

  test('that of rows which depend on the one before is the double sum over all pairs', () => {
    const weights = [0.3, -0.2, 0.5, 0.1];
    const pairs = weights.flatMap((a, i) => weights.map((b, j) => a * b * 4 * 0.6 ** Math.abs(i - j)));
    expect(correlatedError(weights, 4, 0.6)).toBeCloseTo(Math.sqrt(pairs.reduce((sum, value) => sum + value, 0)), 12);
  });
});

describe('an interrupted time series', () => {
  const measured = series((day) => 100 * wave(day) * noise(1, day) * after(day, -0.1));

  test('finds the effect through the season, where the plain comparison finds the season', () => {
    const effect = found(interruptedSeries(measured, change));
    expect(effect.share).toBeCloseTo(-0.1, 1);
    expect(effect.low90).toBeLessThan(-0.1);
    expect(effect.high90).toBeGreaterThan(-0.1);
    expect(effect.isSeen).toBe(true);
    const without = series((day) => 100 * wave(day) * noise(1, day));
    expect(found(interruptedSeries(without, change)).isSeen).toBe(false);
    expect(found(naiveEffect(without, change)).isSeen).toBe(true);
  });

  test('ends at a sensor that was changed after the start, and takes out one before', () => {
    const later = START + 120;
    const jump = series((day) => 100 * wave(day) * noise(1, day) * (day >= later ? 1.3 : day >= START - 200 ? 1 : 0.8));
    const effect = found(interruptedSeries(jump, change, { sensorDays: [START - 200, later] }));
    expect(effect.isSeen).toBe(false);
    expect(effect.doubts.join()).toContain('sensor');
  });

  test('names the week of a strike, and does not hide it', () => {
    const strike = series((day) => 100 * noise(1, day) * (day >= START - 107 && day < START - 98 ? 0.4 : 1));
    expect(found(interruptedSeries(strike, change)).doubts.join()).toMatch(
      /The week of 2024-\d\d-\d\d is far from usual/,
    );
  });

  test('says that there is too little data, or no ratio, and invents no result', () => {
    const short = measured.filter(({ day }) => day > START - 40);
    expect(interruptedSeries(short, change)).toHaveProperty('fault');
    expect(interruptedSeries([...measured, { day: START + 300, value: 0 }], change)).toHaveProperty('fault');
  });
});

describe('difference in differences', () => {
  const demand = (day: number): number => (day >= START + 20 ? 0.8 : 1) * wave(day);
  const alike = Array.from({ length: 6 }, (_, at) => ({
    id: `alike ${at}`,
    series: series((day) => 50 * (at + 1) * demand(day) * noise(10 + at, day)),
  }));
  const unlike = { id: 'unlike', series: series((day) => 80 * noise(30, day) * (1 + 0.5 * Math.sin(day / 40))) };
  const place = series((day) => 70 * demand(day) * noise(1, day) * after(day, -0.06));

  test('takes out what moved all places, and compares with like ones', () => {
    const effect = found(differenceInDifferences(place, [unlike, ...alike], change));
    expect(effect.share).toBeCloseTo(-0.06, 2);
    expect(effect.isSeen).toBe(true);
    expect(found(naiveEffect(place, change)).share).toBeLessThan(-0.1);
    expect(comparisonFor(place, [unlike, ...alike], change)).not.toContain('unlike');
  });

  test('the choice of the comparison does not depend on what came after', () => {
    const moved = alike.map(({ id, series: own }, at) => ({
      id,
      series: own.map(({ day, value }) => ({ day, value: day >= START ? value * (1 + at) : value })),
    }));
    expect(comparisonFor(place, moved, change)).toEqual(comparisonFor(place, alike, change));
  });

  test('names a place of the comparison that got the change, too, and is not moved by it', () => {
    const [first, ...others] = alike;
    const alsoChanged = series((day) => 50 * demand(day) * noise(10, day) * after(day, -0.4));
    const effect = found(
      differenceInDifferences(place, [{ id: first?.id ?? '', series: alsoChanged }, ...others], change),
    );
    expect(effect.doubts.join()).toContain('alike 0');
    expect(effect.share).toBeCloseTo(-0.06, 2);
  });

  test('names courses that were not parallel before', () => {
    const drifting = series((day) => 70 * demand(day) * noise(1, day) * (1 + (day - START) / 2000));
    expect(found(differenceInDifferences(drifting, alike, change)).doubts.join()).toContain('parallel');
  });

  test('says that nothing can be compared where nothing can', () => {
    expect(differenceInDifferences(place, [], change)).toHaveProperty('fault');
  });
});

test('the plain comparison has no share of a mean that is not above zero', () => {
  for (const level of [0, -5])
    expect(
      naiveEffect(
        series((day) => level * noise(1, day) + (day >= START ? 1 : 0)),
        change,
      ),
    ).toMatchObject({ fault: expect.stringContaining('not above zero') });
});

describe('a randomised start', () => {
  test('the draw follows from its seed and halves the units', () => {
    const ids = Array.from({ length: 100 }, (_, at) => `home ${at}`);
    expect(drawFirst('a', ids)).toHaveLength(50);
    expect(drawFirst('a', ids.toReversed()).toSorted()).toEqual(drawFirst('a', ids).toSorted());
    expect(drawFirst('b', ids)).not.toEqual(drawFirst('a', ids));
  });

  test('finds an effect that is the same for each unit exactly', () => {
    const units = Array.from({ length: 40 }, (_, at) => ({
      before: 10 + at,
      after: (10 + at) * 1.2 - (at % 2 === 0 ? 3 : 0),
      isFirst: at % 2 === 0,
    }));
    const effect = found(randomisedStart(units));
    const level = 1.2 * (10 + 19.5);
    expect(effect.share).toBeCloseTo(-3 / level, 6);
  });
});

test('over simulated changes the intervals hold what they promise, and the plain comparison does not', () => {
  const { coverage, falsePositiveRate, bias, power, naiveFalsePositiveRate } = figuresOf(tryChanges(300, 1)) as Record<
    'coverage' | 'falsePositiveRate' | 'bias' | 'power' | 'naiveFalsePositiveRate',
    number
  >;
  expect(coverage).toBeGreaterThanOrEqual(0.85);
  expect(coverage).toBeLessThanOrEqual(0.95);
  expect(falsePositiveRate).toBeLessThanOrEqual(0.1);
  expect(bias).toBeLessThanOrEqual(0.1);
  expect(power).toBeGreaterThanOrEqual(0.75);
  expect(naiveFalsePositiveRate).toBeGreaterThan(0.5);
});
