import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { beaconPerson } from '../../../../shared/people/person.ts';
import type { Person } from '../../../../shared/people/person.ts';
import type { Head, LogEntry } from '../../../../shared/record/logEntry.ts';
import { entryId } from '../../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../../shared/record/recordEvent.ts';
import { findDamage, isContentUnusable } from '../damage.ts';
import { LogChain } from './LogChain.ts';
import {
  entryWriter,
  epochReached,
  readArrived,
  readClock,
  readHeads,
  readLog,
  readNewest,
  readSequence,
  readWhilePossible,
} from './logTable.ts';
import { readOldRecord } from './oldRecord.ts';
import { openDatabase } from '../openDatabase.ts';
import type { Db } from '../openDatabase.ts';
import { canonicalJson, hashOfEntry, signHash } from './recordHash.ts';
import { StoreError, toStoreError } from '../StoreError.ts';
import type { LogPage, Merged, StoreNotice } from '../store.ts';
import first from '../migrations/record/0001_record.sql?raw';
import second from '../migrations/record/0002_log.sql?raw';

/** `seen`: how far its author had each sequence; absent: as far as it is here. */
export type NewEntry = {
  atMs: number;
  author: Person;
  event: RecordEvent;
  seen?: Readonly<Record<string, number>> | undefined;
};
/** Whose sequence is written here; the key is PEM. */
export type Signer = { id: string; privateKey: string };
/** Appended entries, and notices of what happened on the way. */
type Appended = { entries: LogEntry[]; notices: StoreNotice[] };

const recordMigrations = [first, second];

