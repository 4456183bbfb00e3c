import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnomalyDetector } from '../../../../../shared/base/anomaly/AnomalyDetector.ts';
import { PEAKS, keepPeak, surpriseOf } from '../../../../../shared/base/anomaly/tail.ts';

const QUARTER_MS = 900_000;
const QUARTERS = 96;
/** Two weeks by the quarter of an hour. */
const DAYS = 14;

/** A noise that is the same at every run, from -1 to 1. */
const noise = (row: number): number => {
  const mixed = Math.imul(row ^ 0x9e3779b9, 0x85ebca6b);
  return ((Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) >>> 8) & 0xffff) / 32_768 - 1;
};
/** A working day from 8 to 18 o'clock, with some noise. */
const load = (row: number): number => {
  const hour = (row % QUARTERS) / 4;
  return (hour >= 8 && hour < 18 ? 80 : 20) + 3 * noise(row);
};
const secondOf = (row: number): number => (row % QUARTERS) * 900;
const feed = (detector: AnomalyDetector, rows: number, valueOf: (row: number) => number): number[] =>
  Array.from({ length: rows }, (_, row) => detector.take(valueOf(row), row * QUARTER_MS, secondOf(row)));

describe('surpriseOf', () => {
  it('is 0 up to the lowest maximum, and grows by one with each mean excess beyond it', () => {
    const tail = new Float64Array(PEAKS);
    for (const [kept, peak] of [1, 1.5, 1.25, 1, 1.75, 1].entries()) keepPeak(tail, 0, kept, 600, peak);
    expect([...tail]).toEqual([1.75, 1.5, 1.25, 1, 1, 1]);
    expect(surpriseOf(tail, 0, PEAKS, 600, 1)).toBe(0);
    // The mean excess: (0.75 + 0.5 + 0.25 of the data and 10 × 0.25 assumed) / 15.
    const excess = 4 / 15;
    expect(surpriseOf(tail, 0, PEAKS, 600, 1 + excess)).toBeCloseTo(Math.log(100) + 1, 9);
    expect(surpriseOf(tail, 0, PEAKS, 600, 1 + 3 * excess)).toBeCloseTo(Math.log(100) + 3, 9);
  });

  it('learns a wild maximum as a smaller one', () => {
    const tail = new Float64Array(PEAKS).fill(1);
    keepPeak(tail, 0, PEAKS, 600, 50);
    expect(tail[0]).toBeLessThan(3);
    expect(tail[0]).toBeGreaterThan(1);
  });
});

describe('AnomalyDetector', () => {
  it('finds nothing in usual days', () => {
    const scores = feed(new AnomalyDetector(), DAYS * QUARTERS, load);
    expect(Math.max(...scores)).toBeLessThan(0.5);
  });

  it('finds the day on which work does not begin, and says what was expected and since when', () => {
    const detector = new AnomalyDetector();
    const eightOClock = (DAYS - 1) * QUARTERS + 32;
    feed(detector, eightOClock, load);
    expect(detector.finding()).toBeUndefined();
    let score = 0;
    for (let row = eightOClock; row < eightOClock + 8; row++)
      score = Math.max(score, detector.take(20 + 3 * noise(row), row * QUARTER_MS, secondOf(row)));
    expect(score).toBeGreaterThan(0.5);
    const finding = detector.finding();
    expect(finding).toMatchObject({ sinceMs: eightOClock * QUARTER_MS });
    expect(finding?.aspect).toMatch(/^timeOfDay/);
    expect(finding?.expected).toBeGreaterThan(70);
    expect(finding?.low).toBeGreaterThan(finding?.value ?? 0);
    expect(finding?.high).toBeGreaterThan(finding?.expected ?? 0);
  });

  it('reports an event once, and ends it when the series is usual again', () => {
    const detector = new AnomalyDetector();
    const rows = DAYS * QUARTERS;
    feed(detector, rows, load);
    let reports = 0;
    for (let row = rows; row < rows + 6; row++)
      if (detector.take(300 + noise(row), row * QUARTER_MS, secondOf(row)) >= 0.5) reports++;
    expect(reports).toBe(1);
    expect(detector.finding()?.value).toBeGreaterThan(290);
    for (let row = rows + 6; row < rows + 2 * QUARTERS; row++)
      detector.take(load(row), row * QUARTER_MS, secondOf(row));
    expect(detector.finding()).toBeUndefined();
  });

  it('is not blinded by one absurd value', () => {
    const detector = new AnomalyDetector();
    const rows = DAYS * QUARTERS;
    feed(detector, rows, (row) => (row === 700 ? 1e15 : load(row)));
    expect(detector.take(300, rows * QUARTER_MS, secondOf(rows))).toBeGreaterThan(0.5);
  });

  it('has a state of at most 2 kB, from which it goes on as if it had not been interrupted', () => {
    const [whole, first] = [new AnomalyDetector(), new AnomalyDetector()];
    feed(whole, 1000, load);
    feed(first, 1000, load);
    const saved = first.save();
    expect(saved.byteLength).toBeLessThanOrEqual(2000);
    const second = new AnomalyDetector(saved);
    for (let row = 1000; row < 1100; row++) {
      const value = row > 1050 ? 250 : load(row);
      expect(second.take(value, row * QUARTER_MS, secondOf(row))).toBe(
        whole.take(value, row * QUARTER_MS, secondOf(row)),
      );
      expect(second.finding()).toEqual(whole.finding());
    }
  });

  it('gives a score from 0 to 1 for whatever comes, and learns nothing from what is no number', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, 1e308, 0, -0, 5e-324)), {
          maxLength: 300,
        }),
        (values) => {
          const [all, numbers] = [new AnomalyDetector(), new AnomalyDetector()];
          for (const [row, value] of values.entries()) {
            const score = all.take(value, row * QUARTER_MS, secondOf(row));
            expect(score >= 0 && score <= 1).toBe(true);
            if (Number.isFinite(value)) numbers.take(value, row * QUARTER_MS, secondOf(row));
          }
          expect(all.save()).toEqual(numbers.save());
        },
      ),
    );
  });

  it('finds the same event in a series of which up to a third is missing', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.double({ min: 0, max: 0.33, noNaN: true }), (seed, share) => {
        const detector = new AnomalyDetector();
        const rows = DAYS * QUARTERS;
        const isMissing = (row: number): boolean => (noise(row + seed) + 1) / 2 < share;
        for (let row = 0; row < rows; row++)
          if (!isMissing(row)) detector.take(load(row), row * QUARTER_MS, secondOf(row));
        expect(detector.finding(0.7)).toBeUndefined();
        let score = 0;
        for (let row = rows; row < rows + 8; row++)
          if (!isMissing(row)) score = Math.max(score, detector.take(300, row * QUARTER_MS, secondOf(row)));
        expect(score).toBeGreaterThan(0.6);
      }),
      { numRuns: 50 },
    );
  });
});
