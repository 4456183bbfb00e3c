import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapLimitMs, rateOfCounter, thinSeries } from '../../../../../../main/engine/store/samples/thinSeries.ts';
import type { Run } from '../../../../../../main/engine/store/samples/chunks/run.ts';

const HOUR = 3_600_000;
type Sample = { atMs: number; value: number | null; quality: number };
const runOf = (samples: readonly Sample[]): Run => ({
  atMs: Float64Array.from(samples, ({ atMs }) => atMs),
  value: Float64Array.from(samples, ({ value }) => value ?? Number.NaN),
  quality: Uint8Array.from(samples, ({ quality }) => quality),
});
const samplesOf = ({ atMs, value, quality }: Run): Sample[] =>
  Array.from(atMs, (at, index) => ({
    atMs: at,
    value: Number.isNaN(value[index]) ? null : (value[index] ?? null),
    quality: quality[index] ?? 0,
  }));
const series = (values: readonly (number | null)[], stepMs = 1000): Sample[] =>
  values.map((value, index) => ({ atMs: index * stepMs, value, quality: value === null ? 4 : 0 }));

const anySamples = fc
  .uniqueArray(fc.integer({ min: 0, max: 99_999 }), { maxLength: 400 })
  .chain((times) =>
    fc.tuple(
      ...[...times]
        .sort((a, b) => a - b)
        .map((atMs) =>
          fc.record({
            atMs: fc.constant(atMs),
            value: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })),
            quality: fc.constantFrom(0, 0, 0, 1, 2, 3),
          }),
        ),
    ),
  ) as fc.Arbitrary<Sample[]>;

describe('thinSeries', () => {
  it('never gives more points than asked, in order, and keeps lowest and highest', () => {
    fc.assert(
      fc.property(anySamples, fc.integer({ min: 10, max: 120 }), (samples, maxPoints) => {
        const { atMs, value, min, max, quality } = thinSeries(runOf(samples), 0, 100_000, maxPoints);
        expect(atMs.length).toBeLessThanOrEqual(maxPoints);
        expect([value.length, quality.length]).toEqual([atMs.length, atMs.length]);
        for (let index = 1; index < atMs.length; index++)
          expect(atMs[index]).toBeGreaterThan(atMs[index - 1] ?? Number.NaN);
        if (samples.some((sample) => sample.quality > 1)) return;
        const values = samples.flatMap((sample) => (sample.value === null ? [] : sample.value + 0));
        // Of 0 and -0 either may be called the lowest.
        const numbers = (list: readonly (number | null)[]) =>
          list.filter((each) => each !== null).map((each) => each + 0);
        expect(Math.min(...numbers(min ?? value))).toBe(Math.min(...values));
        expect(Math.max(...numbers(max ?? value))).toBe(Math.max(...values));
      }),
    );
  });

  it('gives samples as they are where they fit', () => {
    expect(thinSeries(runOf(series([1, null, 3])), 0, 10_000, 10)).toEqual({
      atMs: [0, 1000, 2000],
      value: [1, null, 3],
      quality: [0, 4, 0],
    });
  });

  it('puts a null point into each gap of more than three usual intervals, merged or not', () => {
    const samples = [
      ...series([1, 2, 3]),
      ...series([4, 5, 6]).map((sample) => ({ ...sample, atMs: sample.atMs + 60_000 })),
    ];
    expect(thinSeries(runOf(samples), 0, 100_000, 10)).toMatchObject({
      value: [1, 2, 3, null, 4, 5, 6],
      quality: [0, 0, 0, 4, 0, 0, 0],
    });
    const long = [
      ...series(Array<number>(50).fill(1)),
      ...series(Array<number>(50).fill(2)).map((sample) => ({ ...sample, atMs: sample.atMs + 90_000 })),
    ];
    const { value } = thinSeries(runOf(long), 0, 140_000, 20);
    expect(value.filter((each) => each === null)).toHaveLength(1);
  });

  it('leaves doubtful values out of the mean but shows that they were there', () => {
    const samples = Array.from({ length: 100 }, (_, index): Sample => ({
      atMs: index * 1000,
      value: index === 5 ? 1e9 : 10,
      quality: index === 5 ? 2 : 0,
    }));
    const { value, max, quality } = thinSeries(runOf(samples), 0, 100_000, 10);
    expect(value.every((each) => each === 10)).toBe(true);
    expect(max?.every((each) => each === 10)).toBe(true);
    expect(quality[0]).toBe(2);
  });

  it('cannot tell a gap from two samples', () => {
    expect(gapLimitMs(runOf(series([1, 2])).atMs)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('rateOfCounter', () => {
  it('is the difference per hour, at the later reading', () => {
    expect(samplesOf(rateOfCounter(runOf(series([10, 10.5, 12], HOUR / 4))))).toEqual([
      { atMs: HOUR / 4, value: 2, quality: 0 },
      { atMs: HOUR / 2, value: 6, quality: 0 },
    ]);
  });

  it('is a gap where the counter fell or readings are missing, and skips doubtful readings', () => {
    const fell = series([100, 101, 0, 1], HOUR);
    expect(samplesOf(rateOfCounter(runOf(fell))).map(({ value }) => value)).toEqual([1, null, 1]);
    const missing = [0, 1, 2, 3, 10].map((hour) => ({ atMs: hour * HOUR, value: hour, quality: 0 }));
    expect(samplesOf(rateOfCounter(runOf(missing))).map(({ value }) => value)).toEqual([1, 1, 1, null]);
    const doubtful = series([1, 999, 3], HOUR).map((sample, index) => ({ ...sample, quality: index === 1 ? 2 : 0 }));
    expect(samplesOf(rateOfCounter(runOf(doubtful)))).toEqual([{ atMs: 2 * HOUR, value: 1, quality: 0 }]);
  });
});
