import type { Statement } from 'better-sqlite3';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import type { OpenChunk } from './chunks/chunkCodec.ts';
import { readChunk } from './chunks/chunkTable.ts';
import { emptyRun, firstAtOrAfter } from './chunks/run.ts';
import type { Run } from './chunks/run.ts';
import { chunkId, groupOfChunk, samplesPerMs } from './chunks/window.ts';
import { Windows } from './chunks/Windows.ts';
import { ColumnBuilder } from './ColumnBuilder.ts';
import { compactGroup } from './compactGroup.ts';
import { hoursBetween, markHours } from './changedSums.ts';
import { UnsealedGroup } from './unsealed/UnsealedGroup.ts';
import { addUnsealed } from './unsealed/addUnsealed.ts';
import { SeriesTable } from './unsealed/SeriesTable.ts';
import { decodeEnds, encodeEnds, firstAtMs, widenEnds } from './unsealed/ends.ts';
import type { Ends } from './unsealed/ends.ts';
import { appendEntry, makeJournalColumns, newestEntry, readEntries } from './unsealed/journal.ts';
import type { JournalColumns } from './unsealed/journal.ts';
import { lastSealedEntry, trimJournal } from './unsealed/outbox.ts';
import type { Db } from '../openDatabase.ts';
import {
  COUNTY_SCOPE,
  RollupSums,
  allocatedScope,
  columnsOf,
  groupScope,
  isCounter,
  isSummedWhenAsked,
} from './rollups.ts';
import type { CommitResult, RollupColumns, SampleColumns, SeriesRow } from '../store.ts';

type GroupRow = { id: number; scope: string; windows: string | null; folded: number; ends: Uint8Array | null };
type Group = { scope: string; windows: Windows | undefined; folded: number; quantities: Quantity[]; series: number[] };
/** The samples of a batch, counted by feed. */
export type Tally = Pick<CommitResult, 'insertedByFeed' | 'duplicatesByFeed' | 'correctedByFeed' | 'rejected'>;
type StoredSample = { value: number; quality: number };

/** Samples wait this long to be sealed, so that a chunk is rewritten a few dozen times a day at most. */
const FOLD_AFTER_MS = 1_800_000;
/**
 * A group with this many has enough for a chunk, and is sealed when the window is over in which it got the first of
 * them, so that few chunks are written twice.
 */
const ENOUGH_FOR_A_CHUNK = 12_000;
/** With this many it is sealed whether or not the window is over. */
const TOO_MANY_TO_WAIT = 4 * ENOUGH_FOR_A_CHUNK;
/** Beyond this many unsealed samples the largest groups are sealed at once: about 220 MB. */
const MOST_UNSEALED = 12_000_000;
const SLOTS = 128;
/** Detectors report every few seconds, so fewer of their series make a chunk of the same size. */
const SLOTS_OF_DETECTORS = 12;
const detectorQuantities: ReadonlySet<Quantity> = new Set(['speedMps', 'flowVph', 'occupancyRatio']);
const CHUNKS_HELD_OPEN = 128;
const ENTRIES_A_TRIM = 2000;
/** The year 2248: a later time is not taken for a time of this county. */
const TIME_END_MS = 2 ** 43;

const isTime = (atMs: number): boolean => atMs >= 0 && atMs < TIME_END_MS;
const isSame = (a: StoredSample, b: StoredSample): boolean => Object.is(a.value, b.value) && a.quality === b.quality;

/**
 * The samples of the telemetry cache, on the side that writes. Committed samples go into the journal (in the file) and
 * into memory, by groups of neighbouring series. From time to time the unsealed samples of a group are compacted into
 * its chunks. A late sample is no special case: it stays unsealed like all others until it is compacted into the chunk
 * that it belongs to.
 */
