import { statSync } from 'node:fs';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import type { Run } from './chunks/run.ts';
import { noteBegin, settleChanged } from './changedSums.ts';
import { commitBatch } from './commitBatch.ts';
import { findDamage, isContentUnusable, setAside } from '../damage.ts';
import { openDatabase } from '../openDatabase.ts';
import type { Db } from '../openDatabase.ts';
import { StoreError, toStoreError } from '../StoreError.ts';
import { sweepStep } from './sweep.ts';
import type { SweepCursor, SweepStep } from './sweep.ts';
import { readSeries } from './readTelemetry.ts';
import { findSeries } from './readSamples.ts';
import { salvageTelemetry } from './salvageTelemetry.ts';
import type { Salvage } from './salvageTelemetry.ts';
import { SampleStore } from './SampleStore.ts';
import type { Tally } from './SampleStore.ts';
import { advanceConsumer, readOutbox, registerConsumer, removeConsumer } from './unsealed/outbox.ts';
import type {
  ChangedHours,
  CommitResult,
  OutboxPage,
  Retention,
  RollupColumns,
  SampleColumns,
  SeriesRow,
  StoreNotice,
  TelemetryBatch,
} from '../store.ts';
import first from '../migrations/telemetry/0001_telemetry.sql?raw';
import second from '../migrations/telemetry/0002_reports.sql?raw';
import third from '../migrations/telemetry/0003_units.sql?raw';
import fourth from '../migrations/telemetry/0004_windows.sql?raw';
import fifth from '../migrations/telemetry/0005_outbox.sql?raw';
import sixth from '../migrations/telemetry/0006_changed_sums.sql?raw';

const telemetryMigrations = [first, second, third, fourth, fifth, sixth];

/** What is left to seal: nothing, something that has time, or so much that memory fills. */
export type Tending = 'done' | 'more' | 'pressing';

const SWEEP_STEP_MS = 15;
const DAY_MS = 86_400_000;
/** Series that are looked for, and deleted, in one step: some milliseconds. */
const IDLE_A_STEP = 2000;
/** The share of the file's allowed size up to which consumers of the journal keep entries from being deleted. */
const SHARE_OF_CONSUMERS = 0.25;

/** `needsCheck`: too large to be read through at opening. */
type OpenedCache = { isNew: boolean; needsCheck: boolean; notices: StoreNotice[] };

const minute = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function describe(salvage: Salvage | undefined): string {
  if (salvage === undefined) return 'charts lack what is only in the old file.';
  const { samples, gap } = salvage;
  const lack =
    gap === undefined
      ? 'what was sealed is whole'
      : `charts have gaps between ${minute(gap.fromMs)} and the time that begins at ${minute(gap.toMs)}`;
  return `${samples.toLocaleString('en')} sealed samples were brought over, ${lack}.`;
}

type Opened = { db: Db; samples: SampleStore };

/** The telemetry cache's one writing connection. Synchronous; lives in a worker thread. */
export class TelemetryWriter {
  readonly #file: string;
  readonly #retention: Retention;
  readonly #checkAtOnceBytes: number;
  #open: Opened | undefined;
  readonly #dropped: string[] = [];
  /** The series that the file must know, so that a new file that takes its place keeps the numbers already given. */
  readonly #series = new Map<number, SeriesRow>();

  constructor(file: string, retention: Retention, checkAtOnceBytes: number) {
    this.#file = file;
    this.#retention = retention;
    this.#checkAtOnceBytes = checkAtOnceBytes;
  }

