import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { faultCounty, MeterStream } from '../../support/MeterStream.ts';
import { openScreen } from '../../support/openScreen.ts';
import { startEngine } from '../../support/startEngine.ts';
import type { RunningEngine } from '../../support/startEngine.ts';
import { eventually, runScript } from '../../support/startHost.ts';
import type { Ended } from '../../support/startHost.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeCounty } from '../../support/writeCounty.ts';

const METERS = 5;
const maintain = (...args: string[]): Promise<Ended> => runScript('out/main/host.js', ['engine', ...args]).ended;

async function prepare(): Promise<{
  folder: string;
  dataDir: string;
  stream: MeterStream;
  start: () => Promise<RunningEngine>;
}> {
  const folder = temporaryFolder();
  const [countyDir, dataDir] = [join(folder, 'county'), join(folder, 'data')];
  await writeCounty(countyDir, faultCounty(METERS));
  const broker = await startMosquitto();
  onTestFinished(broker.dispose);
  const start = async (): Promise<RunningEngine> => {
    const engine = await startEngine({ brokerUrl: broker.url, countyDir, dataDir });
    onTestFinished(async () => {
      await engine.kill();
    });
    return engine;
  };
  const stream = await MeterStream.connect(broker.url, METERS, Math.floor(Date.now() / 1000) * 1000 - 3_600_000);
  onTestFinished(() => stream.end());
  return { folder, dataDir, stream, start };
}

const open = (title: string) => ({
  type: 'powerOutage' as const,
  priority: 2 as const,
  title,
  place: 'Here',
  alarmIds: [],
});
const whole = (stream: MeterStream, engine: RunningEngine) => async (): Promise<true | undefined> =>
  (await stream.differences(await openScreen(engine.url))).length === 0 ? true : undefined;

