import { chunkId, startOfChunk } from './chunks/window.ts';
import { SPAN_MS } from './rollups.ts';
import type { Db } from '../openDatabase.ts';
import type { Retention } from '../store.ts';

/** Where a sweep is: which table, and which series or vehicle of it comes next. */
export type SweepCursor = { table: 'samples' | 'positions' | 'flags' | 'space'; next: number };
export type SweepStep = { deleted: number; cursor: SweepCursor | undefined };

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ROWS_A_DELETE = 2000;
const KEYS_A_STEP = 1000;
const CHUNKS_A_STEP = 100;
const PAGES_A_STEP = 500;

type OldChunk = { id: number; end_ms: number; samples: number };
type Swept = { deleted: number; next: number | undefined };

function removeChunks(db: Db, chunks: readonly OldChunk[]): number {
  const remove = db.prepare('DELETE FROM chunks WHERE id = ?');
  for (const { id } of chunks) remove.run(id);
  const sweptMs = Math.max(0, ...chunks.map(({ end_ms }) => end_ms));
  db.prepare('UPDATE swept SET chunks_ms = max(chunks_ms, ?)').run(sweptMs);
  return chunks.reduce((sum, { samples }) => sum + samples, 0);
}

/**
 * Deletes chunks whose window has passed altogether, the oldest first. The last known sample of each series stays
 * stored with its group.
 */
function sweepChunks(db: Db, fromId: number, beforeMs: number): Swept {
  const chunks = db
    .prepare<[number, number, number], OldChunk>(
      'SELECT id, end_ms, samples FROM chunks WHERE id >= ? AND id < ? ORDER BY id LIMIT ?',
    )
    .all(fromId, chunkId(beforeMs, 0), CHUNKS_A_STEP);
  const last = chunks.at(-1)?.id ?? 0;
  return {
    deleted: removeChunks(
      db,
      chunks.filter(({ end_ms }) => end_ms <= beforeMs),
    ),
    next: chunks.length === CHUNKS_A_STEP ? last + 1 : undefined,
  };
}

/** Bytes of the file that are in use. */
export function usedBytes(db: Db): number {
  const read = (name: string): number => Number(db.pragma(name, { simple: true }));
  return (read('page_count') - read('freelist_count')) * read('page_size');
}

/**
 * Deletes the oldest chunks, whatever their age, while the file holds more than it may, and no more of them than that
 * takes; then gives free pages back to the disk. The newest window stays: what fills the file beside it are samples
 * that wait to be sealed, and a chunk that has not ended holds the present.
 */
function sweepSpace(db: Db, mostBytes: number): Swept {
  let excessBytes = usedBytes(db) - mostBytes;
  if (excessBytes > 0) {
    const newest = db.prepare<[], number | null>('SELECT max(id) FROM chunks').pluck().get() ?? 0;
    const oldest = db
      .prepare<[number, number], OldChunk & { bytes: number }>(
        'SELECT id, end_ms, samples, length(summary) + length(data) AS bytes FROM chunks WHERE end_ms <= ? ORDER BY id LIMIT ?',
      )
      .all(startOfChunk(newest), CHUNKS_A_STEP);
    const kept = oldest.findIndex(({ bytes }) => {
      const isEnough = excessBytes <= 0;
      excessBytes -= bytes;
      return isEnough;
    });
    const old = kept === -1 ? oldest : oldest.slice(0, kept);
    if (old.length > 0) return { deleted: removeChunks(db, old), next: 0 };
  }
  db.pragma(`incremental_vacuum(${PAGES_A_STEP})`);
  return { deleted: 0, next: undefined };
}

function sweepRollups(db: Db, beforeMs: number): void {
  const span = Math.floor(beforeMs / SPAN_MS);
  db.prepare('DELETE FROM rollups WHERE span < ?').run(span);
  db.prepare('UPDATE swept SET sums_ms = max(sums_ms, ?)').run(span * SPAN_MS);
  // Changes must not pile up where no ledger takes them.
  db.prepare('DELETE FROM changed_sums WHERE hour + hours <= ?').run(Math.floor(beforeMs / HOUR_MS));
}