export class SampleStore {
  readonly #db: Db;
  readonly #groups = new Map<number, Group>();
  readonly #heads = new Map<number, UnsealedGroup>();
  readonly #series = new SeriesTable();
  /** Groups that still have free slots, by what their series have in common. */
  readonly #open = new Map<string, number>();
  readonly #chunks = new Map<number, OpenChunk | undefined>();
  readonly #selectEnds: Statement<[number], Uint8Array | null>;
  #unsealed = 0;
  #lastEntry = 0;

  /** Reads the known series and groups, and the samples that were committed and not sealed. */
  constructor(db: Db) {
    this.#db = db;
    this.#selectEnds = db.prepare<[number], Uint8Array | null>('SELECT ends FROM groups WHERE id = ?').pluck();
    const groups = db.prepare<[], GroupRow>('SELECT id, scope, windows, folded, ends FROM groups ORDER BY id').all();
    for (const { id, scope, windows, folded } of groups)
      this.#groups.set(id, { scope, windows: Windows.read(windows), folded, quantities: [], series: [] });
    for (const row of db
      .prepare<[], { id: number; quantity: Quantity; grp: number; slot: number }>(
        'SELECT id, quantity, grp, slot FROM series ORDER BY grp, slot',
      )
      .all())
      this.#place(row.id, row.quantity, row.grp, row.slot);
    for (const { id, ends } of groups) this.#widen(id, decodeEnds(ends));
    this.#lastEntry = newestEntry(db);
    for (const { id, columns } of readEntries(db, lastSealedEntry(db))) this.#replay(id, columns);
  }

  /** Gives new series their places; in the caller's transaction. */
  addSeries(rows: readonly SeriesRow[]): void {
    const insert = this.#db.prepare(
      'INSERT INTO series (id, device, quantity, scope, grp, slot) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    for (const { id, deviceId, quantity, scope = '' } of rows) {
      if (this.#series.group(id) !== 0) continue;
      const { group, slot } = this.#findRoom(groupScope(scope), quantity);
      if (insert.run(id, deviceId, quantity, scope, group, slot).changes > 0) this.#place(id, quantity, group, slot);
    }
  }

  /**
   * Gives a scope of their own to series that are added up nowhere, and notes all that is sealed of them as changed; in
   * the caller's transaction.
   */
  nameOwnScopes(rows: readonly SeriesRow[]): void {
    const name = this.#db.prepare("UPDATE series SET scope = ? WHERE id = ? AND scope = ''");
    for (const { id, quantity, scope = '' } of rows) {
      if (groupScope(scope) !== '' || name.run(scope, id).changes === 0 || isCounter(quantity)) continue;
      const { firstAtMs, lastAtMs } = this.#ends(this.#series.group(id))[this.#series.slot(id)] ?? {};
      if (firstAtMs === undefined || lastAtMs === undefined || Number.isNaN(firstAtMs)) continue;
      markHours(this.#db, scope, quantity, hoursBetween(firstAtMs, lastAtMs));
    }
  }

  /**
   * Takes a batch, in the caller's transaction. When that transaction fails, this object no longer matches the file and
   * must be created again.
   */
  put(samples: SampleColumns, nowMs: number): Tally {
    const tally: Tally = { insertedByFeed: [], duplicatesByFeed: [], correctedByFeed: [], rejected: 0 };
    const changed = makeJournalColumns(samples.count);
    const entry = this.#lastEntry + 1;
    for (const row of this.#inOrder(samples)) {
      const feed = samples.feed[row] ?? 0;
      const outcome = this.#putRow(samples, row, changed, entry, nowMs);
      if (outcome === 'rejected') tally.rejected++;
      else {
        const inserted = outcome === 'inserted' ? 1 : 0;
        tally.insertedByFeed[feed] = (tally.insertedByFeed[feed] ?? 0) + inserted;
        tally.duplicatesByFeed[feed] = (tally.duplicatesByFeed[feed] ?? 0) + 1 - inserted;
        tally.correctedByFeed[feed] = (tally.correctedByFeed[feed] ?? 0) + (outcome === 'corrected' ? 1 : 0);
      }
    }
    for (const counts of [tally.insertedByFeed, tally.duplicatesByFeed, tally.correctedByFeed])
      for (let feed = 0; feed < counts.length; feed++) counts[feed] ??= 0;
    if (changed.count > 0) this.#lastEntry = appendEntry(this.#db, changed);
    return tally;
  }

  /**
   * The rows in order, except that a block of the past (ascending, and older than all that is stored of its series) is
   * taken from its end, so that each of its samples is seen at once to be new.
   */
  *#inOrder({ count, seriesId, atMs }: SampleColumns): Generator<number> {
    for (let start = 0, end = 0; start < count; start = end) {
      end = start + 1;
      while (end < count && seriesId[end] === seriesId[start] && (atMs[end] ?? 0) > (atMs[end - 1] ?? 0)) end++;
      const isPast = end - start > 1 && (atMs[end - 1] ?? 0) < this.#series.firstAtMs(seriesId[start] ?? 0);
      if (isPast) for (let row = end - 1; row >= start; row--) yield row;
      else for (let row = start; row < end; row++) yield row;
    }
  }

