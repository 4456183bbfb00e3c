import { z } from 'zod';
import type { Value } from '../../../../shared/base/values.ts';
import type { Domain } from '../kit/Domain.ts';
import { findOutages } from './electricityConditions.ts';
import type { UtilitiesState } from './UtilitiesState.ts';

const SECOND_MS = 1000;

const reading = z.object({ value: z.number(), atMs: z.number() });
/** From the first to the newest reading that says the same; empty where nothing holds. */
const held = z.object({ sinceMs: z.number().optional(), untilMs: z.number().optional() });
export type HeldTime = z.infer<typeof held>;
const zone = z.object({
  id: z.string(),
  value: reading.optional(),
  pressureKpa: reading.optional(),
  voltagePu: reading.optional(),
  breaker: z.object({ isOpen: z.boolean(), atMs: z.number(), sinceMs: z.number() }).optional(),
  trouble: z.object({ kind: z.enum(['burst', 'highInflow', 'outage', 'loadLost']), sinceMs: z.number() }).optional(),
  band: z.object({ name: z.enum(['gone', 'low', 'normal', 'high']), sinceMs: z.number() }).optional(),
  pressureBefore: reading.optional(),
  noSupply: z.object({ count: z.number(), sinceMs: z.number() }).optional(),
  lostSinceMs: z.number().optional(),
  loadBefore: reading.optional(),
  wasOut: z.boolean(),
  restoredAtMs: z.number().optional(),
  counts: z.object({ over: z.number(), supplied: z.number() }),
  held: z.object({ high: held, burst: held, over: held }).optional(),
});
/** What is kept of a zone. */
export type SavedZone = z.infer<typeof zone>;

const supply = z.object({
  id: z.string(),
  gaspAtMs: z.number().optional(),
  restoredAtMs: z.number().optional(),
  outsideSinceMs: z.number().optional(),
  isOutside: z.boolean().optional(),
});
/** What is kept of a meter's supply. */
export type SavedSupply = z.infer<typeof supply>;

const status = z.object({
  id: z.string(),
  facts: z.array(
    z.object({ word: z.string(), kind: z.enum(['state', 'event', 'rise']), sinceMs: z.number(), lastMs: z.number() }),
  ),
  counters: z.array(z.tuple([z.string(), z.number(), z.number()])),
  newestMs: z.number().optional(),
  phases: z.number(),
});
/** What is kept of what a meter says of itself. */
export type SavedStatus = z.infer<typeof status>;

const course = z.object({
  sinceMs: z.number(),
  endMs: z.number().optional(),
  customers: z.number(),
  most: z.number(),
  customerMs: z.number(),
  atMs: z.number(),
});
const record = z.union([
  z.object({ zone }),
  z.object({ supply }),
  z.object({ status }),
  z.object({ course, of: z.string() }),
  z.object({ suspect: z.string(), atMs: z.number().optional() }),
]);
type Saved = z.infer<typeof record>;

function* records(state: UtilitiesState): Iterable<Saved> {
  const { zones, supply: supplies, status: statuses, courses, table } = state;
  for (const each of zones) yield { zone: each.save() };
  for (const each of supplies.save()) yield { supply: each };
  for (const each of statuses.save()) yield { status: each };
  for (const [id, each] of courses.save()) yield { course: each, of: id };
  for (const { index, meterRows } of zones)
    if (table.countOf(index, 'suspect') + table.unjudgedOf(index, 'suspect') > 0)
      for (const row of meterRows)
        if (table.has(row, 'suspect'))
          yield { suspect: table.meters[row]?.id ?? '', atMs: table.markedAtMs(row, 'suspect') };
}

function take(state: UtilitiesState, saved: Saved): void {
  if ('zone' in saved) state.zone(saved.zone.id)?.restore(saved.zone);
  else if ('supply' in saved) state.supply.restore([saved.supply]);
  else if ('status' in saved) state.status.restore([saved.status]);
  else if ('course' in saved) state.courses.restore([[saved.of, saved.course]]);
  else {
    const row = state.table.rowOf(saved.suspect);
    if (row !== undefined) state.table.set(row, 'suspect', true, saved.atMs);
  }
}

/** Carries supply, troubles of zones, status words and suspect reads over a restart. */
export function standingFacts(state: UtilitiesState): NonNullable<Domain['standing']> {
  let settledMs = Number.NEGATIVE_INFINITY;
  return {
    records: () => records(state),
    restore(all) {
      for (const each of all) {
        const { success, data } = record.safeParse(each);
        if (success) take(state, data);
      }
    },
    replay(value: Value, atMs: number) {
      if (atMs - settledMs >= SECOND_MS) {
        state.settle(atMs);
        state.courses.update(findOutages(state, atMs), atMs);
        settledMs = atMs;
      }
      if (value.kind === 'sample') state.apply(value, atMs);
      else if (value.kind === 'flags') state.applyFlags(value, atMs);
    },
  };
}
