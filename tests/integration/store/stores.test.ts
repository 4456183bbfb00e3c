import { spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadWorkstation } from '../../../main/engine/log/workstation.ts';
import { DataFolderError } from '../../../main/engine/store/DataFolderError.ts';
import { lockDataFolder } from '../../../main/engine/store/DataFolderLock.ts';
import { openRecordStore } from '../../../main/engine/store/record/openRecordStore.ts';
import { openTelemetryStore } from '../../../main/engine/store/samples/openTelemetryStore.ts';
import type { StoreNotice } from '../../../main/engine/store/store.ts';
import { builtForNode } from '../../support/builtForNode.ts';
import { person } from '../../support/people.ts';
import { builtEntry } from '../../support/startBuilt.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { batchOf, emptyBatch } from '../../unit/main/engine/store/samples/telemetryBatches.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const retention = { samplesDays: 1000, positionsDays: 2, deadLetterCount: 100, mostBytes: 1e9 };
const newSeries = [{ id: 1, deviceId: 'd', quantity: 'speedMps' as const }];
const workerPath = builtEntry('storeWorker');
const { storeVictim: victimPath } = builtForNode('stores', { storeVictim: 'tests/support/storeVictim.ts' });

const openCache = (folder: string, onNotice: (notice: StoreNotice) => void = () => undefined) =>
  openTelemetryStore({ file: join(folder, 'telemetry.db'), workerPath, retention, now: () => NOW, onNotice });
const openRecord = (folder: string) =>
  openRecordStore({ file: join(folder, 'record.db'), signer: loadWorkstation(folder), workerPath, now: () => NOW });

/** Writes nonsense over all pages but the first, behind the back of the connections that have the file open. */
function breakPages(file: string): void {
  const other = new Database(file);
  // Another's change makes every connection forget the pages that it holds in memory; the checkpoint brings them all
  // into the file.
  other.exec("UPDATE totals SET count = count + 1 WHERE name = 'positions'");
  other.pragma('wal_checkpoint(TRUNCATE)');
  other.close();
  const handle = openSync(file, 'r+');
  for (let page = 1; page < statSync(file).size / 4096; page++)
    writeSync(handle, Buffer.alloc(4096, 0xff), 0, 4096, page * 4096);
  closeSync(handle);
}

