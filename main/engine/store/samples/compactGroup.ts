import type { Quantity } from '../../../../shared/base/quantities.ts';
import { readChunk, readSummaries, writeChunk } from './chunks/chunkTable.ts';
import { between, emptyRun, firstAtOrAfter, mergeRuns } from './chunks/run.ts';
import type { Run } from './chunks/run.ts';
import type { Summary } from './chunks/summary.ts';
import { chunkId } from './chunks/window.ts';
import type { Windows } from './chunks/Windows.ts';
import { hoursOfRun, hoursOfSums, markHours } from './changedSums.ts';
import {
  BUCKET_MS,
  COUNTY_SCOPE,
  LONGEST_GAP_MS,
  RollupSums,
  SUMMED_WHEN_ASKED,
  applyRollups,
  isCounter,
  isSummedWhenAsked,
} from './rollups.ts';
import type { Reading } from './counted.ts';
import { qualityCode } from '../../../../shared/base/quality.ts';
import type { Db } from '../openDatabase.ts';
import { prepared } from '../prepared.ts';

type FoldedGroup = {
  id: number;
  scope: string;
  windows: Windows;
  /** By slot. */
  quantities: readonly Quantity[];
  /** Numbers of the series by slot. */
  series: readonly number[];
  /** The first sample of each series, sealed or about to be, by slot; NaN where there is none. */
  firstAtMs: readonly number[];
  /** The first and the newest sample that are sealed so far. */
  sealed: { firstMs: number; lastMs: number };
};

/** Before and after the compaction. */
type Side = 'before' | 'after';
/** The runs of a window by slot. */
type Window = Record<Side, Run[]> & { endMs: number };

/** What a series ended with: a usable reading, or the end of its register. Undefined where it had neither. */
function lastReading(summary: Summary | undefined): Reading | 'end' | undefined {
  if (summary === undefined) return undefined;
  const hasEnd = (summary.byQuality[qualityCode.missing] ?? 0) > 0;
  if (summary.usable === 0) return hasEnd ? 'end' : undefined;
  return Number.isNaN(summary.lastUsableAtMs) ? 'end' : { atMs: summary.lastUsableAtMs, value: summary.last };
}

/** What the chunks of a group know of their series, before and after the compaction. */
class Knowledge {
  readonly #db: Db;
  readonly #group: FoldedGroup;
  readonly #before = new Map<number, readonly Summary[]>();
  readonly #after = new Map<number, readonly Summary[]>();
  readonly #earlier = new Map<number, number | undefined>();

  constructor(db: Db, group: FoldedGroup) {
    this.#db = db;
    this.#group = group;
  }

  /** By slot; empty where there is no chunk. */
  of(startMs: number, side: Side): readonly Summary[] {
    const after = side === 'after' ? this.#after.get(startMs) : undefined;
    if (after !== undefined) return after;
    let summaries = this.#before.get(startMs);
    if (summaries === undefined)
      this.#before.set(startMs, (summaries = readSummaries(this.#db, chunkId(startMs, this.#group.id)) ?? []));
    return summaries;
  }

  /** Writes a chunk; the summaries of the chunk that it replaces stay known as those of the side `before`. */
  write(startMs: number, endMs: number, runs: readonly Run[]): void {
    this.of(startMs, 'before');
    this.#after.set(startMs, writeChunk(this.#db, chunkId(startMs, this.#group.id), endMs, runs));
  }

