import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { NabFile } from './readNab.ts';
import { probationOf, profiles, rowValue } from './scoreNab.ts';
import type { Profile, Window } from './scoreNab.ts';

/** The columns of a published result that hold what the rows are worth. */
const columns = {
  'S(t)_standard': profiles.standard,
  'S(t)_reward_low_FP_rate': profiles.rewardLowFP,
  'S(t)_reward_low_FN_rate': profiles.rewardLowFN,
} as const;
const NOTHING_FLAGGED = 1.1;

/**
 * The values of rows as published results give them: a window has its value in its first row, a false positive has its
 * own, and all other rows have 0.
 */
function valuesAt(
  threshold: number,
  scores: readonly number[],
  windows: readonly Window[],
  profile: Profile,
): Float64Array {
  const values = new Float64Array(scores.length);
  for (const { first } of windows) values[first] = -profile.falseNegative;
  for (let row = probationOf(scores.length); row < scores.length; row++) {
    if ((scores[row] ?? 0) < threshold) continue;
    const value = rowValue(row, windows, profile);
    const window = windows.find(({ first, last }) => first <= row && row <= last);
    if (window === undefined) values[row] = value;
    else values[window.first] = Math.max(values[window.first] ?? 0, value);
  }
  return values;
}

const worstOf = (given: readonly number[], made: Float64Array): number =>
  given.reduce((worst, value, row) => Math.max(worst, Math.abs(value - (made[row] ?? 0))), 0);

/** How far the scorer is from published results at worst, over `values` values of windows and false positives. */
type ReferenceCheck = { values: number; worst: number };

/**
 * Compares with the results in `reference/DETECTOR_FILE.csv`; there may be none. They do not name their threshold, so
 * the one that fits best is taken.
 */
export function checkReference(folder: string, files: readonly NabFile[]): ReferenceCheck {
  const check = { values: 0, worst: 0 };
  const names = readdirSync(folder).includes('reference') ? readdirSync(join(folder, 'reference')) : [];
  for (const name of names) {
    const file = files.find(({ path }) => name.endsWith(`_${path.split('/')[1] ?? path}`));
    if (file === undefined) continue;
    const rows = parse<Record<string, string>>(readFileSync(join(folder, 'reference', name)), { columns: true });
    const scores = rows.map((row) => Number(row['anomaly_score']));
    const thresholds = [NOTHING_FLAGGED, ...new Set(scores)];
    for (const [column, profile] of Object.entries(columns)) {
      const given = rows.map((row) => Number(row[column]));
      check.values += given.filter((value) => value !== 0).length;
      const worst = thresholds.map((at) => worstOf(given, valuesAt(at, scores, file.windows, profile)));
      check.worst = Math.max(check.worst, Math.min(...worst));
    }
  }
  return check;
}