/** An event as it will be read again; halves of characters, which nothing can show, are replaced. */
const wellFormed = (event: RecordEvent): RecordEvent =>
  JSON.parse(canonicalJson(event), (_, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed() : part,
  ) as RecordEvent;

/** `record.db`, `record-2.db`, `record-3.db` … */
const numbered = (file: string, number: number): string =>
  number === 1 ? file : file.replace(/(\.db)?$/, `-${number}$1`);

/** The files of a record that are there, oldest first. */
export function recordFiles(firstFile: string): string[] {
  const files: string[] = [];
  for (let number = 1; number === 1 || existsSync(numbered(firstFile, number)); number++)
    if (existsSync(numbered(firstFile, number))) files.push(numbered(firstFile, number));
  return files;
}

/**
 * All that can be read of a damaged file, in the order of arrival. Works on a copy: even opening for reading would
 * alter what is kept as evidence.
 */
export function salvage(file: string): LogEntry[] {
  const folder = mkdtempSync(join(tmpdir(), 'beacon-record-'));
  try {
    const copy = join(folder, 'record.db');
    for (const suffix of ['', '-wal'])
      if (statSync(file + suffix, { throwIfNoEntry: false })?.isFile()) copyFileSync(file + suffix, copy + suffix);
    const db = new Database(copy);
    // SQLite refuses a file that is shorter than its header says, but not in the mode that its own recovery uses.
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    const byArrival = new Map(
      [...readWhilePossible(db, 'DESC'), ...readWhilePossible(db, 'ASC')].map(({ arrival, entry }) => [arrival, entry]),
    );
    db.close();
    return [...byArrival].sort(([a], [b]) => a - b).map(([, entry]) => entry);
  } catch {
    return [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The record of what people did: the sequences of all workstations, append-only and hash-chained, of which this
 * workstation writes and signs its own. A damaged file is never written again nor removed: the record goes on in the
 * next numbered file with a new epoch, whose first entry names the damaged one and what it follows. Synchronous; lives
 * in a worker thread.
 */
export class RecordFile {
  readonly #firstFile: string;
  readonly #workstation: string;
  readonly #key: KeyObject;
  #file: string;
  #db: Db | undefined;
  #sequence = '';
  #chain = new LogChain();
  /** What could be read of damaged predecessors. */
  #earlier: LogEntry[] = [];

  constructor(file: string, signer: Signer) {
    this.#firstFile = file;
    this.#file = file;
    this.#workstation = signer.id;
    this.#key = createPrivateKey(signer.privateKey);
  }

  /**
   * Opens the newest file, or makes the first. Throws a StoreError where it cannot be written or is of a newer version.
   */
  open(nowMs: number): StoreNotice[] {
    let number = 1;
    while (existsSync(numbered(this.#firstFile, number + 1))) number++;
    for (let earlier = 1; earlier < number; earlier++)
      this.#earlier.push(...salvage(numbered(this.#firstFile, earlier)));
    this.#file = numbered(this.#firstFile, number);
    const wasThere = existsSync(this.#file);
    try {
      this.#openWhole(wasThere, nowMs);
    } catch (error) {
      const problem = toStoreError(error);
      if (!isContentUnusable(problem)) throw problem;
      return [this.#continueInNewFile(problem.message, nowMs)];
    }
    this.#takeOver();
    const broken = this.firstBreak();
    return broken === undefined
      ? []
      : [
          {
            level: 'error',
            text: `The operators' record does not hold together at entry ${broken}: it was altered or damaged there. It is kept as it is.`,
          },
        ];
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

  /**
   * Takes what other workstations wrote, as far as it follows from what is here and is signed with their keys (`keys`:
   * PEM by workstation). Entries that are here already are passed over; durable when it returns.
   */
  merge(entries: readonly LogEntry[], keys: Readonly<Record<string, string>>, nowMs: number): Merged {
    const { accepted, refused, missing } = this.#chain.judge(entries, keys);
    if (accepted.length > 0) {
      const db = this.#opened();
      const write = entryWriter(db);
      db.transaction(() => {
        for (const entry of accepted) write(entry);
      }).immediate();
      // The chain moves only after the commit: a transaction that failed must not move it.
      for (const entry of accepted) this.#chain.follow(entry, nowMs);
    }
    return { accepted, refused, missing };
  }

  /**
   * Entries in the order of arrival, from the given number on (0: all), through all files as far as they can be read.
   */
  entries(fromArrival: number, limit: number): LogPage {
    const earlier = this.#earlier.slice(fromArrival, fromArrival + limit);
    const rows = readArrived(this.#opened(), Math.max(0, fromArrival - this.#earlier.length), limit - earlier.length);
    const last = rows.at(-1);
    const next = last === undefined ? fromArrival + earlier.length : this.#earlier.length + last.arrival + 1;
    return { entries: [...earlier, ...rows.map(({ entry }) => entry)], next };
  }

  /** Entries of one sequence from a number on, in order. */
  sequence(sequence: string, fromSeq: number, limit: number): LogEntry[] {
    const earlier = this.#earlier
      .filter((entry) => entry.sequence === sequence && entry.seq >= fromSeq)
      .sort((a, b) => a.seq - b.seq)
      .slice(0, limit);
    return [
      ...earlier,
      ...readSequence(
        this.#opened(),
        sequence,
        Math.max(fromSeq, (earlier.at(-1)?.seq ?? 0) + 1),
        limit - earlier.length,
      ),
    ];
  }

  /** The entries that arrived last, the oldest of them first. */
  newest(limit: number): LogEntry[] {
    const rows = readNewest(this.#opened(), limit);
    const missing = limit - rows.length;
    return [...(missing > 0 ? this.#earlier.slice(-missing) : []), ...rows];
  }

  /** Where each sequence ends; `own` is the name of this workstation's sequence. */
  heads(): { own: string; heads: Record<string, Head> } {
    return { own: this.#sequence, heads: this.#chain.heads() };
  }

  /**
   * Begins a new epoch of this workstation's sequence. It is needed when numbers of the old epoch may have been given
   * to other entries elsewhere, too.
   */
  beginEpoch(reason: string, nowMs: number, leastEpoch = 0): LogEntry {
    const follows = Object.entries(this.#chain.heads()).map(([sequence, head]) => ({ sequence, ...head }));
    this.#sequence = `${this.#workstation}.${Math.max(leastEpoch, epochReached(this.#chain.sequences(), this.#workstation) + 1)}`;
    const [begun] = this.#write([{ atMs: nowMs, author: beaconPerson, event: { kind: 'log.begun', reason, follows } }]);
    if (begun === undefined) throw new StoreError('failed', 'a new epoch could not be begun');
    return begun;
  }

  /** The id of the first entry whose hash or number does not follow from its predecessor. */
  firstBreak(): string | undefined {
    const chain = new LogChain();
    for (const source of [this.#earlier, readLog(this.#opened())]) {
      for (const entry of source) {
        if (!chain.fits(entry)) return entryId(entry);
        chain.follow(entry, Number.POSITIVE_INFINITY);
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

  #openWhole(wasThere: boolean, nowMs: number): void {
    // SQLite takes an empty file for a new database and drops its write-ahead journal: a record that was there and is
    // empty has been damaged.
    if (wasThere && statSync(this.#file).size === 0) throw new StoreError('damaged', 'the file is empty');
    if (wasThere && !statSync(this.#file).isFile()) throw new StoreError('damaged', 'it is not a file');
    const db = openDatabase(this.#file, recordMigrations, 'durable');
    this.#db = db;
    const damage = findDamage(db);
    if (damage !== undefined) throw new StoreError('damaged', damage);
    this.#chain = new LogChain();
    for (const entry of this.#earlier) this.#chain.follow(entry, Number.POSITIVE_INFINITY);
    this.#chain.goOn(readHeads(db));
    this.#sequence = `${this.#workstation}.${Math.max(1, epochReached(this.#chain.sequences(), this.#workstation))}`;
    this.#chain.goOn([], readClock(db, this.#sequence, nowMs));
  }

  /**
   * Makes a record from before there were sequences the beginning of this workstation's sequence, once. The old entries
   * also stay in their table.
   */
  #takeOver(): void {
    if (this.#chain.heads()[this.#sequence] !== undefined) return;
    const old = readOldRecord(this.#opened());
    if (old.entries.length === 0) return;
    const atMs = old.entries.at(-1)?.atMs ?? 0;
    const note: NewEntry = {
      atMs,
      author: beaconPerson,
      event: {
        kind: 'system.noted',
        text: `${old.entries.length} entries of the record as it was kept before were taken over; their chain ended with hash ${old.hash}.`,
      },
    };
    this.#write([...old.entries, note]);
  }

  #write(news: readonly NewEntry[]): LogEntry[] {
    const db = this.#opened();
    const write = entryWriter(db);
    // Entries are chained on a copy, because a transaction that failed must not move the chain itself.
    const draft = this.#chain.copy();
    const entries = db
      .transaction(() =>
        news.map(({ atMs, author, event, seen: known }): LogEntry => {
          const saidAtMs = Math.round(atMs);
          const { seen, seq, prevHash, stamp } = draft.next(this.#sequence, saidAtMs, known);
          const body = {
            sequence: this.#sequence,
            seq,
            atMs: saidAtMs,
            ...(stamp.atMs !== saidAtMs && { clockMs: stamp.atMs }),
            tick: stamp.tick,
            author,
            seen,
            event: wellFormed(event),
          };
          const hash = hashOfEntry(body, prevHash);
          const entry = { ...body, hash, signature: signHash(hash, this.#key) };
          write(entry);
          draft.follow(entry, Number.POSITIVE_INFINITY);
          return entry;
        }),
      )
      .immediate();
    this.#chain = draft;
    return entries;
  }

  /** Leaves the damaged file as it is and goes on in the next one. */
  #continueInNewFile(problem: string, nowMs: number): StoreNotice {
    const damaged = this.#file;
    this.close();
    this.#earlier.push(...salvage(damaged));
    this.#chain = new LogChain();
    for (const entry of this.#earlier) this.#chain.follow(entry, Number.POSITIVE_INFINITY);
    let number = 2;
    while (existsSync(numbered(this.#firstFile, number))) number++;
    this.#file = numbered(this.#firstFile, number);
    this.#db = openDatabase(this.#file, recordMigrations, 'durable');
    const last = this.#earlier.at(-1);
    const lastGood =
      last === undefined
        ? 'nothing of it can be read'
        : `its last readable entry is ${entryId(last)} with hash ${last.hash}`;
    // Other workstations may have read entries that cannot be read here any more, so their numbers must not be used
    // again.
    this.beginEpoch(`The record goes on here: ${basename(damaged)} is damaged (${problem}); ${lastGood}.`, nowMs);
    return {
      level: 'error',
      text: `The operators' record ${damaged} is damaged (${problem}). It is kept as it is, ${lastGood}, and the record goes on in ${this.#file}.`,
    };
  }

  #opened(): Db {
    if (this.#db === undefined) throw new StoreError('closed', 'The record is closed.');
    return this.#db;
  }
}
