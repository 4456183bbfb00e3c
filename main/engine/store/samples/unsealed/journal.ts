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

/** The samples of an entry. */
export function decodeEntry(data: Uint8Array): JournalColumns {
  const count = Math.floor(data.length / BYTES_A_ROW);
  const columns = makeJournalColumns(count);
  columns.count = count;
  bytesOf(columns.series, count * 4).set(data.subarray(0, count * 4));
  bytesOf(columns.atMs, count * 8).set(data.subarray(count * 4, count * 12));
  bytesOf(columns.value, count * 8).set(data.subarray(count * 12, count * 20));
  columns.quality.set(data.subarray(count * 20));
  return columns;
}

/** All entries after the given one, in the order of their commits. */
export function* readEntries(db: Db, afterId: number): Generator<{ id: number; columns: JournalColumns }> {
  for (const { id, data } of db
    .prepare<[number], { id: number; data: Uint8Array }>('SELECT id, data FROM journal WHERE id > ? ORDER BY id')
    .iterate(afterId))
    yield { id, columns: decodeEntry(data) };
}

/** The number that was given last; 0 where none was. */
export const newestEntry = (db: Db): number =>
  db.prepare<[], number>('SELECT ifnull(max(id), 0) FROM journal').pluck().get() ?? 0;
