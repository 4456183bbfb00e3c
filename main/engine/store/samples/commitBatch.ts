import type { Db } from '../openDatabase.ts';
import type { SampleStore, Tally } from './SampleStore.ts';
import type { DeadLetterRow, FlagRow, PositionRow, ReportRow, TelemetryBatch, UnitRow } from '../store.ts';
import { unitKey } from './unitKey.ts';

const MOST_CORRECTIONS = 100_000;

/**
 * Whether a time is within the range of Date. A number beyond it is no time, and SQLite would refuse the whole
 * transaction because of it.
 */
const isTime = (atMs: number | undefined): boolean => atMs !== undefined && Math.abs(atMs) <= 8.64e15;

function nameIds(db: Db): (name: string) => number {
  const ids = new Map<string, number>();
  const insert = db.prepare<[string]>('INSERT INTO names (name) VALUES (?) ON CONFLICT DO NOTHING');
  const find = db.prepare<[string], number>('SELECT id FROM names WHERE name = ?').pluck();
  return (name) => {
    let id = ids.get(name) ?? find.get(name);
    if (id === undefined) id = Number(insert.run(name).lastInsertRowid);
    ids.set(name, id);
    return id;
  };
}

/** The value as a whole number of the smaller unit; null for what no vehicle can have. */
const scaled = (value: number | null, factor: number): number | null =>
  value !== null && Math.abs(value) < 1e9 ? Math.round(value * factor) : null;

const isPlace = (lon: number, lat: number): boolean => Math.abs(lon) <= 180 && Math.abs(lat) <= 90;

/** A response unit in the form in which it is stored among the vehicles. */
const asPosition = ({ unitId, incidentId, ...row }: UnitRow): PlacedRow => ({
  ...row,
  vehicleId: unitKey(unitId),
  delayS: null,
  tripId: incidentId,
});

type PlacedRow = PositionRow & { status?: string };

/** Returns the number of new rows; a position known already is replaced. */
function writePositions(db: Db, rows: readonly PlacedRow[]): number {
  if (rows.length === 0) return 0;
  const idOf = nameIds(db);
  const insert = db.prepare(
    'INSERT OR IGNORE INTO positions (vehicle, at, lon_e7, lat_e7, speed_cmps, heading_ddeg, delay_s, trip, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const replace = db.prepare(
    'REPLACE INTO positions (vehicle, at, lon_e7, lat_e7, speed_cmps, heading_ddeg, delay_s, trip, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  let inserted = 0;
  for (const row of rows) {
    if (!isTime(row.atMs) || !isPlace(row.lon, row.lat)) continue;
    const place = [
      scaled(row.lon, 1e7),
      scaled(row.lat, 1e7),
      scaled(row.speedMps, 100),
      scaled(row.headingDeg, 10),
      scaled(row.delayS, 1),
    ];
    const parameters = [
      idOf(row.vehicleId),
      Math.round(row.atMs),
      ...place,
      row.tripId === null ? null : idOf(row.tripId),
      row.status === undefined ? null : idOf(row.status),
    ];
    const { changes } = insert.run(parameters);
    inserted += changes;
    if (changes === 0) replace.run(parameters);
  }
  return inserted;
}

function writeFlags(db: Db, rows: readonly FlagRow[]): void {
  const insert = db.prepare('REPLACE INTO device_flags (device, is_state, at, flags) VALUES (?, ?, ?, ?)');
  for (const row of rows) {
    if (isTime(row.atMs))
      insert.run(row.deviceId, row.isState ? 1 : 0, Math.round(row.atMs), JSON.stringify(row.flags));
  }
}

const MOST_REPORTS = 500;
/**
 * The first reports of each minute of the last hour stay beyond that number: they may have alarms that nobody has
 * acknowledged yet, and a flood of reports must not end these after a restart.
 */
const KEPT_PER_MINUTE = 12;
const MINUTE_MS = 60_000;

function writeReports(db: Db, rows: readonly ReportRow[], nowMs: number): void {
  if (rows.length === 0) return;
  const insert = db.prepare(
    'INSERT INTO reports (id, at, value) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, value = excluded.value WHERE excluded.at >= reports.at',
  );
  for (const row of rows) if (isTime(row.atMs)) insert.run(row.id, Math.round(row.atMs), JSON.stringify(row.value));
  db.prepare(
    `
    DELETE FROM reports WHERE id IN (
      SELECT id FROM (
        SELECT id, at, row_number() OVER (ORDER BY at DESC) AS age,
               row_number() OVER (PARTITION BY at / ${MINUTE_MS} ORDER BY at) AS place
        FROM reports)
      WHERE age > :most AND NOT (place <= :keptPerMinute AND at BETWEEN :nowMs - ${60 * MINUTE_MS} AND :nowMs + ${5 * MINUTE_MS}))
  `,
  ).run({ most: MOST_REPORTS, keptPerMinute: KEPT_PER_MINUTE, nowMs });
}

function writeDeadLetters(db: Db, rows: readonly DeadLetterRow[], keep: number): void {
  if (rows.length === 0) return;
  const insert = db.prepare(
    'INSERT INTO dead_letters (at, feed, topic, reason, detail, payload, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  for (const row of rows)
    insert.run(
      isTime(row.atMs) ? Math.round(row.atMs) : 0,
      row.feed,
      row.topic,
      row.reason,
      row.detail,
      row.payload,
      row.bytes,
    );
  db.prepare('DELETE FROM dead_letters WHERE id <= (SELECT max(id) FROM dead_letters) - ?').run(keep);
}

function addToTotal(db: Db, name: 'samples' | 'positions', count: number): void {
  if (count !== 0) db.prepare('UPDATE totals SET count = count + ? WHERE name = ?').run(count, name);
}

function boundCorrections(db: Db, corrected: readonly number[]): void {
  if (corrected.every((count) => count === 0)) return;
  db.prepare('DELETE FROM corrections WHERE id <= (SELECT max(id) FROM corrections) - ?').run(MOST_CORRECTIONS);
}

/**
 * Writes a batch in one transaction. A sample that is there already (same series and time) counts as a duplicate, and
 * takes the newest value and quality, of which the table of corrections keeps a trace. Keeps the newest
 * `deadLetterCount` dead letters.
 */
export function commitBatch(
  db: Db,
  samples: SampleStore,
  batch: TelemetryBatch,
  deadLetterCount: number,
  nowMs: number,
): Tally {
  return db
    .transaction(() => {
      samples.addSeries(batch.newSeries);
      const tally = samples.put(batch.samples, nowMs);
      addToTotal(
        db,
        'samples',
        tally.insertedByFeed.reduce((sum, count) => sum + count, 0),
      );
      boundCorrections(db, tally.correctedByFeed);
      addToTotal(
        db,
        'positions',
        writePositions(db, batch.positions) + writePositions(db, batch.units.map(asPosition)),
      );
      writeFlags(db, batch.flags);
      writeReports(db, batch.reports, nowMs);
      writeDeadLetters(db, batch.deadLetters, deadLetterCount);
      return tally;
    })
    .immediate();
}
