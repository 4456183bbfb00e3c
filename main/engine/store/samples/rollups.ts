import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { quantities } from '../../../../shared/base/quantities.ts';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import { ByteReader } from './chunks/ByteReader.ts';
import { ByteWriter } from './chunks/ByteWriter.ts';
import { PLANES, planeLength, readIntSpec, readInts, writeInts } from './chunks/intColumn.ts';
import { isUsableCode } from './chunks/summary.ts';
import { countedBetween } from './counted.ts';
import type { Reading } from './counted.ts';
import { qualityCode } from '../../../../shared/base/quality.ts';
import type { Run } from './chunks/run.ts';
import type { Db } from '../openDatabase.ts';
import type { RollupColumns } from '../store.ts';

export const BUCKET_MS = 900_000;
/** Sums are kept in spans of four days: fewer rows, and smaller together. */
export const SPAN_MS = 4 * 86_400_000;
const BUCKETS = SPAN_MS / BUCKET_MS;
const HOUR_MS = 3_600_000;
/**
 * What a counter counted over a longer silence is not spread over it, as nobody knows when it was used: it is kept as
 * unallocated.
 */
export const LONGEST_SPREAD_MS = 25 * HOUR_MS;
/** The reading before a silence is looked for this far back. */
export const LONGEST_GAP_MS = 31 * 24 * HOUR_MS;
/**
 * What a series adds is first rounded to these steps, so that taking it away again leaves exactly the sum that was
 * there before.
 */
const SUM_STEPS = 10_000;
const SERIES_STEPS = 1000;

/** Sums of the quarter hours of a span, in whole steps. */
type SpanSums = { sum: Float64Array; series: Float64Array };

/**
 * Sums by quarter hour (UTC), of one scope and quantity. `sum` adds up over the series: for a gauge the mean of its
 * usable values in the quarter hour, for a counter the amount that it counted, spread evenly between two readings.
 * `series` is how many took part (a counter by the share of the quarter hour that lies between readings), so a mean is
 * `sum / series`.
 */
export class RollupSums {
  readonly #spans = new Map<number, SpanSums>();
  #unallocated: RollupSums | undefined;

  /** What counters counted over long silences, in the quarter hours in which these ended; undefined where nothing. */
  get unallocated(): RollupSums | undefined {
    return this.#unallocated;
  }

  get spans(): ReadonlyMap<number, SpanSums> {
    return this.#spans;
  }

  /** Adds one series' part (`sign` 1) or takes it away (-1). `before` is the usable reading before the run. */
  addRun(run: Run, isCounter: boolean, before: Reading | undefined, sign: 1 | -1): void {
    if (isCounter) this.#addCounter(run, before, sign);
    else this.#addGauge(run, sign);
  }

  /** Adds the mean of a gauge's usable values of a quarter hour, where there are any, or takes it away. */
  addMean(atMs: number, sum: number, count: number, sign: 1 | -1): void {
    if (count > 0) this.#addPart(Math.floor(atMs / BUCKET_MS), sum / count, 1, sign);
  }

  /** Adds whole steps. */
  add(bucket: number, sum: number, series: number): void {
    const span = Math.floor(bucket / BUCKETS);
    let columns = this.#spans.get(span);
    if (columns === undefined)
      this.#spans.set(span, (columns = { sum: new Float64Array(BUCKETS), series: new Float64Array(BUCKETS) }));
    const at = bucket - span * BUCKETS;
    columns.sum[at] = (columns.sum[at] ?? 0) + sum;
    columns.series[at] = (columns.series[at] ?? 0) + series;
  }

