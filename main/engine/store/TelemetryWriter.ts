import { statSync } from 'node:fs';
import { commitBatch } from './commitBatch.ts';
import { findDamage, isContentUnusable, setAside } from './damage.ts';
import { openDatabase } from './openDatabase.ts';
import type { Db } from './openDatabase.ts';
import { StoreError, toStoreError } from './StoreError.ts';
import { sweepStep } from './sweep.ts';
import type { SweepCursor, SweepStep } from './sweep.ts';
import { readSeries } from './readTelemetry.ts';
import type { CommitResult, Retention, SeriesRow, StoreNotice, TelemetryBatch } from './store.ts';
import first from './migrations/telemetry/0001_telemetry.sql?raw';
import second from './migrations/telemetry/0002_reports.sql?raw';

const telemetryMigrations = [first, second];

const SWEEP_STEP_MS = 15;

/** `needsCheck`: too large to be read through at opening. */
type OpenedCache = { isNew: boolean; needsCheck: boolean; notices: StoreNotice[] };

/** The telemetry cache's one writing connection. Synchronous; lives in a worker thread. */
export class TelemetryWriter {
  readonly #file: string;
  readonly #retention: Retention;
  readonly #checkAtOnceBytes: number;
  #db: Db | undefined;
  /** What the file must know, so that a new file that takes its place can be told the numbers already given. */
  readonly #series = new Map<number, SeriesRow>();

  constructor(file: string, retention: Retention, checkAtOnceBytes: number) {
    this.#file = file;
    this.#retention = retention;
    this.#checkAtOnceBytes = checkAtOnceBytes;
  }

  /** Opens or makes the file; a damaged one is set aside. Throws a StoreError where it can be neither. */
  open(nowMs: number): OpenedCache {
    const sizeBefore = statSync(this.#file, { throwIfNoEntry: false })?.size;
    try {
      const needsCheck = this.#openWhole();
      const notices: StoreNotice[] = sizeBefore === 0 ? [{ level: 'warning', text: `The telemetry cache ${this.#file} was empty and was begun anew.` }] : [];
      return { isNew: sizeBefore === undefined || sizeBefore === 0, needsCheck, notices };
    } catch (error) {
      const problem = toStoreError(error);
      if (!isContentUnusable(problem) && !this.#isNoFile()) throw problem;
      return { isNew: true, needsCheck: false, notices: [this.replace(problem.message, nowMs)] };
    }
  }

  /** Sets the damaged file aside and begins a new one that knows the same series. */
  replace(problem: string, nowMs: number): StoreNotice {
    this.close();
    const keptAs = setAside(this.#file, nowMs);
    this.#db = openDatabase(this.#file, telemetryMigrations, 'fast');
    this.#writeKnownSeries();
    return { level: 'error', text: `The telemetry cache was damaged (${problem}). It was set aside as ${keptAs}, and a new one was begun: charts lack what is only in the old file.` };
  }

  series(): SeriesRow[] {
    return [...this.#series.values()];
  }

  commit(batch: TelemetryBatch): CommitResult {
    const startedAtMs = performance.now();
    const tally = commitBatch(this.#opened(), batch, this.#retention.deadLetterCount);
    for (const row of batch.newSeries) this.#series.set(row.id, row);
    return { ...tally, commitMs: performance.now() - startedAtMs };
  }

  sweep(cursor: SweepCursor, nowMs: number): SweepStep {
    const endMs = performance.now() + SWEEP_STEP_MS;
    return sweepStep(this.#opened(), cursor, nowMs, this.#retention, () => performance.now() >= endMs);
  }

  close(): void {
    try {
      this.#db?.close();
    } finally {
      this.#db = undefined;
    }
  }

  /** Returns whether the check of the pages is still to be done. */
  #openWhole(): boolean {
    const db = openDatabase(this.#file, telemetryMigrations, 'fast');
    this.#db = db;
    const needsCheck = statSync(this.#file).size > this.#checkAtOnceBytes;
    const damage = needsCheck ? undefined : findDamage(db);
    if (damage !== undefined) throw new StoreError('damaged', damage);
    for (const row of readSeries(db)) this.#series.set(row.id, row);
    return needsCheck;
  }

  #isNoFile(): boolean {
    return statSync(this.#file, { throwIfNoEntry: false })?.isFile() === false;
  }

  #writeKnownSeries(): void {
    const nothing = { count: 0, seriesId: new Uint32Array(), atMs: new Float64Array(), value: new Float64Array(), quality: new Uint8Array(), feed: new Uint8Array() };
    commitBatch(this.#opened(), { newSeries: this.series(), samples: nothing, positions: [], flags: [], reports: [], deadLetters: [] }, this.#retention.deadLetterCount);
  }

  #opened(): Db {
    if (this.#db === undefined) throw new StoreError('closed', 'The telemetry cache is closed.');
    return this.#db;
  }
}