describe('the stores in their threads', () => {
  it('commit, answer and remember', async () => {
    const folder = temporaryFolder();
    const { store, isNew } = await openCache(folder);
    expect(isNew).toBe(true);
    const rows = Array.from({ length: 3000 }, (_, index) => ({
      series: 1,
      atMs: NOW - 3000 + index,
      value: index % 100,
    }));
    const batch = batchOf(rows, { newSeries });
    expect(await store.commit(batch)).toMatchObject({ insertedByFeed: [3000] });
    // The caller's columns stay whole, so that a batch can be tried again.
    expect(batch.samples.value).toHaveLength(3000);
    expect(await store.commit(batch)).toMatchObject({ insertedByFeed: [0], duplicatesByFeed: [3000] });
    const points = await store.query({
      deviceId: 'd',
      quantity: 'speedMps',
      fromMs: NOW - 3000,
      toMs: NOW,
      maxPoints: 100,
      asRate: false,
    });
    expect([
      points.atMs.length,
      Math.min(...(points.min ?? []).map(Number)),
      Math.max(...(points.max ?? []).map(Number)),
    ]).toEqual([100, 0, 99]);
    const { count, seriesId, atMs, value } = await store.snapshot(NOW, 3000);
    expect([count, seriesId[0], atMs[0], value[0]]).toEqual([1, 1, NOW - 1, 99]);
    expect((await store.steps([1], NOW - 3000, NOW, 1000)).count).toBe(3);
    expect(await store.counts()).toMatchObject({
      samples: 3000,
      positions: 0,
      deadLetters: 0,
      bytes: expect.any(Number),
    });
    await store.tend(NOW, true);
    expect(await store.sweep(NOW + 1001 * 86_400_000)).toBe(3000);
    await store.close();
    await expect(store.commit(batch)).rejects.toMatchObject({ code: 'closed' });
    const again = await openCache(folder);
    expect(await again.store.series()).toEqual(newSeries);
    expect(again.isNew).toBe(false);
    await again.store.close();
  });

  it('keep the order of appends that come at the same time', async () => {
    const folder = temporaryFolder();
    const { store } = await openRecord(folder);
    const entries = await Promise.all(
      Array.from({ length: 50 }, (_, n) => store.append(NOW, person('Ann'), { kind: 'system.noted', text: String(n) })),
    );
    expect(entries.map(({ seq, event }) => [seq, 'text' in event && event.text])).toEqual(
      Array.from({ length: 50 }, (_, n) => [n + 1, String(n)]),
    );
    expect((await store.entries(0, 100)).entries).toEqual(entries);
    await store.close();
    // A chain that does not hold together is told of when the record is opened.
    const again = await openRecord(folder);
    expect(again.notices).toEqual([]);
    await again.store.close();
  });

  it('take the next entry of somebody who appends as soon as the last one is safe, or refused', async () => {
    const folder = temporaryFolder();
    const { store } = await openRecord(folder);
    const append = (text: string): Promise<unknown> => store.append(NOW, person('Ann'), { kind: 'system.noted', text });
    for (let n = 0; n < 20; n++) await append(String(n));
    const circle: unknown[] = [];
    circle.push(circle);
    const refused = store.append(NOW, person('Ann'), { kind: 'system.noted', text: circle as unknown as string });
    await expect(refused.catch(() => append('after all'))).resolves.toMatchObject({ seq: 21 });
    await store.close();
  });

  it('replace a cache that breaks while it is in use, without losing the batch in hand', async () => {
    const folder = temporaryFolder();
    const notices: StoreNotice[] = [];
    const { store } = await openCache(folder, (notice) => notices.push(notice));
    await store.commit(
      batchOf(
        Array.from({ length: 100_000 }, (_, index) => ({ series: 1, atMs: NOW + index, value: index })),
        { newSeries },
      ),
    );
    breakPages(join(folder, 'telemetry.db'));
    const late = batchOf(Array.from({ length: 500 }, (_, index) => ({ series: 1, atMs: NOW + index * 199, value: 5 })));
    const query = {
      deviceId: 'd',
      quantity: 'speedMps',
      fromMs: NOW,
      toMs: NOW + 100_000,
      maxPoints: 1000,
      asRate: false,
    } as const;
    const [result] = await Promise.all([
      store.commit(late),
      store.counts(),
      store.query(query),
      store.snapshot(NOW, 1000),
    ]);
    expect(result.insertedByFeed).toEqual([500]);
    expect(notices).toMatchObject([{ level: 'error', text: expect.stringContaining('set aside') }]);
    expect((await store.query(query)).value).toEqual(Array(500).fill(5));
    expect(readdirSync(folder).some((name) => name.includes('damaged'))).toBe(true);
    await store.close();
  });

  it('find damage in a file too large to be read through at opening, and tell slow calls', async () => {
    const folder = temporaryFolder();
    const first = await openCache(folder);
    // The middle of the file is letters: nothing that is read at the start.
    const deadLetters = Array.from({ length: 100 }, () => ({
      atMs: NOW,
      feed: 'f',
      topic: 't',
      reason: 'notJson',
      detail: 'd',
      payload: new Uint8Array(4000),
      bytes: 4000,
    }));
    await first.store.commit({ ...emptyBatch, newSeries, deadLetters });
    await first.store.close();
    const file = join(folder, 'telemetry.db');
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(4096, 0xff), 0, 4096, Math.floor(statSync(file).size / 8192) * 4096);
    closeSync(handle);
    const slow: string[] = [];
    const notice = Promise.withResolvers<StoreNotice>();
    const { store, notices } = await openTelemetryStore({
      file,
      workerPath,
      retention,
      now: () => NOW,
      onNotice: notice.resolve,
      onSlowCall: (call) => slow.push(call),
      checkAtOnceBytes: 0,
      slowCallMs: 0,
    });
    expect(notices).toEqual([]);
    expect(await notice.promise).toMatchObject({ level: 'error', text: expect.stringContaining('set aside') });
    expect(await store.series()).toEqual(newSeries);
    await store.commit(
      batchOf(Array.from({ length: 60_000 }, (_, index) => ({ series: index, atMs: NOW, value: index }))),
    );
    expect(slow).toContain('telemetryWriter.commit');
    await store.close();
  });

  it('do not hold up commits while a long read runs', async () => {
    const { store } = await openCache(temporaryFolder());
    const rows = Array.from({ length: 150_000 }, (_, index) => ({ series: 1, atMs: NOW + index, value: index }));
    await store.commit(batchOf(rows, { newSeries }));
    let isReading = true;
    const read = store
      .query({ deviceId: 'd', quantity: 'speedMps', fromMs: NOW, toMs: NOW + 150_000, maxPoints: 100, asRate: true })
      .finally(() => (isReading = false));
    await store.commit(batchOf([{ series: 1, atMs: NOW - 1, value: 0 }]));
    expect(isReading).toBe(true);
    await read;
    await store.close();
  });

  it('are opened with one clear sentence or not at all', async () => {
    const folder = temporaryFolder();
    const { store } = await openCache(folder);
    await store.commit(emptyBatch);
    await store.close();
    const inAFile = () => openCache(join(folder, 'telemetry.db', 'deeper'));
    await expect(inAFile()).rejects.toThrow(DataFolderError);
    await expect(inAFile()).rejects.toThrow(/cannot be written .*--data DIR/);
  });
});