  #addPart(bucket: number, sum: number, series: number, sign: 1 | -1): void {
    this.add(bucket, sign * Math.round(sum * SUM_STEPS), sign * Math.round(series * SERIES_STEPS));
  }

  #addGauge({ atMs, value, quality }: Run, sign: 1 | -1): void {
    let [bucket, sum, count] = [Number.NaN, 0, 0];
    for (let i = 0; i < atMs.length; i++) {
      const sample = value[i] ?? Number.NaN;
      if (Number.isNaN(sample) || !isUsableCode(quality[i] ?? 0)) continue;
      const next = Math.floor((atMs[i] ?? 0) / BUCKET_MS);
      if (next !== bucket) {
        if (count > 0) this.#addPart(bucket, sum / count, 1, sign);
        [bucket, sum, count] = [next, 0, 0];
      }
      sum += sample;
      count++;
    }
    if (count > 0) this.#addPart(bucket, sum / count, 1, sign);
  }

  #addCounter({ atMs, value, quality }: Run, before: Reading | undefined, sign: 1 | -1): void {
    let last = before;
    for (let i = 0; i < atMs.length; i++) {
      const reading = { atMs: atMs[i] ?? 0, value: value[i] ?? Number.NaN };
      // A register ends where it is marked as missing: what follows continues nothing.
      if (quality[i] === qualityCode.missing) last = undefined;
      if (Number.isNaN(reading.value) || !isUsableCode(quality[i] ?? 0)) continue;
      const used = last === undefined ? undefined : countedBetween(last, reading);
      if (last !== undefined && used !== undefined) this.#count(last, reading, used, sign);
      last = reading;
    }
  }

  #count(from: Reading, to: Reading, used: number, sign: 1 | -1): void {
    if (to.atMs - from.atMs <= LONGEST_SPREAD_MS) this.#spread(from, to, used, sign);
    else (this.#unallocated ??= new RollupSums()).#addPart(Math.floor(to.atMs / BUCKET_MS), used, 1, sign);
  }

  #spread(from: Reading, to: Reading, used: number, sign: 1 | -1): void {
    const stepsPerMs = (used * SUM_STEPS) / (to.atMs - from.atMs);
    // Each part is what is due by its end less what has been given, so that the parts add up to the whole.
    let given = 0;
    for (let at = from.atMs; at < to.atMs;) {
      const bucket = Math.floor(at / BUCKET_MS);
      const end = Math.min(to.atMs, (bucket + 1) * BUCKET_MS);
      const due = Math.round(stepsPerMs * (end - from.atMs));
      this.add(bucket, sign * (due - given), sign * Math.round(((end - at) / BUCKET_MS) * SERIES_STEPS));
      [at, given] = [end, due];
    }
  }
}

export const isCounter = (quantity: Quantity): boolean => quantities[quantity].kind === 'counter';

function encodeSpan({ sum, series }: SpanSums): Uint8Array {
  const header = new ByteWriter();
  const planes = Array.from({ length: PLANES }, () => new ByteWriter());
  for (const column of [sum, series]) writeInts(column, header, planes);
  for (const plane of planes) header.varint(plane.length);
  for (const plane of planes) header.bytes(plane.take());
  return zstdCompressSync(header.take());
}

function decodeSpan(data: Uint8Array): SpanSums {
  const reader = new ByteReader(zstdDecompressSync(data));
  const specs = [readIntSpec(reader, BUCKETS), readIntSpec(reader, BUCKETS)] as const;
  const sizes = Array.from({ length: PLANES }, () => reader.varint());
  const planes = sizes.map((size) => reader.bytes(size));
  const second = planes.map((_, plane) => (plane < specs[0].width ? planeLength(specs[0]) : 0));
  return { sum: readInts(specs[0], planes, Array<number>(PLANES).fill(0)), series: readInts(specs[1], planes, second) };
}

/** Everything that is added up is also added to this scope, so that the whole county is one look-up. */
export const COUNTY_SCOPE = 'county';

/** The scope of groups whose series are added up for the county alone. */
export const SUMMED_WHEN_ASKED = 'links';

/**
 * The scope of a device whose own values are kept for years, as there are no others that they could be added up with.
 */
export const ownScope = (deviceId: string): string => `own:${deviceId}`;

/** The scope of what a scope used over long silences (see `RollupSums.unallocated`). */
export const unallocatedScope = (scope: string): string => `gap:${scope}`;

/** The scope whose unallocated amounts a scope has; undefined where it has none. */
export const allocatedScope = (scope: string): string | undefined =>
  scope.startsWith('gap:') ? scope.slice('gap:'.length) : undefined;

