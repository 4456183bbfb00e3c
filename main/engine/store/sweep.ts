import { FUTURE_TOLERANCE_MS } from '../../../shared/clock.ts';
import type { Db } from './openDatabase.ts';
import type { Retention } from './store.ts';

/** Where a sweep is: which table, and which series or vehicle of it comes next. */
export type SweepCursor = { table: 'samples' | 'positions' | 'flags'; next: number };
export type SweepStep = { deleted: number; cursor: SweepCursor | undefined };

const DAY_MS = 86_400_000;
const ROWS_A_DELETE = 2000;
const KEYS_A_STEP = 1000;

/** Deletes old samples of one series, a few at a time. The newest one stays, as the last known. */
function sweepSeries(db: Db, series: number, beforeMs: number, nowMs: number): number {
  const newest = db.prepare<[number, number], number>('SELECT max(at) FROM samples WHERE series = ? AND at <= ?').pluck().get(series, nowMs + FUTURE_TOLERANCE_MS) ?? beforeMs;
  const remove = db.prepare('DELETE FROM samples WHERE series = ? AND at < ? ORDER BY at LIMIT ?');
  return remove.run(series, Math.min(beforeMs, newest), ROWS_A_DELETE).changes;
}

function sweepVehicle(db: Db, vehicle: number, beforeMs: number): number {
  return db.prepare('DELETE FROM positions WHERE vehicle = ? AND at < ? ORDER BY at LIMIT ?').run(vehicle, beforeMs, ROWS_A_DELETE).changes;
}

/** Old flags, but for the newest state of each device. */
function sweepFlags(db: Db, beforeMs: number): number {
  const { changes } = db.prepare(`
    DELETE FROM device_flags WHERE at < ? AND NOT (is_state = 1 AND at = (SELECT max(at) FROM device_flags AS newer WHERE newer.device = device_flags.device AND newer.is_state = 1))
  `).run(beforeMs);
  return changes;
}

/** Runs `sweepOne` over keys until the time is used up, but at least once, so that each step gets on; a key with more to delete comes again. */
function sweepKeys(keys: readonly number[], sweepOne: (key: number) => number, isTimeUp: () => boolean): { deleted: number; next: number | undefined } {
  let deleted = 0;
  for (const key of keys) {
    let changes: number;
    do {
      changes = sweepOne(key);
      deleted += changes;
      if (isTimeUp()) return { deleted, next: changes === ROWS_A_DELETE ? key : key + 1 };
    } while (changes === ROWS_A_DELETE);
  }
  return { deleted, next: keys.length === KEYS_A_STEP ? (keys.at(-1) ?? 0) + 1 : undefined };
}

function sweepTable(db: Db, cursor: SweepCursor, nowMs: number, retention: Retention, isTimeUp: () => boolean): { deleted: number; next: number | undefined } {
  const samplesBeforeMs = nowMs - retention.samplesDays * DAY_MS;
  const positionsBeforeMs = nowMs - retention.positionsDays * DAY_MS;
  switch (cursor.table) {
    case 'samples': {
      const keys = db.prepare<[number, number], number>('SELECT id FROM series WHERE id >= ? ORDER BY id LIMIT ?').pluck().all(cursor.next, KEYS_A_STEP);
      return sweepKeys(keys, (id) => sweepSeries(db, id, samplesBeforeMs, nowMs), isTimeUp);
    }
    case 'positions': {
      const keys = db.prepare<[number, number], number>('SELECT id FROM names WHERE id >= ? ORDER BY id LIMIT ?').pluck().all(cursor.next, KEYS_A_STEP);
      return sweepKeys(keys, (id) => sweepVehicle(db, id, positionsBeforeMs), isTimeUp);
    }
    case 'flags':
      return { deleted: sweepFlags(db, samplesBeforeMs), next: undefined };
  }
}

const tableAfter = { samples: 'positions', positions: 'flags', flags: undefined } as const;

/** One bounded step of the retention, in one transaction; call again with the cursor that it returns until there is none. */
export function sweepStep(db: Db, cursor: SweepCursor, nowMs: number, retention: Retention, isTimeUp: () => boolean): SweepStep {
  return db.transaction((): SweepStep => {
    const { deleted, next } = sweepTable(db, cursor, nowMs, retention, isTimeUp);
    if (cursor.table !== 'flags' && deleted > 0) db.prepare('UPDATE totals SET count = count - ? WHERE name = ?').run(deleted, cursor.table);
    if (next !== undefined) return { deleted, cursor: { table: cursor.table, next } };
    const table = tableAfter[cursor.table];
    return { deleted, cursor: table === undefined ? undefined : { table, next: 0 } };
  }).immediate();
}
