/**
 * Samples of one series, ascending by time, no time twice. `value` is NaN where there was none; `quality` as in
 * shared/base/quality.ts.
 */
export type Run = { atMs: Float64Array; value: Float64Array; quality: Uint8Array };

export const emptyRun: Run = { atMs: new Float64Array(), value: new Float64Array(), quality: new Uint8Array() };

/** The place of the first time that is not before `atMs`. */
export function firstAtOrAfter(times: Float64Array, atMs: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The part of a run in [fromMs, toMs), without copying. */
export function between(run: Run, fromMs: number, toMs: number): Run {
  const [start, end] = [firstAtOrAfter(run.atMs, fromMs), firstAtOrAfter(run.atMs, toMs)];
  return {
    atMs: run.atMs.subarray(start, end),
    value: run.value.subarray(start, end),
    quality: run.quality.subarray(start, end),
  };
}

/** Runs of one series end to end, the earliest first. */
export function joinRuns(runs: readonly Run[]): Run {
  if (runs.length === 1 && runs[0] !== undefined) return runs[0];
  const count = runs.reduce((sum, run) => sum + run.atMs.length, 0);
  const whole: Run = { atMs: new Float64Array(count), value: new Float64Array(count), quality: new Uint8Array(count) };
  let at = 0;
  for (const run of runs) {
    whole.atMs.set(run.atMs, at);
    whole.value.set(run.value, at);
    whole.quality.set(run.quality, at);
    at += run.atMs.length;
  }
  return whole;
}

/** One run of two; where both have a time, the newer run's sample counts. */
export function mergeRuns(older: Run, newer: Run): Run {
  const [a, b] = [older.atMs, newer.atMs];
  if (a.length === 0) return newer;
  if (b.length === 0) return older;
  if ((a[a.length - 1] ?? 0) < (b[0] ?? 0)) return joinRuns([older, newer]);
  const merged: Run = {
    atMs: new Float64Array(a.length + b.length),
    value: new Float64Array(a.length + b.length),
    quality: new Uint8Array(a.length + b.length),
  };
  let [i, j, count] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY];
    const takesNewer = right <= left;
    const [source, index] = takesNewer ? [newer, j] : [older, i];
    merged.atMs[count] = source.atMs[index] ?? 0;
    merged.value[count] = source.value[index] ?? Number.NaN;
    merged.quality[count] = source.quality[index] ?? 0;
    count++;
    if (takesNewer) j++;
    if (!takesNewer || left === right) i++;
  }
  return {
    atMs: merged.atMs.subarray(0, count),
    value: merged.value.subarray(0, count),
    quality: merged.quality.subarray(0, count),
  };
}
