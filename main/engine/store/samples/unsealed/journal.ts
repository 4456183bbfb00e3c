import type { Db } from '../../openDatabase.ts';

/** Changed samples as columns: what a journal entry holds. */
export type JournalColumns = {
  count: number;
  series: Uint32Array;
  atMs: Float64Array;
  value: Float64Array;
  quality: Uint8Array;
};

const BYTES_A_ROW = 4 + 8 + 8 + 1;

export function makeJournalColumns(capacity: number): JournalColumns {
  return {
    count: 0,
    series: new Uint32Array(capacity),
    atMs: new Float64Array(capacity),
    value: new Float64Array(capacity),
    quality: new Uint8Array(capacity),
  };
}

const bytesOf = ({ buffer, byteOffset }: Uint32Array | Float64Array | Uint8Array, length: number): Uint8Array =>
  new Uint8Array(buffer, byteOffset, length);

/** Appends an entry; returns its number. */
export function appendEntry(db: Db, { count, series, atMs, value, quality }: JournalColumns): number {
  const data = Buffer.allocUnsafe(count * BYTES_A_ROW);
  data.set(bytesOf(series, count * 4), 0);
  data.set(bytesOf(atMs, count * 8), count * 4);
  data.set(bytesOf(value, count * 8), count * 12);
  data.set(bytesOf(quality, count), count * 20);
  return Number(db.prepare<[Buffer]>('INSERT INTO journal (data) VALUES (?)').run(data).lastInsertRowid);
}

function decode(data: Uint8Array): JournalColumns {
  const count = Math.floor(data.length / BYTES_A_ROW);
  const columns = makeJournalColumns(count);
  columns.count = count;
  bytesOf(columns.series, count * 4).set(data.subarray(0, count * 4));
  bytesOf(columns.atMs, count * 8).set(data.subarray(count * 4, count * 12));
  bytesOf(columns.value, count * 8).set(data.subarray(count * 12, count * 20));
  columns.quality.set(data.subarray(count * 20));
  return columns;
}

/** All entries, in the order of their commits. */
export function* readEntries(db: Db): Generator<{ id: number; columns: JournalColumns }> {
  for (const { id, data } of db
    .prepare<[], { id: number; data: Uint8Array }>('SELECT id, data FROM journal ORDER BY id')
    .iterate())
    yield { id, columns: decode(data) };
}

/**
 * Deletes up to `limit` entries before the given one, the oldest first. Of the newest entry the number stays, that none
 * is given twice. Returns how many.
 */
export function trimJournal(db: Db, beforeId: number, limit: number): number {
  db.prepare("UPDATE journal SET data = x'' WHERE id = (SELECT max(id) FROM journal) AND id < ? AND data <> x''").run(
    beforeId,
  );
  return db
    .prepare(
      'DELETE FROM journal WHERE id IN (SELECT id FROM journal WHERE id < ? AND id < (SELECT max(id) FROM journal) ORDER BY id LIMIT ?)',
    )
    .run(beforeId, limit).changes;
}
