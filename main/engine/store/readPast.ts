import type { Db } from './openDatabase.ts';
import type { FlagRow, PositionRow, SampleColumns } from './store.ts';

type Row = { series: number; at: number; value: number | null; quality: number };

function columnsOf(rows: readonly Row[]): SampleColumns {
  return {
    count: rows.length,
    seriesId: Uint32Array.from(rows, ({ series }) => series),
    atMs: Float64Array.from(rows, ({ at }) => at),
    value: Float64Array.from(rows, ({ value }) => value ?? Number.NaN),
    quality: Uint8Array.from(rows, ({ quality }) => quality),
    feed: new Uint8Array(rows.length),
  };
}

/** The newest sample at or before `atMs` of every series that has one not older than `maxAgeMs`. */
export function readSnapshot(db: Db, atMs: number, maxAgeMs: number): SampleColumns {
  const newest = db.prepare<[number, number, number], Row>('SELECT series, at, value, quality FROM samples WHERE series = ? AND at <= ? AND at >= ? ORDER BY at DESC LIMIT 1');
  const ids = db.prepare<[], number>('SELECT id FROM series ORDER BY id').pluck().all();
  return columnsOf(ids.flatMap((id) => newest.get(id, atMs, atMs - maxAgeMs) ?? []));
}

/** All samples in [fromMs, toMs), ascending by time. Samples are clustered by series, so each series is asked by itself. */
export function readRange(db: Db, fromMs: number, toMs: number): SampleColumns {
  const rows = db.prepare<[number, number], Row>(`
    SELECT series, at, value, quality FROM series CROSS JOIN samples ON samples.series = series.id
    WHERE at >= ? AND at < ? ORDER BY at, series`);
  return columnsOf(rows.all(fromMs, toMs));
}

/** Positions of all vehicles in [fromMs, toMs), ascending by time. */
export function readPositionsIn(db: Db, fromMs: number, toMs: number): PositionRow[] {
  const rows = db.prepare<[number, number], PositionRow>(`
    SELECT vehicles.name AS vehicleId, at AS atMs, lon_e7 / 1e7 AS lon, lat_e7 / 1e7 AS lat, speed_cmps / 1e2 AS speedMps,
           heading_ddeg / 1e1 AS headingDeg, delay_s AS delayS, trips.name AS tripId
    FROM names AS vehicles CROSS JOIN positions ON vehicle = vehicles.id LEFT JOIN names AS trips ON trips.id = trip
    WHERE at >= ? AND at < ? ORDER BY at`);
  return rows.all(fromMs, toMs);
}

/** What devices told of themselves in [fromMs, toMs), ascending by time. */
export function readFlagsIn(db: Db, fromMs: number, toMs: number): FlagRow[] {
  const rows = db.prepare<[number, number], { device: string; at: number; flags: string; isState: number }>('SELECT device, at, flags, is_state AS isState FROM device_flags WHERE at >= ? AND at < ? ORDER BY at');
  return rows.all(fromMs, toMs).map(({ device, at, flags, isState }) => ({ deviceId: device, atMs: at, flags: JSON.parse(flags) as string[], isState: isState === 1 }));
}
