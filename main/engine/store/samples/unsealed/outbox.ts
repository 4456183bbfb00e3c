import type { Db } from '../../openDatabase.ts';
import { StoreError } from '../../StoreError.ts';
import type { OutboxEntry, OutboxPage } from '../../store.ts';
import { decodeEntry, newestEntry } from './journal.ts';

type Consumer = { name: string; passed: number; offered: number; has_lost: number };

/** One page carries at most so many bytes, and at least one entry: it is read between two commits. */
const MOST_PAGE_BYTES = 4_000_000;

const readConsumers = (db: Db): Consumer[] =>
  db.prepare<[], Consumer>('SELECT name, passed, offered, has_lost FROM consumers').all();

/**
 * Runs a transaction that is on the disk when it returns, and with it all that was committed before. After a loss of
 * power, an entry that a consumer was given must not be gone and its number given to another entry.
 */
function durably<T>(db: Db, work: () => T): T {
  db.pragma('synchronous = FULL');
  try {
    return db.transaction(work).immediate();
  } finally {
    db.pragma('synchronous = NORMAL');
  }
}

function findConsumer(db: Db, name: string): Consumer {
  const consumer = readConsumers(db).find((each) => each.name === name);
  if (consumer === undefined) throw new StoreError('failed', `The journal has no consumer ${name}: register it first.`);
  return consumer;
}

/**
 * Registers a consumer: from now on entries stay until it has passed them. It begins with the oldest entry that is
 * there.
 */
export function registerConsumer(db: Db, name: string): void {
  durably(db, () => {
    if (readConsumers(db).some((each) => each.name === name)) return;
    const oldest = db.prepare<[], number>("SELECT min(id) FROM journal WHERE data <> x''").pluck().get();
    const passed = typeof oldest === 'number' ? oldest - 1 : newestEntry(db);
    db.prepare('INSERT INTO consumers (name, passed, offered, has_lost) VALUES (?, ?, ?, 0)').run(name, passed, passed);
  });
}

/** Removes a consumer: no entry is kept for it any more. */
export function removeConsumer(db: Db, name: string): void {
  durably(db, () => {
    db.prepare('DELETE FROM consumers WHERE name = ?').run(name);
    if (readConsumers(db).length === 0) db.exec('UPDATE kept_entries SET sealed = 0, bytes = 0');
  });
}

/** Entries that follow each other without a hole, from the first one that is there after `passed`. */
function readRun(db: Db, passed: number, limit: number): OutboxEntry[] {
  const rows = db
    .prepare<[number, number], { id: number; data: Uint8Array }>(
      "SELECT id, data FROM journal WHERE id > ? AND data <> x'' ORDER BY id LIMIT ?",
    )
    .iterate(passed, limit);
  const entries: OutboxEntry[] = [];
  let bytes = 0;
  for (const { id, data } of rows) {
    const before = entries.at(-1)?.entry;
    if (before !== undefined && (id !== before + 1 || bytes + data.length > MOST_PAGE_BYTES)) break;
    bytes += data.length;
    entries.push({ entry: id, ...decodeEntry(data) });
  }
  return entries;
}

/**
 * The next entries of a consumer, the same ones until it advances. Numbers have no holes, so what is missing before the
 * first entry is lost to the consumer: it lagged too far, or the file was damaged.
 */
export function readOutbox(db: Db, name: string, limit: number): OutboxPage {
  const { passed, offered } = findConsumer(db, name);
  const entries = readRun(db, passed, limit);
  const next = entries[0]?.entry ?? newestEntry(db) + 1;
  const last = entries.at(-1)?.entry ?? 0;
  if (last > offered) durably(db, () => db.prepare('UPDATE consumers SET offered = ? WHERE name = ?').run(last, name));
  return { entries, ...(next > passed + 1 && { lost: { fromEntry: passed + 1, toEntry: next - 1 } }) };
}

/**
 * Marks entries up to the given one as passed by the consumer, which has stored them or has noted that it lost them.
 */
export function advanceConsumer(db: Db, name: string, entry: number): void {
  const { passed } = findConsumer(db, name);
  const newest = newestEntry(db);
  if (!Number.isSafeInteger(entry) || entry > newest)
    throw new StoreError('failed', `The consumer ${name} cannot pass entry ${entry}: the newest is ${newest}.`);
  durably(db, () =>
    db.prepare('UPDATE consumers SET passed = ?, has_lost = 0 WHERE name = ?').run(Math.max(passed, entry), name),
  );
}