/** Every file of a folder with a digest of its content. */
const contents = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(dir, name)).isFile())
    .sort()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(dir, name)))
          .digest('hex')}`,
    );
/** The least that is a picture. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

function overwriteMiddle(file: string): void {
  const handle = openSync(file, 'r+');
  const half = Math.floor(statSync(file).size / 2);
  writeSync(handle, Buffer.alloc(half, 0xa5), 0, half, Math.floor(half / 2));
  closeSync(handle);
}

it('a data folder is checked and backed up while the engine writes, and the backup takes the place of what came later', async () => {
  const { folder, dataDir, stream, start } = await prepare();
  const backup = join(folder, 'backup');
  const engine = await start();
  const screen = await openScreen(engine.url);
  const { incidentId } = await screen.request('incident.open', open('Before the backup'));
  await screen.request('attachment.put', { uploadId: 'picture', offset: 0, data: pixel });
  const { hash } = await screen.request('incident.attach', { incidentId, uploadId: 'picture', name: 'scene.png' });
  for (let n = 0; n < 50; n++) stream.send();
  await stream.pause();
  await eventually('The readings', whole(stream, engine));

  stream.run(2);
  const checked = await maintain('--check', '--data', dataDir);
  expect(checked).toMatchObject({ code: 0, errors: '' });
  expect(checked.output).toMatch(/operators' record .* is whole: \d+ entries/);
  expect(checked.output).toMatch(/telemetry cache .* is whole/);
  const copied = await maintain('--backup', backup, '--data', dataDir);
  expect(copied).toMatchObject({ code: 0, errors: '' });
  expect(copied.output).toMatch(/Copied .*record\.db[^]*Copied .*telemetry\.db[^]*is whole/);
  expect(readdirSync(backup)).not.toContain('engine-id');
  expect(await maintain('--backup', backup, '--data', dataDir)).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/not empty/),
  });
  expect(await maintain('--restore', backup, '--data', dataDir)).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/Another Beacon engine .* uses the data folder/),
  });
  await stream.pause();
  await eventually('All readings', whole(stream, engine));
  await screen.request('incident.open', open('After the backup'));
  expect(await engine.stop()).toBe(0);

  const before = contents(backup);
  expect(await maintain('--check', '--data', backup)).toMatchObject({ code: 0 });
  expect(contents(backup)).toEqual(before);
  rmSync(join(dataDir, 'attachments'), { recursive: true });
  const restored = await maintain('--restore', backup, '--data', dataDir);
  expect(restored).toMatchObject({ code: 0, errors: '' });
  const aside = /set aside as (\S+):/.exec(restored.output)?.[1] ?? '';
  expect((await maintain('--check', '--data', aside)).code).toBe(0);
  const again = await start();
  const later = await openScreen(again.url);
  const titles = (): string[] => [...(later.stream('incidents').get()?.values() ?? [])].map(({ title }) => title);
  await expect.poll(titles).toEqual(['Before the backup']);
  expect((await later.request('attachment.read', { hash, offset: 0 })).data).toBe(pixel);
  const series = await later.request('series.query', {
    deviceId: 'F1-0',
    quantity: 'registerKwh',
    fromMs: 0,
    toMs: Date.now(),
    maxPoints: 5000,
    asRate: false,
  });
  expect(series.value.length).toBeGreaterThanOrEqual(50);
  // The broker knows how far this workstation had written: its numbers are not given a second time.
  const texts = (): string => (later.stream('notices').get() ?? []).map(({ text }) => text).join(' ');
  await expect.poll(texts).toContain('put back to an earlier time');
});

it('a folder that a killed engine left behind is checked without a trace, and what is broken in it is told', async () => {
  const { dataDir, folder, stream, start } = await prepare();
  const engine = await start();
  const screen = await openScreen(engine.url);
  for (let n = 0; n < 300; n++) stream.send();
  await stream.pause();
  await eventually('The readings', whole(stream, engine));
  const { incidentId } = await screen.request('incident.open', open('Dark street'));
  for (let n = 0; n < 20; n++) await screen.request('incident.note', { incidentId, text: `${n} ${'x'.repeat(2000)}` });
  await engine.kill();
  // The lock's own journal is nobody's data.
  const names = (): string[] =>
    readdirSync(dataDir)
      .filter((name) => !name.startsWith('engine.lock'))
      .sort();
  const before = names();
  expect(await maintain('--check', '--data', dataDir)).toMatchObject({ code: 0, errors: '' });
  expect(names()).toEqual(before);
  await (await start()).stop();

  const clean = contents(dataDir);
  expect(await maintain('--check', '--data', dataDir)).toMatchObject({ code: 0, errors: '' });
  expect(contents(dataDir)).toEqual(clean);
  overwriteMiddle(join(dataDir, 'telemetry.db'));
  overwriteMiddle(join(dataDir, 'record.db'));
  const broken = contents(dataDir);
  const found = await maintain('--check', '--data', dataDir);
  expect(found.code).toBe(1);
  expect(found.output).toMatch(
    /record .*record\.db is damaged[^]*telemetry cache .* (is damaged|cannot be read)[^]*is not whole/,
  );
  expect(contents(dataDir)).toEqual(broken);
  expect(await maintain('--restore', dataDir, '--data', join(folder, 'other'))).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/Nothing was restored/),
  });
  expect(await maintain('--check', '--backup', 'x')).toMatchObject({
    code: 2,
    errors: expect.stringMatching(/one at a time/),
  });
});

it('a record with an entry that lacks its signature is checked, backed up and restored, and the entry is named', async () => {
  const { folder, dataDir, start } = await prepare();
  const engine = await start();
  const screen = await openScreen(engine.url);
  for (const title of ['one', 'two', 'three']) await screen.request('incident.open', open(title));
  await engine.stop();
  const db = new Database(join(dataDir, 'record.db'));
  db.exec('DROP TRIGGER log_stays_as_it_is');
  const { seq } = db
    .prepare<[], { seq: number }>("SELECT seq FROM log WHERE event LIKE '%incident.opened%' ORDER BY seq LIMIT 1")
    .get() ?? { seq: 0 };
  db.prepare('UPDATE log SET signature = (SELECT signature FROM log WHERE seq = 1) WHERE seq = ?').run(seq);
  db.close();
  const named = new RegExp(`The entry ws-\\w+\\.1:${seq} of the operators' record is not signed by its workstation`);
  const check = await maintain('--check', '--data', dataDir);
  expect(check.output).toMatch(named);
  expect(check.output).toMatch(/\d+ signatures of 1 workstation hold/);
  expect(check.code).toBe(1);
  const backup = join(folder, 'backup');
  const made = await maintain('--backup', backup, '--data', dataDir);
  expect(made.output).toMatch(named);
  expect(made.code).toBe(0);
  expect((await maintain('--restore', backup, '--data', join(folder, 'other'))).code).toBe(0);
});
