import type { Db } from './openDatabase.ts';
import type { CommitResult, DeadLetterRow, FlagRow, PositionRow, ReportRow, SampleColumns, SeriesRow, TelemetryBatch } from './store.ts';

/** Rows of one INSERT: most of the cost of a row is the call, so this is three times as fast as row by row. */
const ROWS_A_STATEMENT = 32;

/** The counters of a transaction, by feed number. */
type Tally = Pick<CommitResult, 'insertedByFeed' | 'duplicatesByFeed' | 'correctedByFeed' | 'rejected'>;

function writeSeries(db: Db, rows: readonly SeriesRow[]): void {
  const insert = db.prepare('INSERT INTO series (id, device, quantity) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING');
  for (const row of rows) insert.run(row.id, row.deviceId, row.quantity);
}

/** Within the range of Date: what is beyond is no time, and SQLite would refuse the whole transaction for its sake. */
const isTime = (atMs: number | undefined): boolean => atMs !== undefined && Math.abs(atMs) <= 8.64e15;

/** Row numbers by feed, in order, without those whose time is no time. */
function rowsByFeed(samples: SampleColumns): number[][] {
  const byFeed: number[][] = [];
  for (let row = 0; row < samples.count; row++) {
    if (!isTime(samples.atMs[row])) continue;
    (byFeed[samples.feed[row] ?? 0] ??= []).push(row);
  }
  return byFeed;
}

const insertSql = (rows: number): string => `INSERT OR IGNORE INTO samples (series, at, value, quality) VALUES ${Array<string>(rows).fill('(?, ?, ?, ?)').join(', ')}`;

/** Better-sqlite3 binds NaN as NULL, which is what a sample without a value is. */
function parametersOf(samples: SampleColumns, rows: readonly number[]): number[] {
  const parameters: number[] = [];
  for (const row of rows) {
    parameters.push(samples.seriesId[row] ?? 0, Math.round(samples.atMs[row] ?? 0), samples.value[row] ?? Number.NaN, samples.quality[row] ?? 0);
  }
  return parameters;
}

/**
 * Inserts rows of one feed; where some are known already, gives those the newest value. The correction passes over new rows without a
 * change, so the outcome is the same as row by row.
 */
function writeSamplesOf(db: Db, samples: SampleColumns, rows: readonly number[]): { inserted: number; corrected: number } {
  const full = db.prepare(insertSql(ROWS_A_STATEMENT));
  const correct = db.prepare('UPDATE samples SET value = $value, quality = $quality WHERE series = $series AND at = $at AND (value IS NOT $value OR quality <> $quality)');
  const totals = { inserted: 0, corrected: 0 };
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    const chunk = rows.slice(start, start + ROWS_A_STATEMENT);
    const statement = chunk.length === ROWS_A_STATEMENT ? full : db.prepare(insertSql(chunk.length));
    const { changes } = statement.run(parametersOf(samples, chunk));
    totals.inserted += changes;
    if (changes === chunk.length) continue;
    for (const row of chunk) {
      const [series, at, value, quality] = parametersOf(samples, [row]);
      totals.corrected += correct.run({ series, at, value, quality }).changes;
    }
  }
  return totals;
}

function writeSamples(db: Db, samples: SampleColumns): Tally {
  const tally: Tally = { insertedByFeed: [], duplicatesByFeed: [], correctedByFeed: [], rejected: samples.count };
  rowsByFeed(samples).forEach((rows, feed) => {
    const { inserted, corrected } = writeSamplesOf(db, samples, rows);
    tally.insertedByFeed[feed] = inserted;
    tally.duplicatesByFeed[feed] = rows.length - inserted;
    tally.correctedByFeed[feed] = corrected;
    tally.rejected -= rows.length;
  });
  for (const counts of [tally.insertedByFeed, tally.duplicatesByFeed, tally.correctedByFeed]) {
    for (let feed = 0; feed < counts.length; feed++) counts[feed] ??= 0;
  }
  return tally;
}

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

