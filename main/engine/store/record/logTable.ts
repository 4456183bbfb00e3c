import { epochOf, logEntrySchema, workstationOf } from '../../../../shared/record/logEntry.ts';
import type { Head, LogEntry } from '../../../../shared/record/logEntry.ts';
import type { Person } from '../../../../shared/people/person.ts';
import type { RecordEvent } from '../../../../shared/record/recordEvent.ts';
import type { Db } from '../openDatabase.ts';
import { canonicalJson } from './recordHash.ts';

type Row = {
  arrival: number;
  sequence: string;
  seq: number;
  at: number;
  clock: number | null;
  tick: number;
  author: string;
  seen: string;
  event: string;
  hash: string;
  signature: string;
};
/** An entry and its number in the order in which entries arrived in this file. */
export type Arrived = { arrival: number; entry: LogEntry };

const COLUMNS = 'arrival, sequence, seq, at, clock, tick, author, seen, event, hash, signature';

/** The hash chain vouches for the text, so its shape is not checked again. */
function toArrived({ arrival, sequence, seq, at, clock, tick, author, seen, event, hash, signature }: Row): Arrived {
  return {
    arrival,
    entry: {
      sequence,
      seq,
      atMs: at,
      ...(clock !== null && { clockMs: clock }),
      tick,
      author: JSON.parse(author) as Person,
      seen: JSON.parse(seen) as Record<string, number>,
      event: JSON.parse(event) as RecordEvent,
      hash,
      signature,
    },
  };
}

/** Returns a function that adds an entry; use it within one transaction. */
export function entryWriter(db: Db): (entry: LogEntry) => void {
  const insert = db.prepare(
    'INSERT INTO log (sequence, seq, at, clock, tick, author, seen, event, hash, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  return ({ sequence, seq, atMs, clockMs = null, tick, author, seen, event, hash, signature }) => {
    insert.run(
      sequence,
      seq,
      atMs,
      clockMs,
      tick,
      canonicalJson(author),
      canonicalJson(seen),
      canonicalJson(event),
      hash,
      signature,
    );
  };
}

/** All entries of one file in the order of their arrival, as they are read. */
export function* readLog(db: Db): Generator<LogEntry> {
  for (const row of db.prepare<[], Row>(`SELECT ${COLUMNS} FROM log ORDER BY arrival`).iterate())
    yield toArrived(row).entry;
}

export function readArrived(db: Db, fromArrival: number, limit: number): Arrived[] {
  return db
    .prepare<[number, number], Row>(`SELECT ${COLUMNS} FROM log WHERE arrival >= ? ORDER BY arrival LIMIT ?`)
    .all(fromArrival, limit)
    .map(toArrived);
}

/** The entries that arrived last, the oldest of them first. */
export function readNewest(db: Db, limit: number): LogEntry[] {
  return db
    .prepare<[number], Row>(`SELECT ${COLUMNS} FROM log ORDER BY arrival DESC LIMIT ?`)
    .all(limit)
    .reverse()
    .map((row) => toArrived(row).entry);
}

/** Entries of one sequence from a number on. */
export function readSequence(db: Db, sequence: string, fromSeq: number, limit: number): LogEntry[] {
  return db
    .prepare<[string, number, number], Row>(
      `SELECT ${COLUMNS} FROM log WHERE sequence = ? AND seq >= ? ORDER BY seq LIMIT ?`,
    )
    .all(sequence, fromSeq, limit)
    .map((row) => toArrived(row).entry);
}

/** The row as an entry, or nothing where it is none: a damaged page may yield anything. */
function whole(row: Row): Arrived[] {
  try {
    const { arrival, entry } = toArrived(row);
    return [{ arrival, entry: logEntrySchema.parse(entry) }];
  } catch {
    return [];
  }
}

/**
 * Reads what a damaged file still gives: entries from one end until the first page that cannot be read. Rows that are
 * not entries are left out.
 */
export function readWhilePossible(db: Db, direction: 'ASC' | 'DESC'): Arrived[] {
  const arrived: Arrived[] = [];
  try {
    for (const row of db.prepare<[], Row>(`SELECT ${COLUMNS} FROM log ORDER BY arrival ${direction}`).iterate())
      arrived.push(...whole(row));
  } catch {
    // The rest is not readable; return what was read so far.
  }
  return arrived;
}

/** Where each sequence of a file ends. */
export function readHeads(db: Db): [string, Head][] {
  const rows = db
    .prepare<[], { sequence: string; seq: number; hash: string }>(
      'SELECT sequence, MAX(seq) AS seq, hash FROM log GROUP BY sequence',
    )
    .all();
  return rows.map(({ sequence, seq, hash }) => [sequence, { seq, hash }]);
}

/** The newest stamp of one sequence, or of others if not later than `latestMs`; zero where there is none. */
export function readClock(db: Db, sequence: string, latestMs: number): { atMs: number; tick: number } {
  const row = db
    .prepare<[string, number], { at: number; tick: number }>(
      'SELECT ifnull(clock, at) AS at, tick FROM log WHERE sequence = ? OR ifnull(clock, at) <= ? ORDER BY 1 DESC, 2 DESC LIMIT 1',
    )
    .get(sequence, latestMs);
  return { atMs: row?.at ?? 0, tick: row?.tick ?? 0 };
}

/** The epoch that a workstation has reached in these sequences; 0 where it has none. */
export function epochReached(sequences: Iterable<string>, workstation: string): number {
  return [...sequences].reduce(
    (epoch, sequence) => (workstationOf(sequence) === workstation ? Math.max(epoch, epochOf(sequence)) : epoch),
    0,
  );
}