describe('the lock of the data folder', () => {
  it('lets one engine in, tells the other who has it, and is free again afterwards', () => {
    const folder = join(temporaryFolder(), 'new', 'folder');
    const lock = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(
      `Another Beacon engine (process ${process.pid}) uses the data folder ${folder}.`,
    );
    lock.release();
    lockDataFolder(folder).release();
  });

  it('says where a folder cannot be', () => {
    const file = join(temporaryFolder(), 'file');
    closeSync(openSync(file, 'w'));
    expect(() => lockDataFolder(file)).toThrow(DataFolderError);
    expect(() => lockDataFolder('/proc/beacon')).toThrow(DataFolderError);
    expect(() => lockDataFolder(join(file, 'data'))).toThrow(/cannot be written .*--data DIR/);
  });
});

/** Runs the victim for a moment, kills it without warning, and returns what it had been told was safe. */
async function killAfter(folder: string, firstMs: number, ms: number): Promise<string[]> {
  const victim = spawn(execPath, [victimPath, folder, workerPath, String(firstMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void victim.kill('SIGKILL'));
  const lines: string[] = [];
  let isDoomed = false;
  const reading = createInterface({ input: victim.stdout });
  reading.on('line', (line) => {
    if (lines.length === 0)
      expect(() => lockDataFolder(folder)).toThrow(`Another Beacon engine (process ${victim.pid})`);
    lines.push(line);
    // A slow disk has promised something of both kinds before the end comes, a fast one thousands.
    if (isDoomed || !['record', 'samples'].every((kind) => lines.filter((said) => said.startsWith(kind)).length > 5))
      return;
    isDoomed = true;
    setTimeout(() => victim.kill('SIGKILL'), ms);
  });
  await new Promise((resolve) => reading.once('close', resolve));
  return lines;
}

describe('killed without warning', () => {
  it('has lost nothing that was acknowledged', async () => {
    const folder = temporaryFolder();
    const promised: string[] = [];
    for (let round = 0; round < 4; round++)
      promised.push(...(await killAfter(folder, NOW + round * 1e9, 150 + round * 97)));
    lockDataFolder(folder).release();
    const record = await openRecord(folder);
    const cache = await openCache(folder);
    expect([...record.notices, ...cache.notices]).toEqual([]);
    const kept = new Set(
      (await record.store.entries(0, 1e6)).entries.map(
        ({ seq, author, event }) => `record ${seq} ${author.name} ${'text' in event ? event.text : ''}`,
      ),
    );
    const points = await cache.store.steps([1], NOW, NOW + 5e9, 1);
    const times = new Set(points.atMs);
    const words = promised.map((line) => line.split(' '));
    expect(words.filter(([kind]) => kind === 'record').length).toBeGreaterThan(20);
    expect(words.filter(([kind]) => kind === 'samples').length).toBeGreaterThan(20);
    for (const [kind, first, ...rest] of words) {
      const line = `record ${first} writer ${rest[0]} note ${rest[1]}`;
      if (kind === 'record' && !kept.has(line)) expect.fail(`"${line}" is gone`);
      if (kind === 'samples')
        for (let row = 0; row < Number(rest[0]); row++)
          if (!times.has(Number(first) + row)) expect.fail(`the sample at ${Number(first) + row} is gone`);
    }
    await record.store.close();
    await cache.store.close();
  });
});
