import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import type { RecordEntry, RecordEvent } from '../../../shared/incidents/incident.ts';
import { findDamage, isContentUnusable } from './damage.ts';
import { openDatabase } from './openDatabase.ts';
import type { Db } from './openDatabase.ts';
import { GENESIS_HASH, canonicalJson, hashOfEntry } from './recordHash.ts';
import { StoreError, toStoreError } from './StoreError.ts';
import type { StoreNotice } from './store.ts';
import first from './migrations/record/0001_record.sql?raw';

export type NewEntry = { atMs: number; actor: string; event: RecordEvent };
/** Appended entries, and what had to be told on the way. */
type Appended = { entries: RecordEntry[]; notices: StoreNotice[] };

type Row = { seq: number; at: number; actor: string; event: string; hash: string };
/** The end of the chain: what the next entry follows. */
type Tip = { seq: number; hash: string };

const recordMigrations = [first];
/** Signs what the record says of itself. */
const RECORD_ACTOR = 'Beacon';

/** The hash chain vouches for the text, so its shape is not checked again. */
const toEntry = ({ seq, at, actor, event, hash }: Row): RecordEntry => ({ seq, atMs: at, actor, event: JSON.parse(event) as RecordEvent, hash });

/** `record.db`, `record-2.db`, `record-3.db` … */
const numbered = (file: string, number: number): string => (number === 1 ? file : file.replace(/(\.db)?$/, `-${number}$1`));

/** The files of a record that are there, oldest first. */
export function recordFiles(firstFile: string): string[] {
  const files: string[] = [];
  for (let number = 1; number === 1 || existsSync(numbered(firstFile, number)); number++) if (existsSync(numbered(firstFile, number))) files.push(numbered(firstFile, number));
  return files;
}

/** All entries of one file, in order, as they are read. */
export function* readEntries(db: Db): Generator<RecordEntry> {
  for (const row of db.prepare<[], Row>('SELECT seq, at, actor, event, hash FROM entries ORDER BY seq').iterate()) yield toEntry(row);
}

function readTip(db: Db): Tip | undefined {
  return db.prepare<[], Tip>('SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1').get();
}

/** Entries from one end until the first that cannot be read. */
function readWhilePossible(db: Db, direction: 'ASC' | 'DESC'): RecordEntry[] {
  const entries: RecordEntry[] = [];
  try {
    for (const row of db.prepare<[], Row>(`SELECT seq, at, actor, event, hash FROM entries ORDER BY seq ${direction}`).iterate()) entries.push(toEntry(row));
  } catch {
    // The rest is not readable: what was read so far is what there is.
  }
  return entries;
}

