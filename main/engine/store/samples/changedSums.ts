import { isQuantity } from '../../../../shared/base/quantities.ts';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import type { Run } from './chunks/run.ts';
import type { Db } from '../openDatabase.ts';
import { prepared } from '../prepared.ts';
import { Chunks, querySums } from './readSamples.ts';
import { BUCKET_MS, COUNTY_SCOPE, isSummedWhenAsked } from './rollups.ts';
import type { RollupSums } from './rollups.ts';
import type { ChangedHours, ChangedSums, RollupColumns } from '../store.ts';

const HOUR_MS = 3_600_000;
/** The hours of a leap year. */
const MOST_HOURS = 8784;
const BUCKETS_AN_HOUR = HOUR_MS / BUCKET_MS;
const nothing: RollupColumns = { atMs: new Float64Array(), sum: new Float64Array(), series: new Float64Array() };

/** Notes hours (numbered from 1970) as changed; those that follow each other make one row. */
export function markHours(db: Db, scope: string, quantity: Quantity, hours: ReadonlySet<number>): void {
  const mark = prepared<[string, string, number, number], never>(
    db,
    `INSERT INTO changed_sums (scope, quantity, hour, hours, version) VALUES (?, ?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET hours = max(hours, excluded.hours), version = version + 1`,
  );
  let [first, last] = [Number.NaN, Number.NaN];
  for (const hour of [...hours].sort((a, b) => a - b)) {
    if (hour === last + 1) {
      last = hour;
      continue;
    }
    if (!Number.isNaN(first)) mark.run(scope, quantity, first, last - first + 1);
    [first, last] = [hour, hour];
  }
  if (!Number.isNaN(first)) mark.run(scope, quantity, first, last - first + 1);
}

/** The hours in which sums are not zero. */
export function hoursOfSums(sums: RollupSums): Set<number> {
  const hours = new Set<number>();
  for (const [span, { sum, series }] of sums.spans)
    for (let i = 0; i < sum.length; i++)
      if (sum[i] !== 0 || series[i] !== 0) hours.add(Math.floor((span * sum.length + i) / BUCKETS_AN_HOUR));
  return hours;
}

export function hoursOfRun({ atMs }: Run): Set<number> {
  const hours = new Set<number>();
  for (const at of atMs) hours.add(Math.floor(at / HOUR_MS));
  return hours;
}

/** Whole hours (numbered from 1970), at most those of a year, as the cache keeps nothing for longer. */
export function hoursBetween(firstAtMs: number, lastAtMs: number): Set<number> {
  const last = Math.floor(lastAtMs / HOUR_MS);
  const first = Math.max(Math.floor(firstAtMs / HOUR_MS), last - MOST_HOURS + 1);
  return new Set(Array.from({ length: last - first + 1 }, (_, index) => first + index));
}

type Key = { scope: string; quantity: string; hour: number };
export const firstKey: Key = { scope: '', quantity: '', hour: 0 };

/** How many series could take part. */
function countSeries(db: Db, scope: string, quantity: Quantity): number {
  return scope === COUNTY_SCOPE
    ? (prepared<[string], { n: number }>(
        db,
        "SELECT count(*) AS n FROM series WHERE quantity = ? AND scope <> '' AND scope NOT LIKE 'own:%'",
      ).get(quantity)?.n ?? 0)
    : (prepared<[string, string], { n: number }>(
        db,
        'SELECT count(*) AS n FROM series WHERE scope = ? AND quantity = ?',
      ).get(scope, quantity)?.n ?? 0);
}

/** Collects the answers to several queries as columns. */
class SumsBuilder {
  readonly hours: ChangedHours[] = [];
  readonly #parts: RollupColumns[] = [];

  add(hours: Omit<ChangedHours, 'quarters'>, columns: RollupColumns): void {
    this.hours.push({ ...hours, quarters: columns.atMs.length });
    this.#parts.push(columns);
  }

  take(next: Key | undefined): ChangedSums {
    const joined = (name: keyof RollupColumns): Float64Array =>
      Float64Array.from(this.#parts.flatMap((part) => [...part[name]]));
    return { hours: this.hours, columns: { atMs: joined('atMs'), sum: joined('sum'), series: joined('series') }, next };
  }
}

/**
 * Reads the sums that have changed, as they are sealed now, from a key on until the time is used up. Each comes with an
 * hour more on both sides, as the hours of some time zones begin between those of UTC. There are no sums of times that
 * retention has reached.
 */
export function readChangedSums(db: Db, from: Key, limit: number, isTimeUp: () => boolean): ChangedSums {
  const rows = prepared<
    [string, string, number, number],
    Omit<ChangedHours, 'quarters' | 'known' | 'fromMs' | 'toMs' | 'partBeforeMs'>
  >(
    db,
    `SELECT scope, quantity, hour, hours, version FROM changed_sums
     WHERE (scope, quantity, hour) > (?, ?, ?) ORDER BY scope, quantity, hour LIMIT ?`,
  ).all(from.scope, from.quantity, from.hour, limit);
  const swept = prepared<[], { chunks: number; sums: number; begun: number }>(
    db,
    'SELECT chunks_ms AS chunks, sums_ms AS sums, begun_ms AS begun FROM swept',
  ).get() ?? { chunks: 0, sums: 0, begun: 0 };
  const builder = new SumsBuilder();
  // All rows share the opened chunks, because the quantities of a link lie in the same ones.
  const chunks = new Chunks(db);
  for (const row of rows) {
    const { scope, quantity, hour, hours } = row;
    const wholeFromMs = Math.ceil((isSummedWhenAsked(scope) ? swept.chunks : swept.sums) / HOUR_MS) * HOUR_MS;
    const [fromMs, toMs] = [Math.max((hour - 1) * HOUR_MS, wholeFromMs), (hour + hours + 1) * HOUR_MS];
    if (isQuantity(quantity) && fromMs < toMs)
      builder.add(
        { ...row, fromMs, toMs, known: countSeries(db, scope, quantity), partBeforeMs: swept.begun },
        querySums(db, scope, quantity, fromMs, toMs, nothing, chunks),
      );
    else builder.add({ ...row, fromMs, toMs: fromMs, known: 0, partBeforeMs: swept.begun }, nothing);
    if (isTimeUp()) break;
  }
  const last = builder.hours.at(-1);
  const isAll = builder.hours.length === rows.length && rows.length < limit;
  return builder.take(isAll || last === undefined ? undefined : last);
}

/** Notes that the file begins now, either as the first one or in place of one of which it may hold a part. */
export function noteBegin(db: Db, nowMs: number): void {
  db.prepare('UPDATE swept SET begun_ms = ?').run(Math.round(nowMs));
}

/** Forgets changes that were dealt with, except those that have changed again. */
export function settleChanged(db: Db, hours: readonly ChangedHours[]): void {
  const remove = prepared<[string, string, number, number], never>(
    db,
    'DELETE FROM changed_sums WHERE scope = ? AND quantity = ? AND hour = ? AND version = ?',
  );
  db.transaction(() => {
    for (const { scope, quantity, hour, version } of hours) remove.run(scope, quantity, hour, version);
  }).immediate();
}