  /** Unsealed samples of a series in [fromMs, toMs). */
  head(series: number, fromMs: number, toMs: number): Run {
    return this.#heads.get(this.#series.group(series))?.run(this.#series.slot(series), fromMs, toMs) ?? emptyRun;
  }

  /** Unsealed samples in [fromMs, toMs), by series; of all series, or of those asked for. */
  heads(fromMs: number, toMs: number, wanted?: ReadonlySet<number>): Map<number, Run> {
    const found = new Map<number, Run>();
    for (const [id, head] of this.#heads) {
      const { series } = this.#group(id);
      if (wanted !== undefined && !series.some((each) => wanted.has(each))) continue;
      for (const [slot, run] of head.runs(fromMs, toMs)) {
        const of = series[slot] ?? 0;
        if (wanted === undefined || wanted.has(of)) found.set(of, run);
      }
    }
    return found;
  }

  /**
   * The unsealed part of the sums that `readRollups` reads: of samples newer than what is sealed. Late samples are
   * added when they are sealed.
   */
  rollups(scope: string, quantity: Quantity, fromMs: number, toMs: number): RollupColumns {
    const allocated = allocatedScope(scope);
    if (allocated !== undefined) {
      const { unallocated } = this.#sums(allocated, quantity);
      return columnsOf(unallocated ?? new RollupSums(), fromMs, toMs);
    }
    return columnsOf(this.#sums(scope, quantity), fromMs, toMs);
  }

  #sums(scope: string, quantity: Quantity): RollupSums {
    const sums = new RollupSums();
    const ofLink = isSummedWhenAsked(scope)
      ? new Set(
          this.#db
            .prepare<[string, string], number>('SELECT id FROM series WHERE scope = ? AND quantity = ?')
            .pluck()
            .all(scope, quantity),
        )
      : undefined;
    for (const [id, head] of this.#heads) {
      const { scope: of, quantities, series } = this.#group(id);
      const isPart = scope === COUNTY_SCOPE ? of !== '' : groupScope(scope) === of;
      if (!isPart || !quantities.includes(quantity)) continue;
      const sealed = this.#ends(id);
      for (const [slot, run] of head.runs()) {
        if (quantities[slot] === quantity && ofLink?.has(series[slot] ?? 0) !== false)
          addUnsealed(sums, run, sealed[slot], isCounter(quantity));
      }
    }
    return sums;
  }

  /** The newest unsealed sample of each series at or before a time, and not older than `sinceMs`. */
  headsAt(atMs: number, sinceMs: number): SampleColumns {
    const columns = new ColumnBuilder(1024);
    for (const [series, run] of this.heads(sinceMs, atMs + 1)) {
      const last = run.atMs.length - 1;
      columns.add(series, run.atMs[last] ?? 0, run.value[last] ?? Number.NaN, run.quality[last] ?? 0);
    }
    return columns.take();
  }