const isOwn = (scope: string): boolean => scope.startsWith('own:');
const isLink = (scope: string): boolean => scope.startsWith('link:');

/** A link or a device has few series: its sums are as quickly made from their chunks as read. */
export const isSummedWhenAsked = (scope: string): boolean => isLink(scope) || isOwn(scope);

/**
 * The scope of the group for a series of this scope: links have a few series each and share groups; the series that a
 * device has of its own are added to nothing.
 */
export const groupScope = (scope: string): string => (isLink(scope) ? SUMMED_WHEN_ASKED : isOwn(scope) ? '' : scope);

const isNothing = (column: Float64Array): boolean => column.every((value) => value === 0);

/** Adds sums to those of a scope that are kept, in the transaction of the caller. */
export function applyRollups(db: Db, scope: string, quantity: Quantity, sums: RollupSums): void {
  const find = db
    .prepare<[string, string, number], Uint8Array>(
      'SELECT data FROM rollups WHERE scope = ? AND quantity = ? AND span = ?',
    )
    .pluck();
  const put = db.prepare('REPLACE INTO rollups (scope, quantity, span, data) VALUES (?, ?, ?, ?)');
  for (const [span, { sum, series }] of sums.spans) {
    if (isNothing(sum) && isNothing(series)) continue;
    const known = find.get(scope, quantity, span);
    const before = known && decodeSpan(known);
    const plus = (column: Float64Array, to: Float64Array | undefined): Float64Array =>
      column.map((value, bucket) => value + (to?.[bucket] ?? 0));
    put.run(scope, quantity, span, encodeSpan({ sum: plus(sum, before?.sum), series: plus(series, before?.series) }));
  }
  if (sums.unallocated !== undefined) applyRollups(db, unallocatedScope(scope), quantity, sums.unallocated);
}

/** The kept sums of a scope in [fromMs, toMs), added to `sums`. */
export function readRollups(
  db: Db,
  scope: string,
  quantity: Quantity,
  fromMs: number,
  toMs: number,
  sums: RollupSums,
): void {
  const [firstSpan, lastSpan] = [Math.floor(fromMs / SPAN_MS), Math.floor((toMs - 1) / SPAN_MS)];
  const rows = db
    .prepare<[string, string, number, number], { span: number; data: Uint8Array }>(
      'SELECT span, data FROM rollups WHERE scope = ? AND quantity = ? AND span BETWEEN ? AND ?',
    )
    .all(scope, quantity, firstSpan, lastSpan);
  for (const { span, data } of rows) {
    const { sum, series } = decodeSpan(data);
    for (let i = 0; i < BUCKETS; i++) sums.add(span * BUCKETS + i, sum[i] ?? 0, series[i] ?? 0);
  }
}

/** Adds columns that `columnsOf` returned. */
export function addColumns({ atMs, sum, series }: RollupColumns, sums: RollupSums): void {
  atMs.forEach((at, index) =>
    sums.add(
      at / BUCKET_MS,
      Math.round((sum[index] ?? 0) * SUM_STEPS),
      Math.round((series[index] ?? 0) * SERIES_STEPS),
    ),
  );
}

/** One point per quarter hour in [fromMs, toMs), ascending; only those in which a series took part. */
export function columnsOf(sums: RollupSums, fromMs: number, toMs: number): RollupColumns {
  const points: { atMs: number; sum: number; series: number }[] = [];
  for (const [span, { sum, series }] of [...sums.spans].sort(([a], [b]) => a - b)) {
    for (let i = 0; i < BUCKETS; i++) {
      const atMs = (span * BUCKETS + i) * BUCKET_MS;
      if (atMs >= fromMs && atMs < toMs && (series[i] ?? 0) > 0)
        points.push({ atMs, sum: (sum[i] ?? 0) / SUM_STEPS, series: (series[i] ?? 0) / SERIES_STEPS });
    }
  }
  return {
    atMs: Float64Array.from(points, ({ atMs }) => atMs),
    sum: Float64Array.from(points, ({ sum }) => sum),
    series: Float64Array.from(points, ({ series }) => series),
  };
}
