import type { Db } from '../openDatabase.ts';
import type { FlagRow, PositionRow, UnitRow } from '../store.ts';
import { isUnitKey } from './unitKey.ts';

/** Positions of all vehicles in [fromMs, toMs), ascending by time. */
export function readPositionsIn(db: Db, fromMs: number, toMs: number): PositionRow[] {
  const rows = db.prepare<[number, number], PositionRow>(`
    SELECT vehicles.name AS vehicleId, at AS atMs, lon_e7 / 1e7 AS lon, lat_e7 / 1e7 AS lat, speed_cmps / 1e2 AS speedMps,
           heading_ddeg / 1e1 AS headingDeg, delay_s AS delayS, trips.name AS tripId
    FROM names AS vehicles CROSS JOIN positions ON vehicle = vehicles.id LEFT JOIN names AS trips ON trips.id = trip
    WHERE at >= ? AND at < ? AND NOT ${isUnitKey('vehicles.name')} ORDER BY at`);
  return rows.all(fromMs, toMs);
}

const UNIT_ROWS = `
  SELECT substr(units.name, 6) AS unitId, at AS atMs, lon_e7 / 1e7 AS lon, lat_e7 / 1e7 AS lat, speed_cmps / 1e2 AS speedMps,
         heading_ddeg / 1e1 AS headingDeg, doing.name AS status, incidents.name AS incidentId
  FROM names AS units CROSS JOIN positions ON vehicle = units.id JOIN names AS doing ON doing.id = status LEFT JOIN names AS incidents ON incidents.id = trip
  WHERE ${isUnitKey('units.name')}`;

/** Reports of units in [fromMs, toMs), ascending by time. */
export function readUnitsIn(db: Db, fromMs: number, toMs: number): UnitRow[] {
  return db.prepare<[number, number], UnitRow>(`${UNIT_ROWS} AND at >= ? AND at < ? ORDER BY at`).all(fromMs, toMs);
}

/** The last report of each unit at or before `atMs`, if that is not older than `maxAgeMs`. */
export function readUnitsAt(db: Db, atMs: number, maxAgeMs: number): UnitRow[] {
  const rows = db.prepare<[number, number], UnitRow>(
    `${UNIT_ROWS} AND at = (SELECT max(at) FROM positions WHERE vehicle = units.id AND at >= ? AND at <= ?) ORDER BY at`,
  );
  return rows.all(atMs - maxAgeMs, atMs);
}

/** Flags that devices reported in [fromMs, toMs), ascending by time. */
export function readFlagsIn(db: Db, fromMs: number, toMs: number): FlagRow[] {
  const rows = db.prepare<[number, number], { device: string; at: number; flags: string; isState: number }>(
    'SELECT device, at, flags, is_state AS isState FROM device_flags WHERE at >= ? AND at < ? ORDER BY at',
  );
  return rows
    .all(fromMs, toMs)
    .map(({ device, at, flags, isState }) => ({
      deviceId: device,
      atMs: at,
      flags: JSON.parse(flags) as string[],
      isState: isState === 1,
    }));
}
