import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, openSync, readdirSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openScreen } from '../../support/openScreen.ts';
import { darkStreet, noticesOf, startFaultBench } from '../../support/startFaultBench.ts';
import type { FaultBench } from '../../support/startFaultBench.ts';
import { MeterStream } from '../../support/MeterStream.ts';
import { eventually, runScript } from '../../support/startHost.ts';

const METERS = 5;

const damages = {
  'cut short': (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2)),
  'overwritten in the middle': (file: string) => {
    const handle = openSync(file, 'r+');
    const half = Math.floor(statSync(file).size / 2);
    writeSync(handle, Buffer.alloc(half, 0xa5), 0, half, Math.floor(half / 2));
    closeSync(handle);
  },
};

/** A data folder in which an engine has worked and ended. */
async function usedFolder(): Promise<FaultBench & { incidentId: string }> {
  const bench = await startFaultBench();
  const engine = await bench.start();
  const screen = await openScreen(engine.url);
  const { incidentId } = await screen.request('incident.open', darkStreet);
  for (let n = 0; n < 20; n++) await screen.request('incident.note', { incidentId, text: `${n} ${'x'.repeat(3000)}` });
  for (let n = 0; n < 300; n++) bench.stream.send();
  await bench.complete(screen);
  screen.stop();
  expect(await engine.stop()).toBe(0);
  return { ...bench, incidentId };
}

it.each(Object.entries(damages))(
  'a telemetry cache %s is set aside or mended, told, and takes data again',
  async (_how, damage) => {
    const { dataDir, url, start, incidentId } = await usedFolder();
    damage(join(dataDir, 'telemetry.db'));
    const screen = await openScreen((await start()).url);
    await eventually('The notice', () => /telemetry cache/.test(noticesOf(screen)) || undefined);
    const later = await MeterStream.connect(url, METERS, Math.floor(Date.now() / 1000) * 1000 - 600_000);
    onTestFinished(() => later.end());
    for (let n = 0; n < 50; n++) later.send();
    await eventually('The new readings', async () =>
      (await later.differences(screen)).length === 0 ? true : undefined,
    );
    expect(screen.stream('incidents').get()?.get(incidentId)?.title).toBe('Dark street');
  },
);

it.each(Object.entries(damages))(
  'a record %s is kept as it is and goes on in the next file, and the screen says so',
  async (_how, damage) => {
    const { dataDir, start, complete } = await usedFolder();
    damage(join(dataDir, 'record.db'));
    const engine = await start();
    const screen = await openScreen(engine.url);
    expect(noticesOf(screen)).toMatch(/record .*record\.db is damaged .* goes on in .*record-2\.db/);
    await screen.request('incident.open', {
      type: 'powerOutage',
      priority: 2,
      title: 'After the damage',
      place: 'Here',
      alarmIds: [],
    });
    await complete(screen);
    expect(await engine.stop()).toBe(0);
    const checked = await runScript('out/main/host.js', ['engine', '--check', '--data', dataDir]).ended;
    expect(checked.output).toMatch(/record\.db was damaged and is kept as it was[^]*record-2\.db is whole/);
    expect(readdirSync(dataDir)).toContain('record-2.db');
  },
);

/** Makes a file that even this user cannot write; false where that cannot be done. */
function protect(file: string): boolean {
  if (process.getuid?.() !== 0) {
    chmodSync(file, 0o444);
    return true;
  }
  if (spawnSync('mount', ['--bind', file, file]).status !== 0) return false;
  onTestFinished(() => void spawnSync('umount', ['-l', file]));
  return spawnSync('mount', ['-o', 'remount,ro,bind', file]).status === 0;
}

it.each(['telemetry.db', 'record.db'])(
  'a %s that is read-only ends the start with a sentence, and nothing is changed',
  async (name) => {
    const { dataDir, url, countyDir } = await usedFolder();
    const file = join(dataDir, name);
    if (!protect(file)) {
      console.log('A read-only file is not tested here: root writes everything, and nothing can be mounted.');
      return;
    }
    const run = runScript('out/main/host.js', [
      'engine',
      '--broker',
      url,
      '--county',
      countyDir,
      '--data',
      dataDir,
      '--listen',
      '127.0.0.1:0',
    ]);
    onTestFinished(() => run.kill('SIGKILL'));
    const { code, errors } = await run.ended;
    expect([code, errors]).toEqual([
      1,
      expect.stringMatching(new RegExp(`${name.replace('.', '\\.')} cannot be written .*--data DIR`)),
    ]);
    expect(readdirSync(dataDir).filter((each) => /damaged|record-2/.test(each))).toEqual([]);
  },
);
