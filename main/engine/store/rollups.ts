import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { quantities } from '../../../shared/quantities.ts';
import type { Quantity } from '../../../shared/quantities.ts';
import { isUsableCode } from './chunks/summary.ts';
import type { Run } from './chunks/run.ts';
import type { Db } from './openDatabase.ts';
import type { RollupColumns } from './store.ts';

const BUCKET_MS = 900_000;
const DAY_MS = 86_400_000;
const BUCKETS = DAY_MS / BUCKET_MS;
const HOUR_MS = 3_600_000;
/** What a counter counted over a longer silence is not spread over it: nobody knows when it was used. */
const LONGEST_SPREAD_MS = 25 * HOUR_MS;
/** Sums are kept to a millionth, so that adding and taking away leave nothing behind. */
const PRECISION = 1e6;

/** A usable reading that a run follows. */
export type Reading = { atMs: number; value: number };

/**
 * Sums by quarter hour (UTC), of one scope and quantity. `sum` adds up over the series: of a gauge the mean of its usable values in the quarter hour, of a
 * counter what it counted, spread evenly between two readings. `series` is how many took part (a counter by the share of the quarter hour that lies between
 * readings), so a mean is `sum / series`.
 */
export class RollupSums {
  readonly #days = new Map<number, { sum: Float64Array; series: Float64Array }>();

  get days(): ReadonlyMap<number, { sum: Float64Array; series: Float64Array }> {
    return this.#days;
  }

  /** Adds one series' part (`sign` 1) or takes it away (-1). `before` is the usable reading before the run. */
  addRun(run: Run, isCounter: boolean, before: Reading | undefined, sign: 1 | -1): void {
    if (isCounter) this.#addCounter(run, before, sign);
    else this.#addGauge(run, sign);
  }

  add(bucket: number, sum: number, series: number): void {
    const day = Math.floor(bucket / BUCKETS);
    let columns = this.#days.get(day);
    if (columns === undefined) this.#days.set(day, (columns = { sum: new Float64Array(BUCKETS), series: new Float64Array(BUCKETS) }));
    const at = bucket - day * BUCKETS;
    columns.sum[at] = (columns.sum[at] ?? 0) + sum;
    columns.series[at] = (columns.series[at] ?? 0) + series;
  }

  #addGauge({ atMs, value, quality }: Run, sign: 1 | -1): void {
    let [bucket, sum, count] = [Number.NaN, 0, 0];
    for (let i = 0; i < atMs.length; i++) {
      const sample = value[i] ?? Number.NaN;
      if (Number.isNaN(sample) || !isUsableCode(quality[i] ?? 0)) continue;
      const next = Math.floor((atMs[i] ?? 0) / BUCKET_MS);
      if (next !== bucket) {
        if (count > 0) this.add(bucket, (sign * sum) / count, sign);
        [bucket, sum, count] = [next, 0, 0];
      }
      sum += sample;
      count++;
    }
    if (count > 0) this.add(bucket, (sign * sum) / count, sign);
  }

  #addCounter({ atMs, value, quality }: Run, before: Reading | undefined, sign: 1 | -1): void {
    let last = before;
    for (let i = 0; i < atMs.length; i++) {
      const reading = { atMs: atMs[i] ?? 0, value: value[i] ?? Number.NaN };
      if (Number.isNaN(reading.value) || !isUsableCode(quality[i] ?? 0)) continue;
      if (last !== undefined && reading.value >= last.value && reading.atMs - last.atMs <= LONGEST_SPREAD_MS) this.#spread(last, reading, sign);
      last = reading;
    }
  }

  #spread(from: Reading, to: Reading, sign: 1 | -1): void {
    const perMs = (to.value - from.value) / (to.atMs - from.atMs);
    for (let at = from.atMs; at < to.atMs; ) {
      const bucket = Math.floor(at / BUCKET_MS);
      const end = Math.min(to.atMs, (bucket + 1) * BUCKET_MS);
      this.add(bucket, sign * perMs * (end - at), (sign * (end - at)) / BUCKET_MS);
      at = end;
    }
  }
}

export const isCounter = (quantity: Quantity): boolean => quantities[quantity].kind === 'counter';

function decodeDay(data: Uint8Array): Float64Array {
  const bytes = zstdDecompressSync(data);
  return new Float64Array(Uint8Array.from(bytes).buffer);
}

const rounded = (value: number): number => Math.round(value * PRECISION) / PRECISION;
const isNothing = (column: Float64Array): boolean => column.every((value) => rounded(value) === 0);

/** Adds sums to those of a scope that are kept, in the transaction of the caller. */
export function applyRollups(db: Db, scope: string, quantity: Quantity, sums: RollupSums): void {
  const find = db.prepare<[string, string, number], Uint8Array>('SELECT data FROM rollups WHERE scope = ? AND quantity = ? AND day = ?').pluck();
  const put = db.prepare('REPLACE INTO rollups (scope, quantity, day, data) VALUES (?, ?, ?, ?)');
  for (const [day, { sum, series }] of sums.days) {
    if (isNothing(sum) && isNothing(series)) continue;
    const known = find.get(scope, quantity, day);
    const columns = known === undefined ? new Float64Array(2 * BUCKETS) : decodeDay(known);
    for (let i = 0; i < BUCKETS; i++) {
      columns[i] = rounded((columns[i] ?? 0) + (sum[i] ?? 0));
      columns[BUCKETS + i] = rounded((columns[BUCKETS + i] ?? 0) + (series[i] ?? 0));
    }
    put.run(scope, quantity, day, zstdCompressSync(new Uint8Array(columns.buffer)));
  }
}

/** Sums of a scope in [fromMs, toMs), with those in `extra` that are not kept yet. */
export function readRollups(db: Db, scope: string, quantity: Quantity, fromMs: number, toMs: number, extra: RollupColumns | undefined): RollupColumns {
  const [firstDay, lastDay] = [Math.floor(fromMs / DAY_MS), Math.floor((toMs - 1) / DAY_MS)];
  const rows = db.prepare<[string, string, number, number], { day: number; data: Uint8Array }>('SELECT day, data FROM rollups WHERE scope = ? AND quantity = ? AND day BETWEEN ? AND ? ORDER BY day').all(scope, quantity, firstDay, lastDay);
  const sums = new RollupSums();
  for (const { day, data } of rows) {
    const columns = decodeDay(data);
    for (let i = 0; i < BUCKETS; i++) sums.add(day * BUCKETS + i, columns[i] ?? 0, columns[BUCKETS + i] ?? 0);
  }
  extra?.atMs.forEach((atMs, index) => sums.add(atMs / BUCKET_MS, extra.sum[index] ?? 0, extra.series[index] ?? 0));
  return columnsOf(sums, fromMs, toMs);
}

export function columnsOf(sums: RollupSums, fromMs: number, toMs: number): RollupColumns {
  const points: { atMs: number; sum: number; series: number }[] = [];
  for (const [day, { sum, series }] of [...sums.days].sort(([a], [b]) => a - b)) {
    for (let i = 0; i < BUCKETS; i++) {
      const atMs = (day * BUCKETS + i) * BUCKET_MS;
      if (atMs >= fromMs && atMs < toMs && (series[i] ?? 0) > 0) points.push({ atMs, sum: sum[i] ?? 0, series: series[i] ?? 0 });
    }
  }
  return { atMs: Float64Array.from(points, ({ atMs }) => atMs), sum: Float64Array.from(points, ({ sum }) => sum), series: Float64Array.from(points, ({ series }) => series) };
}
