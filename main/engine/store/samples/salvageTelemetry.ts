import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { isIntact } from './chunks/chunkTable.ts';
import type { ChunkRow } from './chunks/chunkTable.ts';
import { idByMinute, startOfChunk } from './chunks/window.ts';
import type { Db } from '../openDatabase.ts';

type Row = Record<string, unknown>;
/** What came out of a damaged file: samples, and the span of time in which chunks could not be read. */
export type Salvage = { samples: number; gap: { fromMs: number; toMs: number } | undefined };

/** Tables with their order. The dictionary comes first: without it nobody knows which series a number means. */
const dictionary = [
  ['groups', 'id'],
  ['series', 'id'],
] as const;
const contents = [
  ['journal', 'id'],
  ['rollups', 'scope, quantity, span'],
  ['corrections', 'id'],
  ['names', 'id'],
  ['positions', 'vehicle, at'],
  ['device_flags', 'device, is_state, at'],
  ['reports', 'id'],
  ['dead_letters', 'id'],
] as const;
/** Tables that came with later versions of the file. */
const laterContents = [
  [5, 'consumers', 'name'],
  [6, 'changed_sums', 'scope, quantity, hour'],
] as const;

/** The first version of the file whose chunks are numbered by minutes. */
const FIRST_BY_MINUTE = 4;

const descending = (order: string): string =>
  order
    .split(', ')
    .map((column) => `${column} DESC`)
    .join(', ');

/** Takes rows in an order until the first that cannot be read. Returns whether all could be. */
function takeReadable(from: Db, table: string, order: string, take: (row: Row) => void): boolean {
  const rows = from.prepare<[], Row>(`SELECT * FROM ${table} ORDER BY ${order}`).iterate();
  for (;;) {
    let next: IteratorResult<Row>;
    try {
      next = rows.next();
    } catch {
      return false;
    }
    if (next.done === true) return true;
    take(next.value);
  }
}

function inserter(to: Db, table: string): (row: Row) => void {
  return (row) => {
    const columns = Object.keys(row);
    to.prepare(
      `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ).run(Object.values(row));
  };
}

/** Copies a table and returns whether all of it could be read. Where not, it is read from its other end, too. */
function copyTable(from: Db, to: Db, table: string, order: string): boolean {
  const insert = inserter(to, table);
  return takeReadable(from, table, order, insert) || (takeReadable(from, table, descending(order), insert), false);
}

/**
 * Copies the chunks that match their checksums. Returns the span in which chunks were lost: among those that do not
 * match, and between what could be read from the one end and from the other.
 */
function copyChunks(from: Db, to: Db, version: number): Salvage['gap'] {
  const startOf = (id: number): number => startOfChunk(version < FIRST_BY_MINUTE ? idByMinute(id) : id);
  const insert = inserter(to, 'chunks');
  const lost: number[] = [];
  const pass = (order: string): { isWhole: boolean; reachedMs: number | undefined } => {
    let reachedMs: number | undefined;
    const isWhole = takeReadable(from, 'chunks', order, (row) => {
      reachedMs = startOf(Number(row['id']));
      if (isIntact(row as ChunkRow)) insert(row);
      else lost.push(reachedMs);
    });
    return { isWhole, reachedMs };
  };
  const oldest = pass('id');
  if (!oldest.isWhole) lost.push(...[oldest.reachedMs, pass('id DESC').reachedMs].filter((ms) => ms !== undefined));
  return lost.length === 0 ? undefined : { fromMs: Math.min(...lost), toMs: Math.max(...lost) };
}

/** Makes journal numbers continue after all that groups have sealed, so that no new entry is taken for a sealed one. */
function settle(to: Db): number {
  to.exec(
    "INSERT OR IGNORE INTO journal (id, data) SELECT max(ifnull((SELECT max(id) FROM journal), 0), ifnull((SELECT max(folded) FROM groups), 0)) + 1, x''",
  );
  to.exec("UPDATE totals SET count = (SELECT ifnull(sum(samples), 0) FROM chunks) WHERE name = 'samples'");
  to.exec("UPDATE totals SET count = (SELECT count(*) FROM positions) WHERE name = 'positions'");
  return to.prepare<[], number>("SELECT count FROM totals WHERE name = 'samples'").pluck().get() ?? 0;
}

/**
 * Brings what can be read of a damaged cache into a new, empty one. Works on a copy beside it: even opening for reading
 * would alter what is kept as evidence. Undefined where the dictionary of series cannot be read; then nothing was
 * brought over. `open` makes the new cache in the schema of the given version.
 */
export function salvageTelemetry(file: string, open: (version: number) => Db): Salvage | undefined {
  let to: Db | undefined;
  const folder = mkdtempSync(join(dirname(file), 'salvage-'));
  try {
    const copy = join(folder, 'telemetry.db');
    for (const suffix of ['', '-wal'])
      if (statSync(file + suffix, { throwIfNoEntry: false })?.isFile() === true)
        copyFileSync(file + suffix, copy + suffix);
    const from = new Database(copy);
    // SQLite refuses a file that is shorter than its header says, but not in the mode that its own recovery uses.
    from.unsafeMode(true);
    from.pragma('writable_schema = ON');
    const version = Number(from.pragma('user_version', { simple: true }));
    const into = open(version);
    to = into;
    return into.transaction((): Salvage => {
      for (const [table, order] of dictionary)
        if (!copyTable(from, into, table, order)) throw new Error(`${table} cannot be read`);
      for (const [table, order] of contents) copyTable(from, into, table, order);
      for (const [since, table, order] of laterContents) if (version >= since) copyTable(from, into, table, order);
      const gap = copyChunks(from, into, version);
      from.close();
      return { samples: settle(into), gap };
    })();
  } catch {
    return undefined;
  } finally {
    to?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
