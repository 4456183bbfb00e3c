import { qualityCode } from '../../../../shared/base/quality.ts';
import { isQuantity } from '../../../../shared/base/quantities.ts';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import { ColumnBuilder } from './ColumnBuilder.ts';
import type { OpenChunk, Sealed } from './chunks/chunkCodec.ts';
import { openRow, readChunk, readRow } from './chunks/chunkTable.ts';
import type { ChunkRow } from './chunks/chunkTable.ts';
import { between, emptyRun, firstAtOrAfter, joinRuns, mergeRuns } from './chunks/run.ts';
import type { Run } from './chunks/run.ts';
import { decodeSummaries, isUsableCode } from './chunks/summary.ts';
import { chunkId, chunkIdsEnd, groupOfChunk } from './chunks/window.ts';
import { Windows } from './chunks/Windows.ts';
import { decodeEnds } from './unsealed/ends.ts';
import type { Ends } from './unsealed/ends.ts';
import type { Db } from '../openDatabase.ts';
import { prepared } from '../prepared.ts';
import { RollupSums, addColumns, columnsOf, isCounter, isSummedWhenAsked, readRollups } from './rollups.ts';
import type { RollupColumns, SampleColumns, SeriesPoints, SeriesQuery } from '../store.ts';
import { rateOfCounter, thinSeries } from './thinSeries.ts';

/**
 * Unsealed samples by series, as the writer has them. They must be asked for before the chunks are read, so that a
 * sample that is sealed in between is seen twice at most and never missed.
 */
export type Heads = ReadonlyMap<number, Run>;

/** A rate looks this far back for the reading before its first. */
const LOOK_BACK_MS = 3 * 86_400_000;

/** Chunks opened while one query is answered: neighbouring series share them. */
export class Chunks {
  readonly #db: Db;
  #group = -1;
  #windows: Windows | undefined;
  readonly #open = new Map<number, OpenChunk | undefined>();
  #ends: Ends[] = [];

  constructor(db: Db) {
    this.#db = db;
  }

