import { mkdirSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { TelemetryReader } from '../../../../../../main/engine/store/samples/TelemetryReader.ts';
import { TelemetryWriter } from '../../../../../../main/engine/store/samples/TelemetryWriter.ts';
import type { CommitResult, TelemetryBatch } from '../../../../../../main/engine/store/store.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';
import { damages } from './damage.ts';
import { batchOf } from './telemetryBatches.ts';

const NOW = Date.UTC(2026, 10, 23, 21, 2, 54);
const retention = { samplesDays: 30, positionsDays: 2, deadLetterCount: 100, mostBytes: 1e9 };
const commit = (writer: TelemetryWriter, batch: TelemetryBatch): CommitResult => writer.commit(batch, NOW);
const newSeries = [{ id: 1, deviceId: 'd', quantity: 'speedMps' as const }];
const writerOf = (folder: string) =>
  new TelemetryWriter(join(folder, 'telemetry.db'), retention, Number.POSITIVE_INFINITY);

function filledCache(): string {
  const folder = temporaryFolder();
  const writer = writerOf(folder);
  writer.open(NOW);
  commit(
    writer,
    batchOf(
      Array.from({ length: 20_000 }, (_, index) => ({ series: 1, atMs: NOW + index, value: index })),
      { newSeries },
    ),
  );
  writer.close();
  return folder;
}

describe('a damaged telemetry cache', () => {
  it.each(Object.entries(damages))('%s is set aside under a name that is told, and a new one begun', (_, damage) => {
    const folder = filledCache();
    damage(join(folder, 'telemetry.db'));
    const broken = readFileSync(join(folder, 'telemetry.db'));
    const writer = writerOf(folder);
    const { isNew, notices } = writer.open(NOW);
    expect(isNew).toBe(true);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({
      level: 'error',
      text: expect.stringContaining('telemetry.damaged-2026-11-23T21-02-54Z.db'),
    });
    expect(readFileSync(join(folder, 'telemetry.damaged-2026-11-23T21-02-54Z.db')).equals(broken)).toBe(true);
    expect(commit(writer, batchOf([{ series: 1, atMs: NOW, value: 1 }], { newSeries })).insertedByFeed).toEqual([1]);
    writer.close();
    expect(writerOf(folder).open(NOW)).toEqual({ isNew: false, needsCheck: false, notices: [] });
  });

  it('that became a folder is set aside too', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'telemetry.db'));
    expect(writerOf(folder).open(NOW)).toMatchObject({ isNew: true, notices: [{ level: 'error' }] });
    expect(readdirSync(folder)).toContain('telemetry.damaged-2026-11-23T21-02-54Z.db');
  });

  it('that is empty counts as new, and says so', () => {
    const folder = filledCache();
    truncateSync(join(folder, 'telemetry.db'), 0);
    expect(writerOf(folder).open(NOW)).toMatchObject({ isNew: true, notices: [{ level: 'warning' }] });
  });

  it('that is a database of something else is set aside as well', () => {
    const folder = temporaryFolder();
    const db = new Database(join(folder, 'telemetry.db'));
    db.exec('CREATE TABLE series (song TEXT); PRAGMA user_version = 1');
    db.close();
    expect(writerOf(folder).open(NOW)).toMatchObject({ isNew: true, notices: [{ level: 'error' }] });
  });

  it('found while running is replaced by one that knows the series already numbered', () => {
    const folder = filledCache();
    const writer = writerOf(folder);
    writer.open(NOW);
    const notice = writer.replace('broken page', NOW);
    expect(notice.text).toContain('broken page');
    commit(writer, batchOf([{ series: 1, atMs: NOW, value: 7 }]));
    const reader = new TelemetryReader(join(folder, 'telemetry.db'));
    reader.open();
    expect(
      reader.query(
        { deviceId: 'd', quantity: 'speedMps', fromMs: NOW, toMs: NOW + 1, maxPoints: 10, asRate: false },
        writer.headOf('d', 'speedMps', NOW, NOW + 1),
      ).value,
    ).toEqual([7]);
  });

  it('survives a damaged log: what the log held is lost, the rest stays', () => {
    const folder = filledCache();
    writeFileSync(join(folder, 'telemetry.db-wal'), Buffer.alloc(50_000, 7));
    writeFileSync(join(folder, 'telemetry.db-shm'), Buffer.alloc(50_000, 7));
    const writer = writerOf(folder);
    expect(writer.open(NOW)).toMatchObject({ isNew: false, notices: [] });
    expect(writer.series()).toEqual(newSeries);
  });
});

describe('a cache of another version', () => {
  it('that is newer is refused with what to do, and left as it is', () => {
    const folder = filledCache();
    const db = new Database(join(folder, 'telemetry.db'));
    db.pragma('user_version = 99');
    db.close();
    expect(() => writerOf(folder).open(NOW)).toThrow(
      expect.objectContaining({
        code: 'newer',
        message: expect.stringMatching(/newer version of Beacon.*Update Beacon/),
      }),
    );
    expect(readdirSync(folder)).toEqual(['telemetry.db']);
  });
});