/** All that can be read of a damaged file, in order. Works on a copy: opening even for reading would alter what is kept as evidence. */
export function salvage(file: string): RecordEntry[] {
  const folder = mkdtempSync(join(tmpdir(), 'beacon-record-'));
  try {
    const copy = join(folder, 'record.db');
    for (const suffix of ['', '-wal']) if (statSync(file + suffix, { throwIfNoEntry: false })?.isFile()) copyFileSync(file + suffix, copy + suffix);
    const db = new Database(copy);
    // SQLite refuses a file that is shorter than its header says, but not in the mode that its own recovery uses.
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    const bySeq = new Map([...readWhilePossible(db, 'DESC'), ...readWhilePossible(db, 'ASC')].map((entry) => [entry.seq, entry]));
    db.close();
    return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  } catch {
    return [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The operators' record: append-only and hash-chained. A damaged file is never written again nor removed: the record goes on in the next
 * numbered file, whose first entry names the damaged one and the hash that it follows. Synchronous; lives in a worker thread.
 */
export class RecordFile {
  readonly #firstFile: string;
  #file: string;
  #db: Db | undefined;
  #tip: Tip = { seq: 0, hash: GENESIS_HASH };
  /** What could be read of damaged predecessors. */
  #earlier: RecordEntry[] = [];

  constructor(file: string) {
    this.#firstFile = file;
    this.#file = file;
  }

  /** Opens the newest file, or makes the first. Throws a StoreError where it cannot be written or is of a newer version. */
  open(nowMs: number): StoreNotice[] {
    let number = 1;
    while (existsSync(numbered(this.#firstFile, number + 1))) number++;
    for (let earlier = 1; earlier < number; earlier++) this.#earlier.push(...salvage(numbered(this.#firstFile, earlier)));
    this.#file = numbered(this.#firstFile, number);
    const wasThere = existsSync(this.#file);
    try {
      this.#openWhole(wasThere);
    } catch (error) {
      const problem = toStoreError(error);
      if (!isContentUnusable(problem)) throw problem;
      return [this.#continueInNewFile(problem.message, nowMs)];
    }
    const breakAt = this.firstBreak();
    return breakAt === undefined ? [] : [{ level: 'error', text: `The operators' record does not hold together at entry ${breakAt}: it was altered or damaged there. It is kept as it is.` }];
  }

  /** Durable when it returns: one transaction for all of them, flushed to the disk. */
  append(news: readonly NewEntry[], nowMs: number): Appended {
    try {
      return { entries: this.#write(news), notices: [] };
    } catch (error) {
      const problem = toStoreError(error);
      if (problem.code !== 'damaged') throw problem;
      const notice = this.#continueInNewFile(problem.message, nowMs);
      return { entries: this.#write(news), notices: [notice] };
    }
  }

  /** In order of `seq`, from the given one on, through all files as far as they can be read. */
  entries(fromSeq: number, limit: number): RecordEntry[] {
    const earlier = this.#earlier.filter((entry) => entry.seq >= fromSeq).slice(0, limit);
    const rows = this.#opened().prepare<[number, number], Row>('SELECT seq, at, actor, event, hash FROM entries WHERE seq >= ? ORDER BY seq LIMIT ?').all(fromSeq, limit - earlier.length);
    return [...earlier, ...rows.map(toEntry)];
  }

  /** The last ones, oldest of them first. */
  newest(limit: number): RecordEntry[] {
    const rows = this.#opened().prepare<[number], Row>('SELECT seq, at, actor, event, hash FROM entries ORDER BY seq DESC LIMIT ?').all(limit);
    const missing = limit - rows.length;
    return [...(missing > 0 ? this.#earlier.slice(-missing) : []), ...rows.reverse().map(toEntry)];
  }

  /** The `seq` of the first entry whose hash or number does not follow from its predecessor. */
  firstBreak(): number | undefined {
    let tip: Tip = { seq: 0, hash: GENESIS_HASH };
    for (const source of [this.#earlier, readEntries(this.#opened())]) {
      for (const entry of source) {
        if (entry.seq !== tip.seq + 1 || entry.hash !== hashOfEntry(entry, tip.hash)) return entry.seq;
        tip = entry;
      }
    }
    return undefined;
  }

  close(): void {
    try {
      this.#db?.close();
    } finally {
      this.#db = undefined;
    }
  }

  #openWhole(wasThere: boolean): void {
    // SQLite takes an empty file for a new database and drops its log: a record that was there and is empty has been damaged.
    if (wasThere && statSync(this.#file).size === 0) throw new StoreError('damaged', 'the file is empty');
    if (wasThere && !statSync(this.#file).isFile()) throw new StoreError('damaged', 'it is not a file');
    const db = openDatabase(this.#file, recordMigrations, 'durable');
    this.#db = db;
    const damage = findDamage(db);
    if (damage !== undefined) throw new StoreError('damaged', damage);
    this.#tip = readTip(db) ?? this.#earlier.at(-1) ?? this.#tip;
  }

  #write(news: readonly NewEntry[]): RecordEntry[] {
    const db = this.#opened();
    const insert = db.prepare('INSERT INTO entries (seq, at, actor, event, hash) VALUES (?, ?, ?, ?, ?)');
    let tip = this.#tip;
    const entries = db.transaction(() => news.map(({ atMs, actor, event }): RecordEntry => {
      const text = canonicalJson(event);
      // Hashed as it will be read again.
      const entry = { seq: tip.seq + 1, atMs: Math.round(atMs), actor, event: JSON.parse(text) as RecordEvent };
      const hash = hashOfEntry(entry, tip.hash);
      insert.run(entry.seq, entry.atMs, actor, text, hash);
      tip = { seq: entry.seq, hash };
      return { ...entry, hash };
    })).immediate();
    // Only now: a transaction that failed must not move the chain.
    this.#tip = tip;
    return entries;
  }

  /** Leaves the damaged file as it is and goes on in the next one. */
  #continueInNewFile(problem: string, nowMs: number): StoreNotice {
    const damaged = this.#file;
    this.close();
    this.#earlier.push(...salvage(damaged));
    this.#tip = this.#earlier.at(-1) ?? { seq: 0, hash: GENESIS_HASH };
    let number = 2;
    while (existsSync(numbered(this.#firstFile, number))) number++;
    this.#file = numbered(this.#firstFile, number);
    this.#db = openDatabase(this.#file, recordMigrations, 'durable');
    const lastGood = this.#tip.seq === 0 ? 'nothing of it can be read' : `its last readable entry is ${this.#tip.seq} with hash ${this.#tip.hash}`;
    this.#write([{ atMs: nowMs, actor: RECORD_ACTOR, event: { kind: 'system.noted', text: `The record goes on here: ${basename(damaged)} is damaged (${problem}); ${lastGood}.` } }]);
    return { level: 'error', text: `The operators' record ${damaged} is damaged (${problem}). It is kept as it is, ${lastGood}, and the record goes on in ${this.#file}.` };
  }

  #opened(): Db {
    if (this.#db === undefined) throw new StoreError('closed', 'The record is closed.');
    return this.#db;
  }
}