  /** The usable reading of a slot before a window: the first span of a counter begins with it. */
  readingBefore(startMs: number, slot: number, side: Side): Reading | undefined {
    if (!((this.#group.firstAtMs[slot] ?? Number.NaN) < startMs)) return undefined;
    for (
      let start = this.#chunkBefore(startMs);
      start !== undefined && start > startMs - LONGEST_GAP_MS - this.#group.windows.longestMs;
      start = this.#chunkBefore(start)
    ) {
      const reading = lastReading(this.of(start, side)[slot]);
      if (reading !== undefined) return reading === 'end' ? undefined : reading;
    }
    return undefined;
  }

  /**
   * The nearest earlier window that has a chunk, as far back as counters look for a reading. The answers are kept,
   * because all series ask for the same ones.
   */
  #chunkBefore(startMs: number): number | undefined {
    if (this.#earlier.has(startMs)) return this.#earlier.get(startMs);
    const { windows, sealed } = this.#group;
    const hasChunk = (start: number): boolean => this.#after.has(start) || this.of(start, 'before').length > 0;
    let start = windows.startOf(startMs - 1);
    while (
      !hasChunk(start) &&
      windows.endOf(start) > startMs - LONGEST_GAP_MS &&
      start > Math.min(sealed.firstMs, ...this.#after.keys())
    )
      start = windows.startOf(start - 1);
    const found = hasChunk(start) ? start : undefined;
    this.#earlier.set(startMs, found);
    return found;
  }
}

function readWindow(
  db: Db,
  { id, windows, quantities }: FoldedGroup,
  startMs: number,
  news: ReadonlyMap<number, Run>,
): Window {
  const chunk = readChunk(db, chunkId(startMs, id));
  const endMs = windows.endOf(startMs);
  const before = quantities.map((_, slot) => chunk?.run(slot) ?? emptyRun);
  const after = before.map((run, slot) => mergeRuns(run, between(news.get(slot) ?? emptyRun, startMs, endMs)));
  return { endMs, before, after };
}

/** The windows that the new samples fall into, each with the slots that have some. */
function changedWindows({ windows }: FoldedGroup, news: ReadonlyMap<number, Run>): Map<number, Set<number>> {
  const changed = new Map<number, Set<number>>();
  for (const [slot, { atMs }] of news) {
    for (let next = 0; next < atMs.length;) {
      const startMs = windows.startOf(atMs[next] ?? 0);
      const slots = changed.get(startMs) ?? new Set<number>();
      changed.set(startMs, slots.add(slot));
      next = firstAtOrAfter(atMs, windows.endOf(startMs));
    }
  }
  return changed;
}

const isCounterAt = ({ quantities }: FoldedGroup, slot: number): boolean => {
  const quantity = quantities[slot];
  return quantity !== undefined && isCounter(quantity);
};

/** The windows after a changed one in which the first counted span of a counter may begin elsewhere now. */
function windowsAfter(group: FoldedGroup, startMs: number, slots: ReadonlySet<number>, known: Knowledge): number[] {
  const { windows, sealed } = group;
  const pending = new Set([...slots].filter((slot) => isCounterAt(group, slot)));
  const found: number[] = [];
  const untilMs = Math.min(sealed.lastMs, windows.endOf(startMs) + LONGEST_GAP_MS);
  for (let start = windows.endOf(startMs); pending.size > 0 && start <= untilMs; start = windows.endOf(start)) {
    const ended = [...pending].filter((slot) => lastReading(known.of(start, 'before')[slot]) !== undefined);
    for (const slot of ended) pending.delete(slot);
    if (ended.length > 0) found.push(start);
  }
  return found;
}

/** The sums of a compaction, by quantity. */
class FoldSums {
  readonly #group: FoldedGroup;
  readonly #known: Knowledge;
  readonly ofQuantity = new Map<Quantity, RollupSums>();

  constructor(group: FoldedGroup, known: Knowledge) {
    this.#group = group;
    this.#known = known;
  }

  /**
   * Adds what the runs of a window amount to, or takes it away. Gauges of windows shorter than a quarter hour are left
   * to `addMeans`.
   */
  addWindow(startMs: number, { endMs, ...sides }: Window, side: Side, sign: 1 | -1): void {
    sides[side].forEach((run, slot) => {
      if (run.atMs.length === 0) return;
      if (isCounterAt(this.#group, slot))
        this.#sums(slot)?.addRun(run, true, this.#known.readingBefore(startMs, slot, side), sign);
      else if (endMs - startMs >= BUCKET_MS) this.#sums(slot)?.addRun(run, false, undefined, sign);
    });
  }

  /** Adds the means of gauges over a quarter hour that has several windows, from the summaries of their chunks. */
  addMeans(quarterMs: number, slots: ReadonlySet<number>): void {
    const starts = this.#group.windows.between(quarterMs, quarterMs + BUCKET_MS);
    for (const slot of slots) {
      if (isCounterAt(this.#group, slot)) continue;
      for (const [side, sign] of [
        ['before', -1],
        ['after', 1],
      ] as const) {
        let [sum, count] = [0, 0];
        for (const start of starts) {
          const summary = this.#known.of(start, side)[slot];
          if (summary === undefined || summary.usable === 0) continue;
          sum += summary.sum;
          count += summary.usable;
        }
        this.#sums(slot)?.addMean(quarterMs, sum, count, sign);
      }
    }
  }

  #sums(slot: number): RollupSums | undefined {
    const quantity = this.#group.quantities[slot];
    if (quantity === undefined) return undefined;
    let sums = this.ofQuantity.get(quantity);
    if (sums === undefined) this.ofQuantity.set(quantity, (sums = new RollupSums()));
    return sums;
  }
}

/** The quarter hours that consist of several windows, with the slots that have new samples there. */
function shortQuarters(
  { windows }: FoldedGroup,
  changed: ReadonlyMap<number, ReadonlySet<number>>,
): Map<number, Set<number>> {
  const quarters = new Map<number, Set<number>>();
  for (const [startMs, slots] of changed) {
    if (windows.endOf(startMs) - startMs >= BUCKET_MS) continue;
    const quarterMs = Math.floor(startMs / BUCKET_MS) * BUCKET_MS;
    quarters.set(quarterMs, new Set([...(quarters.get(quarterMs) ?? []), ...slots]));
  }
  return quarters;
}

/**
 * Moves samples of a group into its chunks and corrects the sums of its scope, in the transaction of the caller.
 * Samples of a time that is sealed already replace those that are there; counts, minima, maxima and sums are computed
 * again from what the chunk holds then.
 */
export function compactGroup(db: Db, group: FoldedGroup, news: ReadonlyMap<number, Run>): void {
  const known = new Knowledge(db, group);
  const sums = new FoldSums(group, known);
  const changed = changedWindows(group, news);
  const all = new Set(changed.keys());
  for (const [startMs, slots] of changed)
    for (const after of windowsAfter(group, startMs, slots, known)) all.add(after);
  for (const startMs of [...all].sort((a, b) => a - b)) {
    const window = readWindow(db, group, startMs, news);
    sums.addWindow(startMs, window, 'before', -1);
    sums.addWindow(startMs, window, 'after', 1);
    if (changed.has(startMs)) known.write(startMs, window.endMs, window.after);
  }
  for (const [quarterMs, slots] of shortQuarters(group, changed)) sums.addMeans(quarterMs, slots);
  if (group.scope === '' || group.scope === SUMMED_WHEN_ASKED) markOwn(db, group, news);
  if (group.scope === '') return;
  const scopes = group.scope === SUMMED_WHEN_ASKED ? [COUNTY_SCOPE] : [group.scope, COUNTY_SCOPE];
  for (const [quantity, of] of sums.ofQuantity)
    for (const scope of scopes) {
      applyRollups(db, scope, quantity, of);
      markHours(db, scope, quantity, hoursOfSums(of));
    }
}

/**
 * Notes the hours of new gauge samples as changed for links and devices whose sums are made only when they are asked
 * for.
 */
function markOwn(db: Db, group: FoldedGroup, news: ReadonlyMap<number, Run>): void {
  const find = prepared<[number], { scope: string }>(db, 'SELECT scope FROM series WHERE id = ?');
  for (const [slot, run] of news) {
    const [scope, quantity] = [find.get(group.series[slot] ?? 0)?.scope, group.quantities[slot]];
    if (scope !== undefined && quantity !== undefined && isSummedWhenAsked(scope) && !isCounter(quantity))
      markHours(db, scope, quantity, hoursOfRun(run));
  }
}
