import { isUsable, qualityCode, qualityOfCode } from '../../../shared/quality.ts';
import type { SeriesPoints } from './store.ts';

/** A sample as stored; null where there was no value. */
export type StoredSample = { atMs: number; value: number | null; quality: number };

/** Neighbours farther apart than this many usual intervals have a gap between them. */
const GAP_INTERVALS = 3;
const HOUR_MS = 3_600_000;

const usable = (sample: StoredSample): boolean => sample.value !== null && isUsable(qualityOfCode(sample.quality));

/** The distance beyond which two neighbours have a gap between them: three times the median interval; infinite for fewer than three samples. */
export function gapLimitMs(samples: readonly StoredSample[]): number {
  if (samples.length < 3) return Number.POSITIVE_INFINITY;
  const intervals = new Float64Array(samples.length - 1);
  samples.forEach((sample, index) => {
    if (index > 0) intervals[index - 1] = sample.atMs - (samples[index - 1]?.atMs ?? 0);
  });
  intervals.sort();
  return GAP_INTERVALS * (intervals[intervals.length >> 1] ?? Number.POSITIVE_INFINITY);
}

/**
 * A counter's consumption per hour: at each usable reading, the difference to the usable one before over the time between. Null where the
 * counter fell (a swap or a rollover) or where readings are missing between.
 */
export function rateOfCounter(readings: readonly StoredSample[]): StoredSample[] {
  const known = readings.filter(usable);
  const limitMs = gapLimitMs(known);
  return known.slice(1).map((reading, index) => {
    const before = known[index] ?? reading;
    const elapsedMs = reading.atMs - before.atMs;
    const used = (reading.value ?? 0) - (before.value ?? 0);
    const isGap = elapsedMs > limitMs || used < 0;
    return { atMs: reading.atMs, value: isGap ? null : (used * HOUR_MS) / elapsedMs, quality: Math.max(reading.quality, before.quality) };
  });
}

type Point = { atMs: number; value: number | null; min: number | null; max: number | null; quality: number };

/** One point for a part: mean, minimum and maximum of the usable values, or of the others where there are none; the worst quality of all. */
function merge(part: readonly StoredSample[]): Point {
  const isTrusted = part.some(usable);
  const firstMs = part[0]?.atMs ?? 0;
  const point: Point = { atMs: 0, value: null, min: null, max: null, quality: 0 };
  let count = 0;
  let sum = 0;
  let offsets = 0;
  // A loop: a part may hold a hundred thousand samples, more than can be passed to Math.min.
  for (const sample of part) {
    offsets += sample.atMs - firstMs;
    point.quality = Math.max(point.quality, sample.quality);
    if (sample.value === null || (isTrusted && !usable(sample))) continue;
    count++;
    sum += sample.value;
    point.min = Math.min(point.min ?? sample.value, sample.value);
    point.max = Math.max(point.max ?? sample.value, sample.value);
  }
  point.atMs = firstMs + Math.round(offsets / part.length);
  if (count > 0) point.value = sum / count;
  return point;
}

/** Runs of samples that lie in the same of `steps` equal parts of the span. */
function* parts(samples: readonly StoredSample[], fromMs: number, toMs: number, steps: number): Generator<StoredSample[]> {
  const stepMs = (toMs - fromMs) / steps;
  let part: StoredSample[] = [];
  let index = -1;
  for (const sample of samples) {
    const at = Math.min(steps - 1, Math.floor((sample.atMs - fromMs) / stepMs));
    if (at !== index && part.length > 0) {
      yield part;
      part = [];
    }
    index = at;
    part.push(sample);
  }
  if (part.length > 0) yield part;
}

const countGaps = (samples: readonly StoredSample[], limitMs: number): number =>
  samples.reduce((gaps, sample, index) => gaps + (sample.atMs - (samples[index - 1]?.atMs ?? sample.atMs) > limitMs ? 1 : 0), 0);

/** How many parts leave room for the gap points too: between n parts lie at most n - 1 gaps. */
const partCount = (maxPoints: number, gaps: number): number => Math.max(1, maxPoints - Math.min(gaps, Math.floor(maxPoints / 2)));

/**
 * At most `maxPoints` points of samples in [fromMs, toMs), ascending. Where samples must be merged, each point carries the lowest and highest of
 * its part. A null point stands in the middle of each gap, so that no line is drawn across it.
 */
export function thinSeries(samples: readonly StoredSample[], fromMs: number, toMs: number, maxPoints: number): SeriesPoints {
  const limitMs = gapLimitMs(samples);
  const gaps = countGaps(samples, limitMs);
  const isMerged = samples.length + gaps > maxPoints;
  const points: SeriesPoints = { atMs: [], value: [], quality: [], ...(isMerged && { min: [], max: [] }) };
  const add = (point: Point): void => {
    points.atMs.push(point.atMs);
    points.value.push(point.value);
    points.quality.push(point.quality);
    points.min?.push(point.min);
    points.max?.push(point.max);
  };
  let lastAtMs: number | undefined;
  for (const part of isMerged ? parts(samples, fromMs, toMs, partCount(maxPoints, gaps)) : samples.map((sample) => [sample])) {
    const firstAtMs = part[0]?.atMs ?? 0;
    if (lastAtMs !== undefined && firstAtMs - lastAtMs > limitMs) add({ atMs: Math.round((lastAtMs + firstAtMs) / 2), value: null, min: null, max: null, quality: qualityCode.missing });
    add(merge(part));
    lastAtMs = part.at(-1)?.atMs;
  }
  return points;
}
