import { qualityCode } from '../../../../shared/base/quality.ts';
import type { Run } from './chunks/run.ts';
import { isUsableCode } from './chunks/summary.ts';
import { countedBetween } from './counted.ts';
import type { Reading } from './counted.ts';
import type { SeriesPoints } from '../store.ts';

/** Neighbours farther apart than this many usual intervals have a gap between them. */
const GAP_INTERVALS = 3;
const HOUR_MS = 3_600_000;

const valueAt = ({ value }: Run, index: number): number => value[index] ?? Number.NaN;
const timeAt = ({ atMs }: Run, index: number): number => atMs[index] ?? Number.NaN;
const qualityAt = ({ quality }: Run, index: number): number => quality[index] ?? 0;
const isUsableAt = (run: Run, index: number): boolean =>
  !Number.isNaN(valueAt(run, index)) && isUsableCode(qualityAt(run, index));

/**
 * The distance beyond which two neighbours have a gap between them, in ms: three times the median interval; infinite
 * for fewer than three samples.
 */
export function gapLimitMs(times: Float64Array): number {
  if (times.length < 3) return Number.POSITIVE_INFINITY;
  const intervals = times
    .subarray(1)
    .map((atMs, index) => atMs - (times[index] ?? 0))
    .sort();
  return GAP_INTERVALS * (intervals[intervals.length >> 1] ?? Number.POSITIVE_INFINITY);
}

/** The usable samples of a run, and those that mark the end of a register. */
function readingsOf(run: Run): Run {
  const isEnd = (index: number): boolean => qualityAt(run, index) === qualityCode.missing;
  const places = Uint32Array.from(run.atMs.keys()).filter((index) => isUsableAt(run, index) || isEnd(index));
  return {
    atMs: Float64Array.from(places, (index) => timeAt(run, index)),
    value: Float64Array.from(places, (index) => valueAt(run, index)),
    quality: Uint8Array.from(places, (index) => qualityAt(run, index)),
  };
}

/**
 * A counter's consumption per hour: at each usable reading, the difference to the usable one before over the time
 * between, negative where energy was fed back. NaN where another register begins or where readings are missing between.
 */
export function rateOfCounter(readings: Run): Run {
  const known = readingsOf(readings);
  const limitMs = gapLimitMs(known.atMs);
  const readingAt = (index: number): Reading => ({ atMs: timeAt(known, index), value: valueAt(known, index) });
  const value = known.value.subarray(1).map((_, index) => {
    const elapsedMs = timeAt(known, index + 1) - timeAt(known, index);
    const used = countedBetween(readingAt(index), readingAt(index + 1)) ?? Number.NaN;
    return elapsedMs > limitMs ? Number.NaN : (used * HOUR_MS) / elapsedMs;
  });
  return {
    atMs: known.atMs.slice(1),
    value,
    quality: known.quality.subarray(1).map((quality, index) => Math.max(quality, qualityAt(known, index))),
  };
}

type Point = { atMs: number; value: number | null; min: number | null; max: number | null; quality: number };

/**
 * One point for the samples at [start, end): mean, minimum and maximum of the usable values, or of the others where
 * there are none; the worst quality of all.
 */
function merge(run: Run, start: number, end: number): Point {
  let [offsets, quality, hasUsable] = [0, 0, false];
  for (let index = start; index < end; index++) {
    offsets += timeAt(run, index) - timeAt(run, start);
    quality = Math.max(quality, qualityAt(run, index));
    hasUsable ||= isUsableAt(run, index);
  }
  let [count, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = start; index < end; index++) {
    const value = valueAt(run, index);
    if (hasUsable ? !isUsableAt(run, index) : Number.isNaN(value)) continue;
    count++;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const atMs = timeAt(run, start) + Math.round(offsets / (end - start));
  return count === 0
    ? { atMs, value: null, min: null, max: null, quality }
    : { atMs, value: sum / count, min, max, quality };
}

/** Where each run of samples ends that lie in the same of `steps` equal parts of the span. */
function* partEnds(times: Float64Array, fromMs: number, toMs: number, steps: number): Generator<number> {
  const stepMs = (toMs - fromMs) / steps;
  let part = -1;
  for (let index = 0; index < times.length; index++) {
    const at = Math.min(steps - 1, Math.floor(((times[index] ?? 0) - fromMs) / stepMs));
    if (at !== part && index > 0) yield index;
    part = at;
  }
  if (times.length > 0) yield times.length;
}

function* eachEnd(times: Float64Array): Generator<number> {
  for (let index = 1; index <= times.length; index++) yield index;
}

const countGaps = (times: Float64Array, limitMs: number): number =>
  times.reduce((gaps, atMs, index) => gaps + (atMs - (times[index - 1] ?? atMs) > limitMs ? 1 : 0), 0);

/** How many parts there may be so that the gap points fit, too: between n parts lie at most n - 1 gaps. */
const partCount = (maxPoints: number, gaps: number): number =>
  Math.max(1, maxPoints - Math.min(gaps, Math.floor(maxPoints / 2)));

/**
 * At most `maxPoints` points of samples in [fromMs, toMs). Where samples must be merged, each point carries the lowest
 * and highest of its part. A null point stands in the middle of each gap, so that no line is drawn across it.
 */
export function thinSeries(run: Run, fromMs: number, toMs: number, maxPoints: number): SeriesPoints {
  const { atMs: times } = run;
  const limitMs = gapLimitMs(times);
  const gaps = countGaps(times, limitMs);
  const isMerged = times.length + gaps > maxPoints;
  const points: SeriesPoints = { atMs: [], value: [], quality: [], ...(isMerged && { min: [], max: [] }) };
  const add = (point: Point): void => {
    points.atMs.push(point.atMs);
    points.value.push(point.value);
    points.quality.push(point.quality);
    points.min?.push(point.min);
    points.max?.push(point.max);
  };
  let start = 0;
  for (const end of isMerged ? partEnds(times, fromMs, toMs, partCount(maxPoints, gaps)) : eachEnd(times)) {
    const [before, first] = [times[start - 1] ?? Number.NaN, timeAt(run, start)];
    if (first - before > limitMs)
      add({ atMs: Math.round((before + first) / 2), value: null, min: null, max: null, quality: qualityCode.missing });
    add(merge(run, start, end));
    start = end;
  }
  return points;
}
