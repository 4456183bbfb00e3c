import { openReader } from '../openDatabase.ts';
import type { Db } from '../openDatabase.ts';
import { StoreError } from '../StoreError.ts';
import { HOUR_MS, findSeries, readDay } from './dayTable.ts';
import type { DayBounds } from './dayTable.ts';
import { addPoint, joinHours, noPoints } from './hourValue.ts';
import type { LedgerPoints, LedgerQuery, MeasuredRun } from './ledger.ts';
import { readRuns } from './runTable.ts';

/** A reading connection to the ledger. Synchronous; lives in a worker thread. */
export class LedgerReader {
  readonly #file: string;
  #db: Db | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  open(): void {
    this.#db ??= openReader(this.#file);
  }

  /** Hours or days that begin in [fromMs, toMs), and the day that `fromMs` lies in. */
  query({ scope, measure, fromMs, toMs, step }: LedgerQuery): LedgerPoints {
    if (this.#db === undefined) throw new StoreError('closed', 'The ledger is closed.');
    const db = this.#db;
    const points = noPoints();
    const series = findSeries(db, scope, measure);
    if (series === undefined) return points;
    const isCounter = series.is_counter === 1;
    const days = db
      .prepare<[number, number], DayBounds>(
        'SELECT day, start_ms, end_ms FROM calendar WHERE end_ms > ? AND start_ms < ? ORDER BY day',
      )
      .all(fromMs, toMs);
    for (const { day, start_ms, end_ms } of days) {
      const hours = readDay(db, day, series);
      if (step === 'day') {
        const value = joinHours(
          hours.flatMap((hour) => (hour === undefined ? [] : [hour])),
          Math.ceil((end_ms - start_ms) / HOUR_MS),
        );
        if (value !== undefined) addPoint(points, start_ms, end_ms, value, isCounter);
        continue;
      }
      hours.forEach((value, at) => {
        const startMs = start_ms + at * HOUR_MS;
        if (value !== undefined && startMs >= fromMs && startMs < toMs)
          addPoint(points, startMs, Math.min(end_ms, startMs + HOUR_MS), value, isCounter);
      });
    }
    return points;
  }

  measuredRuns(fromDay: string, toDay: string): MeasuredRun[] {
    if (this.#db === undefined) throw new StoreError('closed', 'The ledger is closed.');
    return readRuns(this.#db, fromDay, toDay);
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }
}