/** As a whole number of the smaller unit; null for what no vehicle can have. */
const scaled = (value: number | null, factor: number): number | null => (value !== null && Math.abs(value) < 1e9 ? Math.round(value * factor) : null);

const isPlace = (lon: number, lat: number): boolean => Math.abs(lon) <= 180 && Math.abs(lat) <= 90;

/** Returns the number of new rows; a position known already is replaced. */
function writePositions(db: Db, rows: readonly PositionRow[]): number {
  if (rows.length === 0) return 0;
  const idOf = nameIds(db);
  const insert = db.prepare('INSERT OR IGNORE INTO positions (vehicle, at, lon_e7, lat_e7, speed_cmps, heading_ddeg, delay_s, trip) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const replace = db.prepare('REPLACE INTO positions (vehicle, at, lon_e7, lat_e7, speed_cmps, heading_ddeg, delay_s, trip) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  let inserted = 0;
  for (const row of rows) {
    if (!isTime(row.atMs) || !isPlace(row.lon, row.lat)) continue;
    const place = [scaled(row.lon, 1e7), scaled(row.lat, 1e7), scaled(row.speedMps, 100), scaled(row.headingDeg, 10), scaled(row.delayS, 1)];
    const parameters = [idOf(row.vehicleId), Math.round(row.atMs), ...place, row.tripId === null ? null : idOf(row.tripId)];
    const { changes } = insert.run(parameters);
    inserted += changes;
    if (changes === 0) replace.run(parameters);
  }
  return inserted;
}

function writeFlags(db: Db, rows: readonly FlagRow[]): void {
  const insert = db.prepare('REPLACE INTO device_flags (device, is_state, at, flags) VALUES (?, ?, ?, ?)');
  for (const row of rows) {
    if (isTime(row.atMs)) insert.run(row.deviceId, row.isState ? 1 : 0, Math.round(row.atMs), JSON.stringify(row.flags));
  }
}

const MOST_REPORTS = 500;

function writeReports(db: Db, rows: readonly ReportRow[]): void {
  if (rows.length === 0) return;
  const insert = db.prepare('INSERT INTO reports (id, at, value) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, value = excluded.value WHERE excluded.at >= reports.at');
  for (const row of rows) if (isTime(row.atMs)) insert.run(row.id, Math.round(row.atMs), JSON.stringify(row.value));
  db.prepare('DELETE FROM reports WHERE id IN (SELECT id FROM reports ORDER BY at DESC LIMIT -1 OFFSET ?)').run(MOST_REPORTS);
}

function writeDeadLetters(db: Db, rows: readonly DeadLetterRow[], keep: number): void {
  if (rows.length === 0) return;
  const insert = db.prepare('INSERT INTO dead_letters (at, feed, topic, reason, detail, payload, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const row of rows) insert.run(isTime(row.atMs) ? Math.round(row.atMs) : 0, row.feed, row.topic, row.reason, row.detail, row.payload, row.bytes);
  db.prepare('DELETE FROM dead_letters WHERE id <= (SELECT max(id) FROM dead_letters) - ?').run(keep);
}

function addToTotal(db: Db, name: 'samples' | 'positions', count: number): void {
  if (count !== 0) db.prepare('UPDATE totals SET count = count + ? WHERE name = ?').run(count, name);
}

/**
 * Writes a batch in one transaction. A sample that is there already (same series and time) counts as a duplicate, and takes the newest
 * value and quality. Keeps the newest `deadLetterCount` dead letters.
 */
export function commitBatch(db: Db, batch: TelemetryBatch, deadLetterCount: number): Tally {
  return db.transaction(() => {
    writeSeries(db, batch.newSeries);
    const tally = writeSamples(db, batch.samples);
    addToTotal(db, 'samples', tally.insertedByFeed.reduce((sum, count) => sum + count, 0));
    addToTotal(db, 'positions', writePositions(db, batch.positions));
    writeFlags(db, batch.flags);
    writeReports(db, batch.reports);
    writeDeadLetters(db, batch.deadLetters, deadLetterCount);
    return tally;
  }).immediate();
}