  /** Opens or makes the file; a damaged one is set aside. Throws a StoreError where neither is possible. */
  open(nowMs: number): OpenedCache {
    const sizeBefore = statSync(this.#file, { throwIfNoEntry: false })?.size;
    try {
      const needsCheck = this.#openWhole();
      const notices: StoreNotice[] =
        sizeBefore === 0
          ? [{ level: 'warning', text: `The telemetry cache ${this.#file} was empty and was begun anew.` }]
          : [];
      const isNew = sizeBefore === undefined || sizeBefore === 0;
      if (isNew) noteBegin(this.#opened().db, nowMs);
      return { isNew, needsCheck, notices };
    } catch (error) {
      const problem = toStoreError(error);
      if (!isContentUnusable(problem) && !this.#isNoFile()) throw problem;
      return { isNew: true, needsCheck: false, notices: [this.replace(problem.message, nowMs)] };
    }
  }

  /**
   * Sets the damaged file aside and begins a new one that knows the same series and holds what can be read of the old
   * one.
   */
  replace(problem: string, nowMs: number): StoreNotice {
    this.close();
    const keptAs = setAside(this.#file, nowMs);
    // Content of an older version is copied as it is and migrated afterwards.
    const salvage = salvageTelemetry(keptAs, (version) =>
      openDatabase(this.#file, telemetryMigrations.slice(0, version), 'fast'),
    );
    const db = openDatabase(this.#file, telemetryMigrations, 'fast');
    this.#open = { db, samples: new SampleStore(db) };
    noteBegin(db, nowMs);
    for (const row of readSeries(db)) this.#series.set(row.id, row);
    this.#writeKnownSeries();
    return {
      level: 'error',
      text: `The telemetry cache was damaged (${problem}). It was set aside as ${keptAs}, and a new one was begun: ${describe(salvage)}`,
    };
  }

  series(): SeriesRow[] {
    return [...this.#series.values()];
  }

  commit(batch: TelemetryBatch, nowMs: number): CommitResult {
    const tally = this.#commit(batch, nowMs);
    for (const row of batch.newSeries) this.#series.set(row.id, row);
    return tally;
  }

  /** Seals, for some milliseconds, samples that have waited long enough. `isForced`: all samples, however new. */
  tend(nowMs: number, isForced = false): Tending {
    const { samples } = this.#opened();
    const endMs = performance.now() + SWEEP_STEP_MS;
    while (samples.sealNext(nowMs, isForced))
      if (performance.now() >= endMs) return samples.isFull ? 'pressing' : 'more';
    const { hasMore, dropped } = samples.trim(this.#retention.mostBytes * SHARE_OF_CONSUMERS);
    this.#dropped.push(...dropped);
    return hasMore ? 'more' : 'done';
  }

  /** Gives series that are added up nowhere a scope of their own. */
  nameOwnScopes(rows: readonly SeriesRow[]): void {
    const { db, samples } = this.#opened();
    db.transaction(() => samples.nameOwnScopes(rows)).immediate();
    for (const row of rows) this.#series.set(row.id, row);
  }

  /** Forgets changes of sums that the ledger has. */
  settleChanged(hours: readonly ChangedHours[]): void {
    settleChanged(this.#opened().db, hours);
  }

  /** Notices about consumers of the journal since the last call. */
  takeNotices(): StoreNotice[] {
    return this.#dropped
      .splice(0)
      .map((name) => ({
        level: 'error',
        text: `${name} fell too far behind in reading what was committed and lost its place: the oldest entries kept for it were deleted, so that they do not fill the disk. It goes on with what is left, and is given the numbers of what it lacks.`,
      }));
  }

  registerConsumer(consumer: string): void {
    registerConsumer(this.#opened().db, consumer);
  }

  removeConsumer(consumer: string): void {
    removeConsumer(this.#opened().db, consumer);
  }

  readOutbox(consumer: string, limit: number): OutboxPage {
    return readOutbox(this.#opened().db, consumer, limit);
  }

  advance(consumer: string, entry: number): void {
    advanceConsumer(this.#opened().db, consumer, entry);
  }

  /** Unsealed samples in [fromMs, toMs): of one series, of several, or of all. */
  heads(fromMs: number, toMs: number, series?: readonly number[]): Map<number, Run> {
    return this.#opened().samples.heads(fromMs, toMs, series && new Set(series));
  }

  headOf(deviceId: string, quantity: Quantity, fromMs: number, toMs: number): Map<number, Run> {
    const { db, samples } = this.#opened();
    const id = findSeries(db, deviceId, quantity);
    return id === undefined ? new Map<number, Run>() : new Map([[id, samples.head(id, fromMs, toMs)]]);
  }

  headsAt(atMs: number, sinceMs: number): SampleColumns {
    return this.#opened().samples.headsAt(atMs, sinceMs);
  }

  rollups(scope: string, quantity: Quantity, fromMs: number, toMs: number): RollupColumns {
    return this.#opened().samples.rollups(scope, quantity, fromMs, toMs);
  }

  /** See `SampleStore.idleSeries`. */
  idleSeries(nowMs: number, fromGroup: number): { rows: SeriesRow[]; next: number | undefined } {
    const beforeMs = nowMs - this.#retention.samplesDays * DAY_MS;
    const { ids, next } = this.#opened().samples.idleSeries(beforeMs, fromGroup, IDLE_A_STEP);
    return { rows: ids.flatMap((id) => this.#series.get(id) ?? []), next };
  }

  /** Deletes series of which nothing is stored. Their numbers must not be used any more. */
  removeSeries(ids: readonly number[]): void {
    const { db, samples } = this.#opened();
    try {
      db.transaction(() => samples.removeSeries(ids)).immediate();
    } catch (error) {
      this.#open = { db, samples: new SampleStore(db) };
      throw error;
    }
    for (const id of ids) this.#series.delete(id);
  }

  sweep(cursor: SweepCursor, nowMs: number): SweepStep {
    const endMs = performance.now() + SWEEP_STEP_MS;
    return sweepStep(this.#opened().db, cursor, nowMs, this.#retention, () => performance.now() >= endMs);
  }

  close(): void {
    try {
      this.#open?.db.close();
    } finally {
      this.#open = undefined;
    }
  }

  /** Returns whether the check of the pages is still to be done. */
  #openWhole(): boolean {
    const db = openDatabase(this.#file, telemetryMigrations, 'fast');
    const needsCheck = statSync(this.#file).size > this.#checkAtOnceBytes;
    const damage = needsCheck ? undefined : findDamage(db);
    if (damage !== undefined) {
      db.close();
      throw new StoreError('damaged', damage);
    }
    this.#open = { db, samples: new SampleStore(db) };
    for (const row of readSeries(db)) this.#series.set(row.id, row);
    return needsCheck;
  }

  #isNoFile(): boolean {
    return statSync(this.#file, { throwIfNoEntry: false })?.isFile() === false;
  }

  #writeKnownSeries(): void {
    const nothing = {
      count: 0,
      seriesId: new Uint32Array(),
      atMs: new Float64Array(),
      value: new Float64Array(),
      quality: new Uint8Array(),
      feed: new Uint8Array(),
    };
    this.#commit(
      { newSeries: this.series(), samples: nothing, positions: [], units: [], flags: [], reports: [], deadLetters: [] },
      0,
    );
  }

  #commit(batch: TelemetryBatch, nowMs: number): Tally {
    const { db, samples } = this.#opened();
    try {
      return commitBatch(db, samples, batch, this.#retention.deadLetterCount, nowMs);
    } catch (error) {
      // The file rolled back what memory had already taken. Only the file is right, so memory is read from it again.
      this.#open = { db, samples: new SampleStore(db) };
      throw error;
    }
  }

  #opened(): Opened {
    if (this.#open === undefined) throw new StoreError('closed', 'The telemetry cache is closed.');
    return this.#open;
  }
}