  /** Seals one group that has waited long enough, in a transaction of its own. False where there is none. */
  sealNext(nowMs: number, isForced = false): boolean {
    const id = this.#nextToFold(nowMs, isForced);
    if (id === undefined) return false;
    this.#fold(id);
    return true;
  }

  /** Whether more samples are unsealed than memory should hold. */
  get isFull(): boolean {
    return this.#unsealed > MOST_UNSEALED;
  }

  /**
   * Series of which nothing is stored any more: their newest sample is older than the retention, and so is the window
   * of the chunk that it was in. `next` is the group to go on with; undefined where all have been looked at.
   */
  idleSeries(beforeMs: number, fromGroup: number, most: number): { ids: number[]; next: number | undefined } {
    const ids: number[] = [];
    for (const [id, { series, windows }] of this.#groups) {
      if (id < fromGroup || this.#heads.has(id)) continue;
      if (ids.length >= most) return { ids, next: id };
      for (const each of series) {
        const lastAtMs = this.#series.lastAtMs(each);
        const endMs = lastAtMs < 0 || windows === undefined ? lastAtMs : windows.endOf(windows.startOf(lastAtMs));
        if (this.#series.group(each) === id && endMs <= beforeMs) ids.push(each);
      }
    }
    return { ids, next: undefined };
  }

  /**
   * Deletes series and the groups that have no other; in the caller's transaction. The slot of a series is not given to
   * another one, since a chunk that is left for want of space to delete would then be taken for its own.
   */
  removeSeries(ids: readonly number[]): void {
    const remove = this.#db.prepare('DELETE FROM series WHERE id = ?');
    const touched = new Set<number>();
    for (const id of ids) {
      touched.add(this.#series.group(id));
      remove.run(id);
      this.#series.place(id, 0, 0);
    }
    for (const id of touched) {
      const { series, scope, quantities } = this.#group(id);
      if (this.#heads.has(id) || series.some((each) => this.#series.group(each) === id)) continue;
      this.#db.prepare('DELETE FROM groups WHERE id = ?').run(id);
      this.#groups.delete(id);
      for (const quantity of new Set(quantities))
        if (this.#open.get(keyOf(scope, quantity)) === id) this.#open.delete(keyOf(scope, quantity));
    }
  }

  /**
   * Deletes journal entries whose samples are all sealed and that consumers have passed, some at a time. `hasMore` is
   * false where there are no more; `dropped` names the consumers that held more than `mostKeptBytes` and lost their
   * places.
   */
  trim(mostKeptBytes: number): { hasMore: boolean; dropped: string[] } {
    let first = this.#lastEntry + 1;
    for (const { firstEntry } of this.#heads.values()) first = Math.min(first, firstEntry);
    const { entries, dropped } = trimJournal(this.#db, first, ENTRIES_A_TRIM, mostKeptBytes);
    return { hasMore: entries >= ENTRIES_A_TRIM, dropped };
  }

  #group(id: number): Group {
    const group = this.#groups.get(id);
    if (group === undefined) throw new RangeError(`there is no group ${String(id)}`);
    return group;
  }

  /**
   * The first and newest sealed samples of a group's series, by slot. They are kept in the file only, as they are
   * needed only now and then.
   */
  #ends(group: number): Ends[] {
    return decodeEnds(this.#selectEnds.get(group) ?? null);
  }

  #place(id: number, quantity: Quantity, group: number, slot: number): void {
    const of = this.#group(group);
    of.quantities[slot] = quantity;
    of.series[slot] = id;
    this.#series.place(id, group, slot);
    const key = keyOf(of.scope, quantity);
    if (slot + 1 < slotsOf(quantity)) this.#open.set(key, group);
    else this.#open.delete(key);
  }

  #findRoom(scope: string, quantity: Quantity): { group: number; slot: number } {
    const open = this.#open.get(keyOf(scope, quantity));
    if (open !== undefined) return { group: open, slot: this.#group(open).series.length };
    const group = Number(
      this.#db.prepare('INSERT INTO groups (scope, folded) VALUES (?, 0)').run(scope).lastInsertRowid,
    );
    this.#groups.set(group, { scope, windows: undefined, folded: 0, quantities: [], series: [] });
    return { group, slot: 0 };
  }

  #widen(group: number, ends: readonly Ends[]): void {
    const { series } = this.#group(group);
    ends.forEach(({ firstAtMs, lastAtMs }, slot) => {
      this.#series.extend(series[slot] ?? 0, firstAtMs);
      this.#series.extend(series[slot] ?? 0, lastAtMs);
    });
  }

  #replay(entry: number, { count, series, atMs, value, quality }: JournalColumns): void {
    for (let row = 0; row < count; row++) {
      const id = series[row] ?? 0;
      const group = this.#groups.get(this.#series.group(id));
      if (group === undefined || entry <= group.folded) continue;
      this.#remember(id, atMs[row] ?? 0, value[row] ?? Number.NaN, quality[row] ?? 0, entry, 0);
    }
  }

  #putRow(
    samples: SampleColumns,
    row: number,
    changed: JournalColumns,
    entry: number,
    nowMs: number,
  ): 'inserted' | 'duplicate' | 'corrected' | 'rejected' {
    const series = samples.seriesId[row] ?? 0;
    const atMs = Math.round(samples.atMs[row] ?? Number.NaN);
    if (!isTime(atMs) || this.#series.group(series) === 0) return 'rejected';
    const sample = { value: samples.value[row] ?? Number.NaN, quality: samples.quality[row] ?? 0 };
    const isNew = atMs > this.#series.lastAtMs(series) || atMs < this.#series.firstAtMs(series);
    const known = isNew ? undefined : this.#find(series, atMs);
    if (known !== undefined && isSame(known, sample)) return 'duplicate';
    const at = changed.count++;
    changed.series[at] = series;
    changed.atMs[at] = atMs;
    changed.value[at] = sample.value;
    changed.quality[at] = sample.quality;
    if (known !== undefined) this.#trace(series, atMs, known, sample);
    this.#remember(series, atMs, sample.value, sample.quality, entry, nowMs, isNew);
    return known === undefined ? 'inserted' : 'corrected';
  }

  #remember(
    series: number,
    atMs: number,
    value: number,
    quality: number,
    entry: number,
    nowMs: number,
    isNew = atMs > this.#series.lastAtMs(series),
  ): void {
    const group = this.#series.group(series);
    const slot = this.#series.slot(series);
    let head = this.#heads.get(group);
    if (head === undefined) this.#heads.set(group, (head = new UnsealedGroup(entry, nowMs)));
    const row = isNew ? undefined : head.find(slot, atMs);
    if (row === undefined) {
      head.append(slot, atMs, value, quality);
      this.#unsealed++;
    } else head.replace(row, value, quality);
    this.#series.extend(series, atMs);
  }

  /** The stored sample of a series at a time, sealed or not. */
  #find(series: number, atMs: number): StoredSample | undefined {
    const [group, slot] = [this.#series.group(series), this.#series.slot(series)];
    const head = this.#heads.get(group);
    const row = head?.find(slot, atMs);
    if (head !== undefined && row !== undefined) return head.at(row);
    const { windows } = this.#group(group);
    if (windows === undefined) return undefined;
    const chunk = this.#chunk(chunkId(windows.startOf(atMs), group));
    if (chunk === undefined || chunk.count(slot) === 0) return undefined;
    const run = chunk.run(slot);
    const at = firstAtOrAfter(run.atMs, atMs);
    return run.atMs[at] === atMs ? { value: run.value[at] ?? Number.NaN, quality: run.quality[at] ?? 0 } : undefined;
  }

  /** Keeps the chunks that were opened last, because a device that repeats its past needs the same ones again. */
  #chunk(id: number): OpenChunk | undefined {
    if (this.#chunks.has(id)) return this.#chunks.get(id);
    const chunk = readChunk(this.#db, id);
    for (const oldest of this.#chunks.keys()) {
      if (this.#chunks.size < CHUNKS_HELD_OPEN) break;
      this.#chunks.delete(oldest);
    }
    this.#chunks.set(id, chunk);
    return chunk;
  }

  #trace(series: number, atMs: number, old: StoredSample, now: StoredSample): void {
    const insert = this.#db.prepare(
      'INSERT INTO corrections (series, at, old_value, old_quality, new_value, new_quality) VALUES (?, ?, ?, ?, ?, ?)',
    );
    insert.run(series, atMs, old.value, old.quality, now.value, now.quality);
  }

  #nextToFold(nowMs: number, isForced: boolean): number | undefined {
    let largest: { id: number; count: number } | undefined;
    for (const [id, { sinceMs, count }] of this.#heads) {
      // The difference may be negative: after the clock was set back, `sinceMs` lies in the future.
      if (isForced || this.#hasAChunk(id, count, sinceMs, nowMs) || Math.abs(nowMs - sinceMs) >= FOLD_AFTER_MS)
        return id;
      if (this.isFull && count > (largest?.count ?? 0)) largest = { id, count };
    }
    return largest?.id;
  }

  #hasAChunk(id: number, count: number, sinceMs: number, nowMs: number): boolean {
    if (count < ENOUGH_FOR_A_CHUNK) return false;
    const { windows } = this.#group(id);
    return windows === undefined || count >= TOO_MANY_TO_WAIT || nowMs >= windows.endOf(windows.startOf(sinceMs));
  }

  #fold(id: number): void {
    const group = this.#group(id);
    const head = this.#heads.get(id);
    const runs = head?.runs() ?? new Map<number, Run>();
    const ends = this.#ends(id);
    const rate = samplesPerMs(runs.values());
    const sealed = spanOf(ends);
    const windows = group.windows?.adapt(rate, head?.count ?? 0, sealed.lastMs) ?? Windows.of(rate);
    this.#db
      .transaction(() => {
        compactGroup(
          this.#db,
          {
            id,
            scope: group.scope,
            windows,
            quantities: group.quantities,
            series: group.series,
            firstAtMs: group.series.map((_, slot) => firstAtMs(ends[slot], runs.get(slot))),
            sealed,
          },
          runs,
        );
        const widened = group.series.map((_, slot) => widenEnds(ends[slot], runs.get(slot) ?? emptyRun));
        this.#db
          .prepare('UPDATE groups SET windows = ?, folded = ?, ends = ? WHERE id = ?')
          .run(windows.write(), this.#lastEntry, encodeEnds(widened), id);
      })
      .immediate();
    group.windows = windows;
    group.folded = this.#lastEntry;
    this.#heads.delete(id);
    this.#unsealed -= head?.count ?? 0;
    for (const chunk of this.#chunks.keys()) if (groupOfChunk(chunk) === id) this.#chunks.delete(chunk);
  }
}

/**
 * The first and the newest sealed sample of a group; where there is none, the span is inverted, from the end of time to
 * its beginning.
 */
function spanOf(ends: readonly Ends[]): { firstMs: number; lastMs: number } {
  const span = { firstMs: TIME_END_MS, lastMs: 0 };
  for (const { firstAtMs, lastAtMs } of ends) {
    if (firstAtMs < span.firstMs) span.firstMs = firstAtMs;
    if (lastAtMs > span.lastMs) span.lastMs = lastAtMs;
  }
  return span;
}

const isDetector = (quantity: Quantity): boolean => detectorQuantities.has(quantity);
const keyOf = (scope: string, quantity: Quantity): string =>
  `${isDetector(quantity) ? 'detectors' : 'meters'} ${scope}`;
const slotsOf = (quantity: Quantity): number => (isDetector(quantity) ? SLOTS_OF_DETECTORS : SLOTS);
