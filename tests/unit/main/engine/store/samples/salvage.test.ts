import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { checkTelemetry } from '../../../../../../main/engine/maintenance/checkTelemetry.ts';
import { Random } from '../../../../../../simulators/random/Random.ts';
import { openTelemetryPair } from '../../../../../support/telemetryPair.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';
import { batchOf } from './telemetryBatches.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 23);
const DAYS = 20;
const MINUTES = 1440;
const newSeries = Array.from({ length: 12 }, (_, index) => ({
  id: index + 1,
  deviceId: `d${String(index)}`,
  quantity: 'speedMps' as const,
}));

/** Twenty days of twelve detectors that tell something every minute, sealed. */
function filledFolder(): string {
  const folder = temporaryFolder();
  const { writer, seal, close } = openTelemetryPair(folder, NOW);
  const random = new Random(5);
  for (let day = 0; day < DAYS; day++) {
    const rows = newSeries.flatMap(({ id }) =>
      Array.from({ length: MINUTES }, (_, minute) => ({
        series: id,
        atMs: NOW - (DAYS - day) * DAY_MS + minute * 60_000,
        value: random.integer(0, 1e6) / 1000,
      })),
    );
    writer.commit(batchOf(rows, { newSeries }), NOW);
  }
  seal();
  close();
  const db = new Database(join(folder, 'telemetry.db'));
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return folder;
}

/** Overwrites the pages of some sealed chunks, from the middle of the file's chunks on. */
function breakSomeChunks(folder: string): void {
  const file = join(folder, 'telemetry.db');
  const db = new Database(file, { readonly: true });
  const pages = db
    .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'chunks' AND pagetype = 'overflow' ORDER BY pageno")
    .pluck()
    .all();
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  db.close();
  const handle = openSync(file, 'r+');
  for (const page of pages.slice(pages.length >> 1, (pages.length >> 1) + 20))
    writeSync(handle, Buffer.alloc(pageBytes, 0xa5), 0, pageBytes, (page - 1) * pageBytes);
  closeSync(handle);
}

it('a cache with broken pages is set aside, and what can be read of it goes on, with the gap named', () => {
  const folder = filledFolder();
  breakSomeChunks(folder);
  expect(checkTelemetry(join(folder, 'telemetry.db')).findings).not.toEqual([]);
  const { notices, writer, query, close } = openTelemetryPair(folder, NOW);
  expect(notices[0]?.text).toMatch(
    /set aside as .*damaged.*[\d,]+ sealed samples were brought over, charts have gaps between 2026-11-\d\d \d\d:00 UTC and/,
  );
  const { value } = query({
    deviceId: 'd3',
    quantity: 'speedMps',
    fromMs: NOW - DAYS * DAY_MS,
    toMs: NOW,
    maxPoints: 40_000,
    asRate: false,
  });
  const known = value.filter((each) => each !== null).length;
  expect(known).toBeGreaterThan(0.5 * DAYS * MINUTES);
  expect(known).toBeLessThan(DAYS * MINUTES);
  expect(writer.series()).toEqual(newSeries);
  expect(writer.commit(batchOf([{ series: 4, atMs: NOW, value: 1 }]), NOW).insertedByFeed).toEqual([1]);
  close();
  expect(checkTelemetry(join(folder, 'telemetry.db')).findings).toEqual([]);
});

it('the check opens every sealed chunk, and names the one that was altered', () => {
  const folder = filledFolder();
  const file = join(folder, 'telemetry.db');
  const whole = checkTelemetry(file);
  expect(whole.findings).toEqual([]);
  expect(whole.told.join()).toMatch(/345,600 samples, 345,600 of them in \d+ sealed chunks that match their checksums/);
  const db = new Database(file);
  db.exec('UPDATE chunks SET samples = samples + 1 WHERE id = (SELECT max(id) FROM chunks)');
  db.exec(
    "UPDATE chunks SET data = CAST(substr(data, 1, length(data) - 1) || x'00' AS BLOB) WHERE id = (SELECT min(id) FROM chunks)",
  );
  db.close();
  const { findings } = checkTelemetry(file);
  expect(findings).toHaveLength(2);
  expect(findings.join('\n')).toMatch(
    /group 1 from 2026-11-\d\dT00:00:00.000Z does not match its checksum[^]*holds another number of samples than it says/,
  );
});