function sweepVehicle(db: Db, vehicle: number, beforeMs: number): number {
  return db
    .prepare('DELETE FROM positions WHERE vehicle = ? AND at < ? ORDER BY at LIMIT ?')
    .run(vehicle, beforeMs, ROWS_A_DELETE).changes;
}

/** The most old states of devices without series that are kept. */
const MOST_STRAY_STATES = 20_000;
const IS_STRAY = 'NOT EXISTS (SELECT 1 FROM series WHERE series.device = device_flags.device)';

/** Deletes old flags, except the newest state of each device; of devices without series, a bounded number of them. */
function sweepFlags(db: Db, beforeMs: number): number {
  const { changes } = db
    .prepare(
      `
    DELETE FROM device_flags WHERE at < ? AND NOT (is_state = 1 AND at = (SELECT max(at) FROM device_flags AS newer WHERE newer.device = device_flags.device AND newer.is_state = 1))
  `,
    )
    .run(beforeMs);
  const oldestKept = db
    .prepare<[number, number], number>(
      `SELECT at FROM device_flags WHERE at < ? AND ${IS_STRAY} ORDER BY at DESC LIMIT 1 OFFSET ?`,
    )
    .pluck()
    .get(beforeMs, MOST_STRAY_STATES);
  if (oldestKept === undefined) return changes;
  return changes + db.prepare(`DELETE FROM device_flags WHERE at <= ? AND ${IS_STRAY}`).run(oldestKept).changes;
}

/**
 * Runs `sweepOne` over keys until the time is used up, but at least once, so that each step makes progress; a key with
 * more to delete is visited again.
 */
function sweepKeys(keys: readonly number[], sweepOne: (key: number) => number, isTimeUp: () => boolean): Swept {
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

function sweepTable(db: Db, cursor: SweepCursor, nowMs: number, retention: Retention, isTimeUp: () => boolean): Swept {
  const samplesBeforeMs = nowMs - retention.samplesDays * DAY_MS;
  const positionsBeforeMs = nowMs - retention.positionsDays * DAY_MS;
  switch (cursor.table) {
    case 'samples':
      return sweepChunks(db, cursor.next, samplesBeforeMs);
    case 'positions': {
      const keys = db
        .prepare<[number, number], number>('SELECT id FROM names WHERE id >= ? ORDER BY id LIMIT ?')
        .pluck()
        .all(cursor.next, KEYS_A_STEP);
      return sweepKeys(keys, (id) => sweepVehicle(db, id, positionsBeforeMs), isTimeUp);
    }
    case 'flags':
      sweepRollups(db, samplesBeforeMs);
      return { deleted: sweepFlags(db, samplesBeforeMs), next: undefined };
    case 'space':
      return sweepSpace(db, retention.mostBytes);
  }
}

const tableAfter = { samples: 'positions', positions: 'flags', flags: 'space', space: undefined } as const;

/**
 * One bounded step of the retention, in one transaction; call again with the cursor that it returns until there is
 * none.
 */
export function sweepStep(
  db: Db,
  cursor: SweepCursor,
  nowMs: number,
  retention: Retention,
  isTimeUp: () => boolean,
): SweepStep {
  return db
    .transaction((): SweepStep => {
      const { deleted, next } = sweepTable(db, cursor, nowMs, retention, isTimeUp);
      if (cursor.table !== 'flags' && deleted > 0)
        db.prepare('UPDATE totals SET count = count - ? WHERE name = ?').run(
          deleted,
          cursor.table === 'positions' ? 'positions' : 'samples',
        );
      if (next !== undefined) return { deleted, cursor: { table: cursor.table, next } };
      const table = tableAfter[cursor.table];
      return { deleted, cursor: table === undefined ? undefined : { table, next: 0 } };
    })
    .immediate();
}
