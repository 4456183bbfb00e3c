import { bytesOf, findDamage } from '../damage.ts';
import { openReader } from '../openDatabase.ts';
import type { Db } from '../openDatabase.ts';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import { firstKey, readChangedSums } from './changedSums.ts';
import { querySeries, querySums, readRange, readSnapshot, readSteps } from './readSamples.ts';
import type { Heads } from './readSamples.ts';
import { countTelemetry, readDeadLetters, readReports, readTrack } from './readTelemetry.ts';
import { readFlagsIn, readPositionsIn, readUnitsAt, readUnitsIn } from './readPast.ts';
import type { TelemetryCounts } from './readTelemetry.ts';
import { StoreError } from '../StoreError.ts';
import type {
  ChangedSums,
  DeadLetterRow,
  FlagRow,
  PositionRow,
  ReportRow,
  RollupColumns,
  SampleColumns,
  SeriesPoints,
  SeriesQuery,
  SumsKey,
  UnitRow,
} from '../store.ts';

/** Steps are this short so that charts are answered between two of them. */
const CHANGED_STEP_MS = 20;
const CHANGES_A_STEP = 500;

/**
 * A reading connection to the telemetry cache, so that long reads never hold up commits. Synchronous; lives in a worker
 * thread.
 */
export class TelemetryReader {
  readonly #file: string;
  #db: Db | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  open(): void {
    this.#db ??= openReader(this.#file);
  }

  /** What is wrong with the file, after reading all of it. */
  check(): string | undefined {
    return findDamage(this.#opened());
  }

  query(query: SeriesQuery, heads: Heads): SeriesPoints {
    return querySeries(this.#opened(), query, heads);
  }

  steps(seriesIds: number[], fromMs: number, toMs: number, stepMs: number, heads: Heads): SampleColumns {
    return readSteps(this.#opened(), seriesIds, fromMs, toMs, stepMs, heads);
  }

  snapshot(atMs: number, maxAgeMs: number, head: SampleColumns): SampleColumns {
    return readSnapshot(this.#opened(), atMs, maxAgeMs, head);
  }

  range(fromMs: number, toMs: number, heads: Heads): SampleColumns {
    return readRange(this.#opened(), fromMs, toMs, heads);
  }

  rollups(scope: string, quantity: Quantity, fromMs: number, toMs: number, unsealed: RollupColumns): RollupColumns {
    return querySums(this.#opened(), scope, quantity, fromMs, toMs, unsealed);
  }

  /** Reads changed sums for some milliseconds, from a key on (from the first where no key is given). */
  changedSums(from: SumsKey | undefined): ChangedSums {
    const endMs = performance.now() + CHANGED_STEP_MS;
    return readChangedSums(this.#opened(), from ?? firstKey, CHANGES_A_STEP, () => performance.now() >= endMs);
  }

  track(vehicleId: string, fromMs: number, toMs: number): PositionRow[] {
    return readTrack(this.#opened(), vehicleId, fromMs, toMs);
  }

  positionsIn(fromMs: number, toMs: number): PositionRow[] {
    return readPositionsIn(this.#opened(), fromMs, toMs);
  }

  unitsIn(fromMs: number, toMs: number): UnitRow[] {
    return readUnitsIn(this.#opened(), fromMs, toMs);
  }

  unitsAt(atMs: number, maxAgeMs: number): UnitRow[] {
    return readUnitsAt(this.#opened(), atMs, maxAgeMs);
  }

  flagsIn(fromMs: number, toMs: number): FlagRow[] {
    return readFlagsIn(this.#opened(), fromMs, toMs);
  }

  reports(): ReportRow[] {
    return readReports(this.#opened());
  }

  deadLetters(limit: number): DeadLetterRow[] {
    return readDeadLetters(this.#opened(), limit);
  }

  counts(): TelemetryCounts {
    return { ...countTelemetry(this.#opened()), bytes: bytesOf(this.#file) };
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }

  #opened(): Db {
    if (this.#db === undefined) throw new StoreError('closed', 'The telemetry cache is closed.');
    return this.#db;
  }
}
