/**
 * The scorer of the Numenta Anomaly Benchmark, version 1.1: an early finding inside a labelled window earns up to its
 * weight, a missed window and each finding outside windows cost theirs, and one threshold serves all files.
 */
export type Profile = { truePositive: number; falsePositive: number; falseNegative: number };

/** The benchmark's three profiles. */
export const profiles = {
  standard: { truePositive: 1, falsePositive: 0.11, falseNegative: 1 },
  rewardLowFP: { truePositive: 1, falsePositive: 0.22, falseNegative: 1 },
  rewardLowFN: { truePositive: 1, falsePositive: 0.11, falseNegative: 2 },
} as const satisfies Record<string, Profile>;

/** First and last row of a labelled window, both inclusive. */
export type Window = { first: number; last: number };

/** The scores of one file, row by row, with its labelled windows in order. */
export type ScoredFile = { scores: ArrayLike<number>; windows: readonly Window[] };

const PROBATION_SHARE = 0.15;
const PROBATION_ROWS = 750;
/** Beyond this relative distance from the last window a false positive costs its full weight. */
const FAR = 3;

const sigmoid = (distance: number): number => (distance > FAR ? -1 : 2 / (1 + Math.exp(5 * distance)) - 1);

/** The number of rows at the beginning of a file that do not count. */
export const probationOf = (rows: number): number => Math.min(Math.floor(PROBATION_SHARE * rows), PROBATION_ROWS);

/** What a finding at this row is worth under a profile. */
export function rowValue(row: number, windows: readonly Window[], profile: Profile): number {
  const inside = windows.find(({ first, last }) => first <= row && row <= last);
  if (inside !== undefined) {
    const width = inside.last - inside.first + 1;
    return (profile.truePositive * sigmoid(-(inside.last - row + 1) / width)) / sigmoid(-1);
  }
  const before = windows.findLast(({ last }) => last < row);
  if (before === undefined) return -profile.falsePositive;
  return profile.falsePositive * sigmoid((row - before.last) / (before.last - before.first));
}

/** The result of scoring: the normalised score, its threshold, and how many windows and rows were flagged. */
type NabScore = { score: number; threshold: number; found: number; windows: number; falsePositives: number };

type Candidate = { score: number; value: number; window: number };

function candidatesOf(files: readonly ScoredFile[], profile: Profile): { rows: Candidate[]; windows: number } {
  const rows: Candidate[] = [];
  let windows = 0;
  for (const { scores, windows: own } of files) {
    for (let row = probationOf(scores.length); row < scores.length; row++) {
      const place = own.findIndex(({ first, last }) => first <= row && row <= last);
      rows.push({
        score: scores[row] ?? 0,
        value: rowValue(row, own, profile),
        window: place < 0 ? -1 : windows + place,
      });
    }
    windows += own.length;
  }
  return { rows: rows.sort((a, b) => b.score - a.score), windows };
}

/**
 * The normalised score of a detector over files: 0 is a detector that finds nothing, 100 finds every window with its
 * first row and nothing else. The threshold is the best one for all files together; of equally good ones the highest.
 */
export function scoreNab(files: readonly ScoredFile[], profile: Profile, threshold?: number): NabScore {
  const { rows, windows } = candidatesOf(files, profile);
  const best = new Float64Array(windows).fill(-profile.falseNegative);
  const isFound = new Uint8Array(windows);
  const base = -profile.falseNegative * windows;
  let raw = base;
  let [found, falsePositives] = [0, 0];
  let top = { raw: threshold === undefined ? raw : -Infinity, threshold: 1.1, found, falsePositives };
  for (let at = 0; at < rows.length;) {
    const { score = 0 } = rows[at] ?? {};
    if (threshold !== undefined && score < threshold) break;
    for (; at < rows.length && rows[at]?.score === score; at++) {
      const { value = 0, window = -1 } = rows[at] ?? {};
      if (window < 0) {
        raw += value;
        falsePositives++;
        continue;
      }
      found += 1 - (isFound[window] ?? 0);
      isFound[window] = 1;
      const held = best[window] ?? 0;
      if (value <= held) continue;
      raw += value - held;
      best[window] = value;
    }
    if (threshold !== undefined || raw > top.raw) top = { raw, threshold: score, found, falsePositives };
  }
  const { raw: reached, ...chosen } = threshold === undefined ? top : { raw, threshold, found, falsePositives };
  return { score: normalised(reached, base, profile.truePositive * windows), windows, ...chosen };
}

const normalised = (raw: number, base: number, perfect: number): number =>
  perfect === base ? 0 : (100 * (raw - base)) / (perfect - base);