  /** Sealed samples of a series in [fromMs, toMs). */
  run({ group, slot }: Place, fromMs: number, toMs: number): Run {
    this.#turnTo(group);
    const [ends, windows] = [this.#ends[slot], this.#windows];
    if (ends === undefined || windows === undefined || Number.isNaN(ends.firstAtMs)) return emptyRun;
    const [from, to] = [Math.max(fromMs, ends.firstAtMs), Math.min(toMs, ends.lastAtMs + 1)];
    const runs = windows.between(from, to).flatMap((startMs) => this.#chunk(chunkId(startMs, group))?.run(slot) ?? []);
    return between(joinRuns(runs), from, to);
  }

  #turnTo(group: number): void {
    if (group === this.#group) return;
    const row = readGroup(this.#db, group);
    this.#group = group;
    this.#windows = Windows.read(row?.windows);
    this.#ends = decodeEnds(row?.ends ?? null);
    this.#open.clear();
  }

  #chunk(id: number): OpenChunk | undefined {
    if (!this.#open.has(id)) this.#open.set(id, readChunk(this.#db, id));
    return this.#open.get(id);
  }
}

type Place = { id: number; quantity: string; group: number; slot: number };
type GroupRow = { windows: string | null; ends: Uint8Array | null };

const PLACE = 'SELECT id, quantity, grp AS "group", slot FROM series WHERE';

const readGroup = (db: Db, id: number): GroupRow | undefined =>
  prepared<[number], GroupRow>(db, 'SELECT windows, ends FROM groups WHERE id = ?').get(id);

const placeOf = (db: Db, series: number): Place | undefined =>
  prepared<[number], Place>(db, `${PLACE} id = ?`).get(series);

/** Number of a series; undefined where it is not known. */
export function findSeries(db: Db, deviceId: string, quantity: string): number | undefined {
  return db
    .prepare<[string, string], number>('SELECT id FROM series WHERE device = ? AND quantity = ?')
    .pluck()
    .get(deviceId, quantity);
}

/** All samples of a series in [fromMs, toMs). */
const readRun = (chunks: Chunks, place: Place, fromMs: number, toMs: number, heads: Heads): Run =>
  mergeRuns(chunks.run(place, fromMs, toMs), between(heads.get(place.id) ?? emptyRun, fromMs, toMs));

/** From when on a query needs samples: a rate needs the reading before the first, too. */
export const lookBackMs = ({ fromMs, asRate }: SeriesQuery): number => (asRate ? fromMs - LOOK_BACK_MS : fromMs);

/** Samples of one series in [fromMs, toMs), thinned; no points where the series is not known. */
export function querySeries(db: Db, query: SeriesQuery, heads: Heads): SeriesPoints {
  const id = findSeries(db, query.deviceId, query.quantity);
  const place = id === undefined ? undefined : placeOf(db, id);
  if (place === undefined || !(query.toMs > query.fromMs)) return { atMs: [], value: [], quality: [] };
  const run = readRun(new Chunks(db), place, lookBackMs(query), query.toMs, heads);
  if (!query.asRate) return thinSeries(run, query.fromMs, query.toMs, query.maxPoints);
  let start = firstAtOrAfter(run.atMs, query.fromMs) - 1;
  while (start > 0 && !isUsableCode(run.quality[start] ?? 0)) start--;
  const rates = rateOfCounter(between(run, run.atMs[start] ?? query.fromMs, query.toMs));
  return thinSeries(between(rates, query.fromMs, query.toMs), query.fromMs, query.toMs, query.maxPoints);
}

/** Several series thinned to one row of usable values per step: the mean for gauges, the last for counters. */
export function readSteps(
  db: Db,
  seriesIds: readonly number[],
  fromMs: number,
  toMs: number,
  stepMs: number,
  heads: Heads,
): SampleColumns {
  const columns = new ColumnBuilder(1024);
  const chunks = new Chunks(db);
  for (const id of [...seriesIds].sort((a, b) => a - b)) {
    const place = placeOf(db, id);
    if (place === undefined || !isQuantity(place.quantity)) continue;
    addSteps(columns, id, readRun(chunks, place, fromMs, toMs, heads), stepMs, isCounter(place.quantity));
  }
  return columns.take();
}

function addSteps(
  columns: ColumnBuilder,
  id: number,
  { atMs, value, quality }: Run,
  stepMs: number,
  takesLast: boolean,
): void {
  let [step, lastAtMs, sum, count, last, worst] = [Number.NaN, 0, 0, 0, 0, 0];
  const finish = (): void => {
    if (count > 0) columns.add(id, lastAtMs, takesLast ? last : sum / count, worst);
  };
  for (let i = 0; i < atMs.length; i++) {
    const [at, sample, code] = [atMs[i] ?? 0, value[i] ?? Number.NaN, quality[i] ?? 0];
    if (Number.isNaN(sample) || !isUsableCode(code)) continue;
    const next = Math.floor(at / stepMs);
    if (next !== step) {
      finish();
      [step, sum, count, worst] = [next, 0, 0, 0];
    }
    sum += sample;
    count++;
    last = sample;
    lastAtMs = at;
    worst = Math.max(worst, code);
  }
  finish();
}

/** The sealed sums of a scope by quarter hour, with those in `unsealed`. */
export function querySums(
  db: Db,
  scope: string,
  quantity: Quantity,
  fromMs: number,
  toMs: number,
  unsealed: RollupColumns,
  chunks = new Chunks(db),
): RollupColumns {
  const sums = new RollupSums();
  if (isSummedWhenAsked(scope)) sumSeries(db, scope, quantity, fromMs, toMs, sums, chunks);
  else readRollups(db, scope, quantity, fromMs, toMs, sums);
  addColumns(unsealed, sums);
  return columnsOf(sums, fromMs, toMs);
}

function sumSeries(
  db: Db,
  scope: string,
  quantity: Quantity,
  fromMs: number,
  toMs: number,
  sums: RollupSums,
  chunks: Chunks,
): void {
  const places = prepared<[string, string], Place>(db, `${PLACE} scope = ? AND quantity = ?`).all(scope, quantity);
  for (const place of places) {
    sums.addRun(
      chunks.run(place, isCounter(quantity) ? fromMs - LOOK_BACK_MS : fromMs, toMs),
      isCounter(quantity),
      undefined,
      1,
    );
  }
}

type GroupPlace = { id: number; windows: Windows; series: number[] };
/**
 * Series by group and slot, as far as a connection has read them: they are only ever added, with growing numbers, and
 * keep their places.
 */
type Dictionary = { series: Map<number, number[]>; newest: number };

const dictionaries = new WeakMap<Db, Dictionary>();

function readDictionary(db: Db): Dictionary {
  let known = dictionaries.get(db);
  if (known === undefined) dictionaries.set(db, (known = { series: new Map(), newest: 0 }));
  for (const { id, grp, slot } of db
    .prepare<[number], { id: number; grp: number; slot: number }>(
      'SELECT id, grp, slot FROM series WHERE id > ? ORDER BY id',
    )
    .all(known.newest)) {
    let slots = known.series.get(grp);
    if (slots === undefined) known.series.set(grp, (slots = []));
    slots[slot] = id;
    known.newest = id;
  }
  return known;
}

/** The groups of which something is sealed. */
function readGroups(db: Db): Map<number, GroupPlace> {
  const { series } = readDictionary(db);
  const groups = new Map<number, GroupPlace>();
  for (const row of db.prepare<[], { id: number; windows: string | null }>('SELECT id, windows FROM groups').all()) {
    const windows = Windows.read(row.windows);
    if (windows !== undefined) groups.set(row.id, { id: row.id, windows, series: series.get(row.id) ?? [] });
  }
  return groups;
}

/** Collects the newest sample of each series that is not older than `sinceMs`. */
class NewestSamples {
  readonly #sinceMs: number;
  #atMs: Float64Array;
  #value: Float64Array;
  #quality: Uint8Array;

  constructor(newestSeries: number, sinceMs: number) {
    this.#sinceMs = sinceMs;
    this.#atMs = new Float64Array(newestSeries + 1).fill(Number.NEGATIVE_INFINITY);
    this.#value = new Float64Array(newestSeries + 1);
    this.#quality = new Uint8Array(newestSeries + 1);
  }

  keep(series: number, atMs: number, value: number, quality: number): void {
    if (!(atMs >= this.#sinceMs) || !(atMs >= (this.#atMs[series] ?? Number.POSITIVE_INFINITY))) return;
    this.#atMs[series] = atMs;
    this.#value[series] = value;
    this.#quality[series] = quality;
  }

  take(): SampleColumns {
    const columns = new ColumnBuilder(1024);
    this.#atMs.forEach((atMs, series) => {
      if (atMs !== Number.NEGATIVE_INFINITY)
        columns.add(series, atMs, this.#value[series] ?? Number.NaN, this.#quality[series] ?? 0);
    });
    return columns.take();
  }
}

/** The chunks that begin in [fromMs, toMs), whatever their group. */
function* chunksBetween(db: Db, fromMs: number, toMs: number): Generator<ChunkRow> {
  yield* db
    .prepare<[number, number], ChunkRow>('SELECT id, checksum, summary, data FROM chunks WHERE id >= ? AND id < ?')
    .iterate(chunkId(fromMs, 0), chunkIdsEnd(toMs));
}

/**
 * Looks for the newest samples in the ends that are stored with the group. A series that begins later than `atMs` has
 * nothing to look for.
 */
function findAtEnds(
  db: Db,
  { id, series }: GroupPlace,
  atMs: number,
  missing: Set<number>,
  found: NewestSamples,
): void {
  const ends = decodeEnds(readGroup(db, id)?.ends ?? null);
  for (const slot of missing) {
    const of = ends[slot];
    if (of !== undefined && of.firstAtMs <= atMs && of.lastAtMs > atMs) continue;
    missing.delete(slot);
    if (of !== undefined && of.lastAtMs <= atMs) found.keep(series[slot] ?? 0, of.lastAtMs, of.value, of.quality);
  }
}

/**
 * The newest sample of each of a group's series: in the chunk of that time, or else in those before, back to `sinceMs`.
 */
function findInGroup(db: Db, group: GroupPlace, atMs: number, sinceMs: number, found: NewestSamples): void {
  let startMs = group.windows.startOf(atMs);
  const chunk = readChunk(db, chunkId(startMs, group.id));
  const missing = new Set<number>();
  group.series.forEach((series, slot) => {
    const newest = chunk?.newestAt(slot, atMs);
    if (newest === undefined) missing.add(slot);
    else found.keep(series, newest.atMs, newest.value, newest.quality);
  });
  if (missing.size > 0) findAtEnds(db, group, atMs, missing, found);
  while (missing.size > 0 && sinceMs < startMs) {
    startMs = group.windows.startOf(startMs - 1);
    for (const [slot, { atMs: lastAtMs, value, quality }] of lastInChunk(db, chunkId(startMs, group.id), missing)) {
      missing.delete(slot);
      found.keep(group.series[slot] ?? 0, lastAtMs, value, quality);
    }
  }
}

/**
 * The last sample of each slot in a chunk, from its summaries; the chunk is opened only where not all samples were
 * good.
 */
function lastInChunk(db: Db, id: number, slots: ReadonlySet<number>): Map<number, Sealed> {
  const ended = new Map<number, Sealed>();
  const row = readRow(db, id);
  if (row === undefined) return ended;
  let chunk: OpenChunk | undefined;
  decodeSummaries(row.summary).forEach(({ count, lastAtMs, last, byQuality }, slot) => {
    if (count === 0 || !slots.has(slot)) return;
    const sample =
      byQuality[qualityCode.good] === count
        ? { atMs: lastAtMs, value: last, quality: qualityCode.good }
        : (chunk ??= openRow(row)).newestAt(slot, lastAtMs);
    if (sample !== undefined) ended.set(slot, sample);
  });
  return ended;
}

/**
 * The newest sample at or before `atMs` of every series that has one not older than `maxAgeMs`. `head`: the newest
 * unsealed ones.
 */
export function readSnapshot(db: Db, atMs: number, maxAgeMs: number, head: SampleColumns): SampleColumns {
  const groups = readGroups(db);
  const newestSeries = head.seriesId
    .subarray(0, head.count)
    .reduce((newest, series) => Math.max(newest, series), readDictionary(db).newest);
  const found = new NewestSamples(newestSeries, atMs - maxAgeMs);
  for (const group of groups.values()) findInGroup(db, group, atMs, atMs - maxAgeMs, found);
  for (let row = 0; row < head.count; row++)
    found.keep(head.seriesId[row] ?? 0, head.atMs[row] ?? 0, head.value[row] ?? Number.NaN, head.quality[row] ?? 0);
  return found.take();
}

/** All samples in [fromMs, toMs), ascending by time. */
export function readRange(db: Db, fromMs: number, toMs: number, heads: Heads): SampleColumns {
  const runs = new Map<number, Run>();
  const groups = readGroups(db);
  const longest = Math.max(0, ...[...groups.values()].map(({ windows }) => windows.longestMs));
  for (const row of chunksBetween(db, fromMs - longest, toMs)) {
    const group = groups.get(groupOfChunk(row.id));
    if (group === undefined) continue;
    const chunk = openRow(row);
    group.series.forEach((series, slot) => {
      if (chunk.count(slot) > 0)
        runs.set(series, joinRuns([runs.get(series) ?? emptyRun, between(chunk.run(slot), fromMs, toMs)]));
    });
  }
  for (const [series, run] of heads)
    runs.set(series, mergeRuns(runs.get(series) ?? emptyRun, between(run, fromMs, toMs)));
  const rows = [...runs].flatMap(([series, run]) =>
    Array.from(run.atMs, (atMs, at) => ({
      series,
      atMs,
      value: run.value[at] ?? Number.NaN,
      quality: run.quality[at] ?? 0,
    })),
  );
  rows.sort((a, b) => a.atMs - b.atMs || a.series - b.series);
  const columns = new ColumnBuilder(rows.length);
  for (const { series, atMs, value, quality } of rows) columns.add(series, atMs, value, quality);
  return columns.take();
}
