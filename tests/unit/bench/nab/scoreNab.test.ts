import { describe, expect, it } from 'vitest';
import { probationOf, profiles, rowValue, scoreNab } from '../../../bench/nab/scoreNab.ts';

const { standard, rewardLowFP, rewardLowFN } = profiles;
/** A file of 100 rows, of which the first 15 do not count, with one window of 10 rows. */
const windows = [{ first: 50, last: 59 }];
const flagged = (...rows: number[]): { scores: Float64Array; windows: typeof windows } => {
  const scores = new Float64Array(100);
  for (const row of rows) scores[row] = 1;
  return { scores, windows };
};

describe('rowValue', () => {
  it('gives the whole weight to the first row of a window and almost nothing to its last', () => {
    expect(rowValue(50, windows, standard)).toBeCloseTo(1, 12);
    expect(rowValue(55, windows, standard)).toBeCloseTo(0.8483 / 0.9866, 3);
    expect(rowValue(59, windows, standard)).toBeCloseTo(0.2449 / 0.9866, 3);
  });

  it('costs the whole weight before the first window, little just behind one, and all of it far from one', () => {
    expect(rowValue(49, windows, standard)).toBe(-0.11);
    expect(rowValue(60, windows, standard)).toBeCloseTo(0.11 * (2 / (1 + Math.exp(5 / 9)) - 1), 12);
    expect(rowValue(59 + 28, windows, standard)).toBe(-0.11);
    expect(rowValue(60, windows, rewardLowFP)).toBe(2 * rowValue(60, windows, standard));
  });
});

describe('scoreNab', () => {
  it('ignores 15 % of a short file and 750 rows of a long one', () => {
    expect([probationOf(100), probationOf(5000), probationOf(22_695)]).toEqual([15, 750, 750]);
  });

  it('is 0 for a detector that finds nothing and 100 for one that finds the first row of each window', () => {
    expect(scoreNab([flagged()], standard).score).toBe(0);
    expect(scoreNab([flagged(50)], standard)).toMatchObject({ score: 100, found: 1, falsePositives: 0 });
    expect(scoreNab([flagged(3, 50)], standard).score).toBe(100);
  });

  it('counts the earliest finding of a window alone, and each false one', () => {
    const early = rowValue(52, windows, standard);
    expect(scoreNab([flagged(52, 53, 58)], standard).score).toBeCloseTo(100 * ((early + 1) / 2), 9);
    expect(scoreNab([flagged(30, 31, 52)], standard).score).toBeCloseTo(100 * ((early + 1 - 0.22) / 2), 9);
    expect(scoreNab([flagged(30, 31, 52)], rewardLowFN).score).toBeCloseTo(100 * ((early + 2 - 0.22) / 3), 9);
  });

  it('uses one threshold for all files, the best one', () => {
    const sure = flagged(50);
    const noisy = { scores: new Float64Array(100).fill(0.5), windows: [] };
    expect(scoreNab([sure, noisy], standard)).toMatchObject({ score: 100, threshold: 1 });
    expect(scoreNab([sure, noisy], standard, 0.5)).toMatchObject({ falsePositives: 85, threshold: 0.5 });
  });
});
