import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { writeChunk } from '../../../../../../main/engine/store/samples/chunks/chunkTable.ts';
import { checkTelemetry } from '../../../../../../main/engine/maintenance/checkTelemetry.ts';
import { encodeEnds, widenEnds } from '../../../../../../main/engine/store/samples/unsealed/ends.ts';
import { Random } from '../../../../../../simulators/random/Random.ts';
import { openTelemetryPair } from '../../../../../support/telemetryPair.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';
import { batchOf } from './telemetryBatches.ts';

const NOW = Date.UTC(2026, 10, 23);
const HOUR_MS = 3_600_000;
const WINDOW_MS = 3 * HOUR_MS;
const WINDOWS = 40;
const A_WINDOW = 3600;
const FROM = NOW - WINDOWS * WINDOW_MS;
const GROUPS = 2 ** 20;
const migrations = join(import.meta.dirname, '../../../../../../main/engine/store/migrations/telemetry');

/**
 * A cache as the second version of its file had it: one detector, sealed in windows of three hours whose numbers count
 * these.
 */
function olderFolder(): string {
  const folder = temporaryFolder();
  const db = new Database(join(folder, 'telemetry.db'));
  db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  for (const name of ['0001_telemetry.sql', '0002_reports.sql']) db.exec(readFileSync(join(migrations, name), 'utf8'));
  db.pragma('user_version = 2');
  const random = new Random(3);
  const all = {
    atMs: Float64Array.from({ length: WINDOWS * A_WINDOW }, (_, at) => FROM + at * 3000),
    value: Float64Array.from({ length: WINDOWS * A_WINDOW }, () => random.integer(0, 1e6) / 1000),
    quality: new Uint8Array(WINDOWS * A_WINDOW),
  };
  for (let window = 0; window < WINDOWS; window++) {
    const [from, to] = [window * A_WINDOW, (window + 1) * A_WINDOW];
    const startMs = FROM + window * WINDOW_MS;
    writeChunk(db, Math.floor(startMs / WINDOW_MS) * GROUPS + 1, startMs + WINDOW_MS, [
      {
        atMs: all.atMs.subarray(from, to),
        value: all.value.subarray(from, to),
        quality: all.quality.subarray(from, to),
      },
    ]);
  }
  db.prepare("INSERT INTO groups (id, scope, window_ms, folded, ends) VALUES (1, '', ?, 0, ?)").run(
    WINDOW_MS,
    encodeEnds([widenEnds(undefined, all)]),
  );
  db.prepare("INSERT INTO series (id, device, quantity, scope, grp, slot) VALUES (1, 'd', 'speedMps', '', 1, 0)").run();
  db.prepare("UPDATE totals SET count = ? WHERE name = 'samples'").run(WINDOWS * A_WINDOW);
  db.close();
  return folder;
}

const everything = {
  deviceId: 'd',
  quantity: 'speedMps',
  fromMs: FROM,
  toMs: NOW,
  maxPoints: 1e6,
  asRate: false,
} as const;

it('a cache of an older version is read whole, and goes on', () => {
  const folder = olderFolder();
  const { notices, writer, query, snapshot, seal, close } = openTelemetryPair(folder, NOW);
  expect(notices).toEqual([]);
  expect(query(everything).atMs).toEqual(Array.from({ length: WINDOWS * A_WINDOW }, (_, at) => FROM + at * 3000));
  expect(snapshot(FROM + 5 * WINDOW_MS + 1, HOUR_MS).atMs[0]).toBe(FROM + 5 * WINDOW_MS);
  writer.commit(
    batchOf([
      { series: 1, atMs: NOW, value: 1 },
      { series: 1, atMs: FROM + 1, value: 2 },
    ]),
    NOW,
  );
  seal();
  expect(query({ ...everything, toMs: NOW + 1 }).atMs).toHaveLength(WINDOWS * A_WINDOW + 2);
  close();
  expect(checkTelemetry(join(folder, 'telemetry.db')).findings).toEqual([]);
});

it('a damaged cache of an older version gives what can be read of it, and the gap by its time', () => {
  const folder = olderFolder();
  const file = join(folder, 'telemetry.db');
  const db = new Database(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const pages = db
    .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'chunks' AND pagetype = 'overflow' ORDER BY pageno")
    .pluck()
    .all();
  db.close();
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, ((pages[pages.length >> 1] ?? 0) - 1) * 4096);
  closeSync(handle);
  const { notices, query, close } = openTelemetryPair(folder, NOW);
  expect(notices[0]?.text).toMatch(
    /sealed samples were brought over, charts have gaps between 2026-11-20 09:00 UTC and the time that begins at 2026-11-20/,
  );
  const known = query(everything).value.filter((value) => value !== null).length;
  expect(known).toBeGreaterThan((WINDOWS / 2) * A_WINDOW);
  expect(known).toBeLessThan(WINDOWS * A_WINDOW);
  close();
  expect(checkTelemetry(file).findings).toEqual([]);
});
