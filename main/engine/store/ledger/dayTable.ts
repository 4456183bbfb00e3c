import { crc32 } from 'node:zlib';
import type { Db } from '../openDatabase.ts';
import { prepared } from '../prepared.ts';
import { StoreError } from '../StoreError.ts';
import { decodeDay, encodeDay } from './dayCodec.ts';
import type { DayHours } from './dayCodec.ts';

export type LedgerSeries = { id: number; digits: number; is_counter: number };
export type DayBounds = { day: number; start_ms: number; end_ms: number };
export type DayRow = { checksum: number; hours: Uint8Array };

export const HOUR_MS = 3_600_000;

export const findSeries = (db: Db, scope: string, measure: string): LedgerSeries | undefined =>
  prepared<[string, string], LedgerSeries>(
    db,
    'SELECT id, digits, is_counter FROM series WHERE scope = ? AND measure = ?',
  ).get(scope, measure);

export const isIntact = ({ checksum, hours }: DayRow): boolean => crc32(hours) === checksum;

/** The hours of a day of a series; none where nothing is known. Throws a StoreError where they were altered. */
export function readDay(db: Db, day: number, { id, digits }: LedgerSeries): DayHours {
  const row = prepared<[number, number], DayRow>(
    db,
    'SELECT checksum, hours FROM days WHERE day = ? AND series = ?',
  ).get(day, id);
  if (row === undefined) return [];
  if (!isIntact(row))
    throw new StoreError('damaged', `the hours of day ${day} of series ${id} do not match their checksum`);
  return decodeDay(row.hours, digits);
}

export function writeDay(db: Db, day: number, { id, digits }: LedgerSeries, hours: DayHours): void {
  if (hours.every((value) => value === undefined)) {
    prepared<[number, number], never>(db, 'DELETE FROM days WHERE day = ? AND series = ?').run(day, id);
    return;
  }
  const data = encodeDay(hours, digits);
  prepared<[number, number, number, Uint8Array], never>(
    db,
    'REPLACE INTO days (day, series, checksum, hours) VALUES (?, ?, ?, ?)',
  ).run(day, id, crc32(data), data);
}
