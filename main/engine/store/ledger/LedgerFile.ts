import { statSync } from 'node:fs';
import { createLocalDays } from '../../../../shared/base/localDays.ts';
import type { LocalDays } from '../../../../shared/base/localDays.ts';
import { isQuantity, quantities } from '../../../../shared/base/quantities.ts';
import { findDamage } from '../damage.ts';
import { openDatabase } from '../openDatabase.ts';
import type { Db } from '../openDatabase.ts';
import { prepared } from '../prepared.ts';
import { StoreError } from '../StoreError.ts';
import type { ChangedHours, ChangedSums } from '../store.ts';
import first from '../migrations/ledger/0001_ledger.sql?raw';
import second from '../migrations/ledger/0002_runs.sql?raw';
import third from '../migrations/ledger/0003_meter_days.sql?raw';
import { HOUR_MS, findSeries, readDay, writeDay } from './dayTable.ts';
import type { DayBounds, LedgerSeries } from './dayTable.ts';
import type { DayHours } from './dayCodec.ts';
import { hourOf, withPart } from './hourValue.ts';
import type { HourValue, Quarter } from './hourValue.ts';
import { FIGURE_SCOPE } from './ledger.ts';
import type { DayMean, FigurePart, JobRun, LedgerKey, MeasuredRun } from './ledger.ts';
import { sweepMeterDays, writeMeterDays } from './meterDays.ts';
import type { DaysOfMeter } from './meterDays.ts';
import { sweepRuns, writeRun } from './runTable.ts';

const ledgerMigrations = [first, second, third];

const QUARTER_MS = 900_000;
const ROWS_A_SWEEP = 500;
/** Values that were measured elsewhere have a unit of their own. */
const IMPORTED_DIGITS = 6;

type Opened = { db: Db; days: LocalDays };

/** A day of a series while it is changed. */
type OpenDay = DayBounds & { series: LedgerSeries; hours: DayHours };

/** The ledger's one writing connection. Synchronous; lives in a worker thread. */
export class LedgerFile {
  readonly #file: string;
  readonly #timeZone: string;
  #open: Opened | undefined;

  constructor(file: string, timeZone: string) {
    this.#file = file;
    this.#timeZone = timeZone;
  }

