import { isQuantity } from '../../../../shared/base/quantities.ts';
import type { Db } from '../openDatabase.ts';
import type { DeadLetterRow, PositionRow, ReportRow, SeriesRow } from '../store.ts';

/** Series whose quantity this version does not know are left out: nothing could be said about their unit. */
export function readSeries(db: Db): SeriesRow[] {
  const rows = db
    .prepare<[], { id: number; device: string; quantity: string; scope: string }>(
      'SELECT id, device, quantity, scope FROM series ORDER BY id',
    )
    .all();
  return rows.flatMap(({ id, device, quantity, scope }) =>
    isQuantity(quantity) ? [{ id, deviceId: device, quantity, ...(scope !== '' && { scope }) }] : [],
  );
}

/** Positions of a vehicle in [fromMs, toMs), ascending. */
export function readTrack(db: Db, vehicleId: string, fromMs: number, toMs: number): PositionRow[] {
  const rows = db.prepare<[string, number, number], PositionRow>(`
    SELECT vehicles.name AS vehicleId, at AS atMs, lon_e7 / 1e7 AS lon, lat_e7 / 1e7 AS lat, speed_cmps / 1e2 AS speedMps,
           heading_ddeg / 1e1 AS headingDeg, delay_s AS delayS, trips.name AS tripId
    FROM names AS vehicles JOIN positions ON vehicle = vehicles.id LEFT JOIN names AS trips ON trips.id = trip
    WHERE vehicles.name = ? AND at >= ? AND at < ? ORDER BY at`);
  return rows.all(vehicleId, fromMs, toMs);
}

export function readReports(db: Db): ReportRow[] {
  const rows = db
    .prepare<[], { id: string; at: number; value: string }>('SELECT id, at, value FROM reports ORDER BY at')
    .all();
  return rows.map(({ id, at, value }) => ({ id, atMs: at, value: JSON.parse(value) as ReportRow['value'] }));
}

export function readDeadLetters(db: Db, limit: number): DeadLetterRow[] {
  const rows = db
    .prepare<[number], DeadLetterRow>(
      'SELECT at AS atMs, feed, topic, reason, detail, payload, bytes FROM dead_letters ORDER BY id DESC LIMIT ?',
    )
    .all(limit);
  return rows.map((row) => ({ ...row, payload: new Uint8Array(row.payload) }));
}

export type TelemetryCounts = { samples: number; positions: number; deadLetters: number; bytes: number };

/** The number of rows by kind, without reading them. */
export function countTelemetry(db: Db): Omit<TelemetryCounts, 'bytes'> {
  const total = db.prepare<[string], number>('SELECT count FROM totals WHERE name = ?').pluck();
  // Rows are only ever deleted from the old end, so their numbers have no holes.
  const deadLetters = db.prepare<[], number>('SELECT ifnull(max(id) - min(id) + 1, 0) FROM dead_letters').pluck();
  return {
    samples: total.get('samples') ?? 0,
    positions: total.get('positions') ?? 0,
    deadLetters: deadLetters.get() ?? 0,
  };
}
