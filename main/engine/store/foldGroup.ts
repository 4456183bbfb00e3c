import type { Quantity } from '../../../shared/quantities.ts';
import { readChunk, readSummaries, writeChunk } from './chunks/chunkTable.ts';
import { between, emptyRun, mergeRuns } from './chunks/run.ts';
import type { Run } from './chunks/run.ts';
import { summarise } from './chunks/summary.ts';
import type { Summary } from './chunks/summary.ts';
import { chunkId, windowStart } from './chunks/window.ts';
import { RollupSums, SUMMED_WHEN_ASKED, applyRollups, isCounter } from './rollups.ts';
import type { Reading } from './rollups.ts';
import type { Db } from './openDatabase.ts';

/** Everything that is added up is also added up here, so that the whole county is one look-up. */
export const COUNTY_SCOPE = 'county';

type FoldedGroup = {
  id: number;
  scope: string;
  windowMs: number;
  /** By slot. */
  quantities: readonly Quantity[];
};

/** The runs of a window before and after the folding, by slot. */
type Window = { startMs: number; before: Run[]; after: Run[] };

/** The usable reading that a series ended with. */
const lastReading = (summary: Summary | undefined): Reading | undefined => (summary === undefined || summary.usable === 0 ? undefined : { atMs: summary.lastUsableAtMs, value: summary.last });

function readWindow(db: Db, { id, windowMs, quantities }: FoldedGroup, startMs: number, news: ReadonlyMap<number, Run>): Window {
  const chunk = readChunk(db, chunkId(startMs, id));
  const before = quantities.map((_, slot) => chunk?.run(slot) ?? emptyRun);
  const after = before.map((run, slot) => mergeRuns(run, between(news.get(slot) ?? emptyRun, startMs, startMs + windowMs)));
  return { startMs, before, after };
}

/** The windows that the new samples fall into, and those after them, whose first counted span may begin elsewhere now. */
function windowsOf(db: Db, { id, windowMs }: FoldedGroup, news: ReadonlyMap<number, Run>): { changed: Set<number>; all: number[] } {
  const changed = new Set<number>();
  for (const { atMs } of news.values()) for (const at of atMs) changed.add(windowStart(at, windowMs));
  const exists = db.prepare<[number], number>('SELECT 1 FROM chunks WHERE id = ?').pluck();
  const after = [...changed].map((start) => start + windowMs).filter((start) => exists.get(chunkId(start, id)) !== undefined);
  return { changed, all: [...new Set([...changed, ...after])].sort((a, b) => a - b) };
}

type SumsBySlot = Map<Quantity, RollupSums>;

function addWindow(sums: SumsBySlot, runs: readonly Run[], readings: readonly (Reading | undefined)[], quantities: readonly Quantity[], sign: 1 | -1): void {
  runs.forEach((run, slot) => {
    const quantity = quantities[slot];
    if (quantity === undefined || run.atMs.length === 0) return;
    let of = sums.get(quantity);
    if (of === undefined) sums.set(quantity, (of = new RollupSums()));
    of.addRun(run, isCounter(quantity), readings[slot], sign);
  });
}

/** What sealed series end a window with, to begin the next one from. */
const readingsOf = (summaries: readonly Summary[] | undefined): (Reading | undefined)[] => (summaries ?? []).map(lastReading);

/**
 * Moves samples of a group into its chunks and corrects the sums of its scope, in the transaction of the caller. Samples of a time that is sealed already
 * replace those that are there; counts, minima, maxima and sums are taken anew from what is in the chunk then.
 */
export function foldGroup(db: Db, group: FoldedGroup, news: ReadonlyMap<number, Run>): void {
  const sums: SumsBySlot = new Map();
  const { changed, all } = windowsOf(db, group, news);
  let previous: { startMs: number; before: (Reading | undefined)[]; after: (Reading | undefined)[] } | undefined;
  for (const startMs of all) {
    const window = readWindow(db, group, startMs, news);
    if (previous?.startMs !== startMs - group.windowMs) {
      const readings = readingsOf(readSummaries(db, chunkId(startMs - group.windowMs, group.id)));
      previous = { startMs, before: readings, after: readings };
    }
    addWindow(sums, window.before, previous.before, group.quantities, -1);
    addWindow(sums, window.after, previous.after, group.quantities, 1);
    const before = window.before.map((run) => lastReading(summarise(run)));
    const after = changed.has(startMs) ? readingsOf(writeChunk(db, chunkId(startMs, group.id), startMs + group.windowMs, window.after)) : before;
    previous = { startMs, before, after };
  }
  if (group.scope === '') return;
  const scopes = group.scope === SUMMED_WHEN_ASKED ? [COUNTY_SCOPE] : [group.scope, COUNTY_SCOPE];
  for (const [quantity, of] of sums) for (const scope of scopes) applyRollups(db, scope, quantity, of);
}