/** Counts entries that have become sealed; some at a time. Returns the last one counted. */
function countSealed(db: Db, sealed: number, firstUnsealed: number, limit: number): number {
  const { last, bytes } = db
    .prepare<[number, number, number], { last: number | null; bytes: number }>(
      `SELECT max(id) AS last, ifnull(sum(size), 0) AS bytes FROM
         (SELECT id, length(data) AS size FROM journal WHERE id > ? AND id < ? ORDER BY id LIMIT ?)`,
    )
    .get(sealed, firstUnsealed, limit) ?? { last: null, bytes: 0 };
  if (last === null) return sealed;
  db.prepare('UPDATE kept_entries SET sealed = ?, bytes = bytes + ?').run(last, bytes);
  return last;
}

/**
 * Drops the consumers that are farthest behind when more is kept for consumers than `mostBytes`. Returns those that
 * lost their places.
 */
function dropLaggards(db: Db, sealed: number, mostBytes: number): string[] {
  const bytes = db.prepare<[], number>('SELECT bytes FROM kept_entries').pluck().get() ?? 0;
  if (bytes <= mostBytes) return [];
  const holding = readConsumers(db).filter(({ passed, has_lost }) => has_lost === 0 && passed < sealed);
  const farthest = Math.min(...holding.map(({ passed }) => passed));
  const dropped = holding.filter(({ passed }) => passed === farthest).map(({ name }) => name);
  for (const name of dropped) db.prepare('UPDATE consumers SET has_lost = 1 WHERE name = ?').run(name);
  return dropped;
}

/** How many entries a trim looked at or deleted, and which consumers lost their places in it. */
type Trimmed = { entries: number; dropped: string[] };

/**
 * Deletes up to `limit` entries up to `lastEntry`, but of the newest one only the content, so that its number is never
 * given again.
 */
function deleteEntries(db: Db, lastEntry: number, limit: number): { entries: number; bytes: number } {
  const newest = newestEntry(db);
  let bytes = 0;
  if (newest <= lastEntry) {
    bytes = db.prepare<[number], number>('SELECT length(data) FROM journal WHERE id = ?').pluck().get(newest) ?? 0;
    if (bytes > 0) db.prepare("UPDATE journal SET data = x'' WHERE id = ?").run(newest);
  }
  const sizes = db
    .prepare<[number, number, number], number>(
      'DELETE FROM journal WHERE id IN (SELECT id FROM journal WHERE id <= ? AND id < ? ORDER BY id LIMIT ?) RETURNING length(data)',
    )
    .pluck()
    .all(lastEntry, newest, limit);
  return { entries: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, bytes) };
}

/**
 * Deletes up to `limit` entries, the oldest first, that all groups have sealed (those before `firstUnsealed`) and that
 * every consumer has passed. What is kept for consumers alone is bounded by `mostBytes`.
 */
export function trimJournal(db: Db, firstUnsealed: number, limit: number, mostBytes: number): Trimmed {
  return db
    .transaction((): Trimmed => {
      if (readConsumers(db).length === 0)
        return { entries: deleteEntries(db, firstUnsealed - 1, limit).entries, dropped: [] };
      const before = lastSealedEntry(db);
      const sealed = countSealed(db, before, firstUnsealed, limit);
      const dropped = dropLaggards(db, sealed, mostBytes);
      const passed = readConsumers(db).flatMap((each) => (each.has_lost === 0 ? [each.passed] : []));
      const deleted = deleteEntries(db, Math.min(sealed, ...passed), limit);
      if (deleted.bytes > 0) db.prepare('UPDATE kept_entries SET bytes = bytes - ?').run(deleted.bytes);
      return { entries: Math.max(deleted.entries, sealed - before), dropped };
    })
    .immediate();
}

/** Entries up to this one are sealed and stay for consumers alone: they must not be replayed. */
export const lastSealedEntry = (db: Db): number =>
  db.prepare<[], number>('SELECT sealed FROM kept_entries').pluck().get() ?? 0;