  /**
   * Opens or makes the file. A damaged file is left as it is: throws a StoreError `damaged`, because its content cannot
   * be made again and somebody has to restore it from a backup.
   */
  open(): void {
    if (statSync(this.#file, { throwIfNoEntry: false })?.size === 0)
      throw new StoreError('damaged', 'the file is empty');
    const db = openDatabase(this.#file, ledgerMigrations, 'durable');
    const damage = findDamage(db);
    if (damage !== undefined) {
      db.close();
      throw new StoreError('damaged', damage);
    }
    this.#open = { db, days: createLocalDays(this.#timeZone) };
  }

  /** Computes hours from sums by quarter hour, and replaces the stored values of these hours. */
  putSums({ hours, columns }: ChangedSums): void {
    const { db } = this.#opened();
    db.transaction(() => {
      let from = 0;
      for (const changed of hours) {
        const quarters = new Map<number, Quarter>();
        for (let row = from; row < from + changed.quarters; row++)
          quarters.set(columns.atMs[row] ?? 0, { sum: columns.sum[row] ?? 0, series: columns.series[row] ?? 0 });
        from += changed.quarters;
        this.#putHours(changed, quarters);
      }
    }).immediate();
  }

  /** Adds parts of the figures' hours to the stored values of these hours. */
  addFigures(parts: readonly FigurePart[]): void {
    const { db, days } = this.#opened();
    db.transaction(() => {
      for (const part of parts) {
        const series = this.#series(FIGURE_SCOPE, part.id, part.digits, false);
        const day = this.#openDay(days.dayOf(part.atMs), series);
        const at = Math.floor((part.atMs - day.start_ms) / HOUR_MS);
        if (part.atMs < day.start_ms || part.atMs >= day.end_ms) continue;
        day.hours[at] = withPart(day.hours[at], part);
        writeDay(db, day.day, series, Array.from(day.hours));
      }
    }).immediate();
  }

  putRuns(runs: readonly MeasuredRun[]): void {
    const { db } = this.#opened();
    db.transaction(() => {
      for (const run of runs) writeRun(db, run);
    }).immediate();
  }

  /** Deletes a limited number of measured runs. Returns how many, and whether there may be more. */
  sweepRuns(beforeDay: string): { deleted: number; hasMore: boolean } {
    const deleted = sweepRuns(this.#opened().db, beforeDay, ROWS_A_SWEEP);
    return { deleted, hasMore: deleted === ROWS_A_SWEEP };
  }

  /** Replaces daily values that were measured elsewhere: each stands for every hour of its day. */
  putDays({ scope, measure }: LedgerKey, values: readonly DayMean[]): void {
    const { db } = this.#opened();
    db.transaction(() => {
      const series = this.#series(scope, measure, IMPORTED_DIGITS, false);
      for (const { day, value } of values) {
        const { start_ms, end_ms } = this.#openDay(day, series);
        const hours = Math.ceil((end_ms - start_ms) / HOUR_MS);
        const hour = { sum: value, weight: 1, low: value, high: value, present: 1 };
        writeDay(db, day, series, Array<typeof hour>(hours).fill(hour));
      }
    }).immediate();
  }

  /** Writes the determinants of meters' days; a day that is there already is replaced. */
  putMeterDays(all: readonly DaysOfMeter[]): void {
    const { db } = this.#opened();
    db.transaction(() => writeMeterDays(db, all)).immediate();
  }

  /** Deletes some rows of meters' days before a time. Returns how many, and whether there may be more. */
  sweepMeterDays(beforeMs: number): { deleted: number; hasMore: boolean } {
    const { db, days } = this.#opened();
    return db.transaction(() => sweepMeterDays(db, days.dayOf(beforeMs), ROWS_A_SWEEP)).immediate();
  }

  runs(): JobRun[] {
    return this.#opened()
      .db.prepare<[], JobRun>('SELECT name, period, ended_at AS endedAtMs FROM jobs ORDER BY name')
      .all();
  }

  noteRun({ name, period, endedAtMs }: JobRun): void {
    prepared<[string, number, number], never>(
      this.#opened().db,
      'REPLACE INTO jobs (name, period, ended_at) VALUES (?, ?, ?)',
    ).run(name, period, endedAtMs);
  }

  /**
   * Deletes a limited number of rows of days that ended before a time. Returns how many, and whether there may be more.
   */
  sweep(beforeMs: number): { deleted: number; hasMore: boolean } {
    const { db } = this.#opened();
    return db
      .transaction(() => {
        const { changes } = prepared<[number, number], never>(
          db,
          `DELETE FROM days WHERE (day, series) IN (
             SELECT day, series FROM days WHERE day IN (SELECT day FROM calendar WHERE end_ms <= ?) ORDER BY day, series LIMIT ?)`,
        ).run(beforeMs, ROWS_A_SWEEP);
        if (changes < ROWS_A_SWEEP)
          prepared<[number], never>(db, 'DELETE FROM calendar WHERE end_ms <= ?').run(beforeMs);
        return { deleted: changes, hasMore: changes === ROWS_A_SWEEP };
      })
      .immediate();
  }

  close(): void {
    this.#open?.db.close();
    this.#open = undefined;
  }

  /** Writes, day by day, the local hours that lie wholly within the delivered sums and overlap the changed hours. */
  #putHours(changed: ChangedHours, quarters: ReadonlyMap<number, Quarter>): void {
    const { scope, quantity, hour, hours, fromMs, toMs } = changed;
    if (!isQuantity(quantity) || fromMs >= toMs) return;
    const { days, db } = this.#opened();
    const { digits, kind } = quantities[quantity];
    const series = this.#series(scope, quantity, digits, kind === 'counter');
    const [dirtyFromMs, dirtyToMs] = [hour * HOUR_MS, (hour + hours) * HOUR_MS];
    for (let day = days.dayOf(fromMs); day <= days.dayOf(toMs - 1); day++) {
      const open = this.#openDay(day, series);
      let isChanged = false;
      for (let startMs = open.start_ms, at = 0; startMs < open.end_ms; startMs += HOUR_MS, at++) {
        const endMs = Math.min(open.end_ms, startMs + HOUR_MS);
        if (startMs < fromMs || endMs > toMs || endMs <= dirtyFromMs || startMs >= dirtyToMs) continue;
        const value = this.#hour(changed, kind === 'counter', startMs, endMs, quarters);
        // A cache that was started again may lack data of this hour: late data must not replace a value made from more.
        if (startMs < changed.partBeforeMs && (open.hours[at]?.weight ?? 0) > (value?.weight ?? 0)) continue;
        open.hours[at] = value;
        isChanged = true;
      }
      if (isChanged) writeDay(db, day, series, Array.from(open.hours));
    }
  }

  #hour(
    { scope, known }: ChangedHours,
    isCounter: boolean,
    startMs: number,
    endMs: number,
    quarters: ReadonlyMap<number, Quarter>,
  ): HourValue | undefined {
    const inside: Quarter[] = [];
    for (let atMs = startMs; atMs < endMs; atMs += QUARTER_MS) {
      const quarter = quarters.get(atMs);
      if (quarter !== undefined) inside.push(quarter);
    }
    return hourOf(inside, isCounter, scope.startsWith('route:') ? undefined : known);
  }

  #series(scope: string, measure: string, digits: number, isCounter: boolean): LedgerSeries {
    const { db } = this.#opened();
    const known = findSeries(db, scope, measure);
    if (known !== undefined) return known;
    const is_counter = isCounter ? 1 : 0;
    const { lastInsertRowid } = db
      .prepare('INSERT INTO series (scope, measure, digits, is_counter) VALUES (?, ?, ?, ?)')
      .run(scope, measure, digits, is_counter);
    return { id: Number(lastInsertRowid), digits, is_counter };
  }

  #openDay(day: number, series: LedgerSeries): OpenDay {
    const { db, days } = this.#opened();
    const known = prepared<[number], DayBounds>(db, 'SELECT day, start_ms, end_ms FROM calendar WHERE day = ?').get(
      day,
    );
    if (known !== undefined) return { ...known, series, hours: readDay(db, day, series) };
    const bounds = { day, start_ms: days.startMs(day), end_ms: days.startMs(day + 1) };
    db.prepare('INSERT INTO calendar (day, start_ms, end_ms) VALUES (?, ?, ?)').run(
      day,
      bounds.start_ms,
      bounds.end_ms,
    );
    return { ...bounds, series, hours: [] };
  }

  #opened(): Opened {
    if (this.#open === undefined) throw new StoreError('closed', 'The ledger is closed.');
    return this.#open;
  }
}
