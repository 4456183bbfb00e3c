import { z } from 'zod';
import type { Db } from '../openDatabase.ts';
import { prepared } from '../prepared.ts';
import { StoreError } from '../StoreError.ts';
import type { MeasuredRun } from './ledger.ts';

type RunRow = { day: number; trip: string; startMs: number; calls: string };

const calls = z.array(z.tuple([z.number(), z.number().nullable(), z.number().nullable()]));

export function writeRun(db: Db, run: MeasuredRun): void {
  const since = (atMs: number | undefined): number | null =>
    atMs === undefined ? null : Math.round(atMs - run.startMs);
  const row = run.calls.map(({ sequence, arrivalMs, departureMs }) => [sequence, since(arrivalMs), since(departureMs)]);
  prepared<[number, string, number, string], never>(
    db,
    'REPLACE INTO runs (service_day, trip, start_ms, calls) VALUES (?, ?, ?, ?)',
  ).run(Number(run.day), run.tripId, run.startMs, JSON.stringify(row));
}

/** Throws a StoreError where a row was altered. */
function runOf({ day, trip, startMs, calls: text }: RunRow): MeasuredRun {
  try {
    return {
      day: String(day),
      tripId: trip,
      startMs,
      calls: calls
        .parse(JSON.parse(text))
        .map(([sequence, arrival, departure]) => ({
          sequence,
          ...(arrival !== null && { arrivalMs: startMs + arrival }),
          ...(departure !== null && { departureMs: startMs + departure }),
        })),
    };
  } catch (error) {
    throw new StoreError('damaged', `the run of trip ${trip} on ${day} cannot be read`, { cause: error });
  }
}

export const readRuns = (db: Db, fromDay: string, toDay: string): MeasuredRun[] =>
  prepared<[number, number], RunRow>(
    db,
    `SELECT service_day AS day, trip, start_ms AS startMs, calls FROM runs
     WHERE service_day >= ? AND service_day < ? ORDER BY service_day, start_ms, trip`,
  )
    .all(Number(fromDay), Number(toDay))
    .map(runOf);

/** Deletes at most `most` runs of days before one; returns how many. */
export const sweepRuns = (db: Db, beforeDay: string, most: number): number =>
  prepared<[number, number], never>(
    db,
    `DELETE FROM runs WHERE (service_day, trip, start_ms) IN (
       SELECT service_day, trip, start_ms FROM runs WHERE service_day < ? ORDER BY service_day LIMIT ?)`,
  ).run(Number(beforeDay), most).changes;
