import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { loadWorkstation } from '../../../main/engine/log/workstation.ts';
import { lockDataFolder } from '../../../main/engine/store/DataFolderLock.ts';
import { openRecordStore } from '../../../main/engine/store/record/openRecordStore.ts';
import { openTelemetryStore } from '../../../main/engine/store/samples/openTelemetryStore.ts';
import { builtForNode } from '../../support/builtForNode.ts';
import { seededRandom } from '../../support/makeCounty.ts';
import { builtEntry } from '../../support/startBuilt.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { tries } from '../../support/tries.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const KILLS = tries('Kills of a first start', 30, 1000);
const SEED = 7;
const retention = { samplesDays: 1000, positionsDays: 2, deadLetterCount: 100, mostBytes: 1e9 };
const workerPath = builtEntry('storeWorker');
const { storeVictim: victimPath } = builtForNode('firstStart', { storeVictim: 'tests/support/storeVictim.ts' });

const open = async (folder: string) => {
  const lock = lockDataFolder(folder);
  const cache = await openTelemetryStore({ file: join(folder, 'telemetry.db'), workerPath, retention, now: () => NOW });
  const record = await openRecordStore({
    file: join(folder, 'record.db'),
    signer: loadWorkstation(folder),
    workerPath,
    now: () => NOW,
  });
  const close = async (): Promise<void> => {
    await record.store.close();
    await cache.store.close();
    lock.release();
  };
  return { cache, record, close };
};

type Died = {
  /** What it had been told was safe. */ promised: string[];
  /** The database files that were there, and those that were being made. */ files: string[];
};

/** A first start, killed without warning `ms` after the first sight of a file, be it whole or in the making. */
async function killWhileMaking(folder: string, name: string, ms: number): Promise<Died> {
  const victim = spawn(execPath, [victimPath, folder, workerPath, String(NOW)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void victim.kill('SIGKILL'));
  const promised: string[] = [];
  const reading = createInterface({ input: victim.stdout });
  reading.on('line', (line) => promised.push(line));
  const isOver = new Promise((resolve) => reading.once('close', resolve));
  while (![`${name}.new`, name].some((each) => existsSync(join(folder, each))) && victim.exitCode === null)
    await new Promise(setImmediate);
  const untilMs = performance.now() + ms;
  // Not a timer: the moments that matter are shorter than its steps.
  while (performance.now() < untilMs);
  victim.kill('SIGKILL');
  await isOver;
  return {
    promised,
    files: readdirSync(folder)
      .filter((name) => /\.db(\.new)?$/.test(name))
      .sort(),
  };
}

it(
  `a first start killed ${KILLS} times while it makes its files starts clean the next time, with all that was acknowledged`,
  async () => {
    const random = seededRandom(SEED);
    const seen = new Set<string>();
    for (let kill = 0; kill < KILLS; kill++) {
      const folder = temporaryFolder();
      // Most in the milliseconds in which a file is made, some when it is in use.
      const { promised, files } = await killWhileMaking(
        folder,
        kill % 2 === 0 ? 'telemetry.db' : 'record.db',
        random() * (kill % 5 === 0 ? 100 : 15),
      );
      seen.add(files.join(' '));
      const { cache, record, close } = await open(folder);
      expect([...record.notices, ...cache.notices], files.join(' ')).toEqual([]);
      const kept = new Set((await record.store.entries(0, 1e6)).entries.map(({ seq }) => `record ${seq}`));
      expect(promised.filter((line) => line.startsWith('record') && !kept.has(line.split(' ', 2).join(' ')))).toEqual(
        [],
      );
      const count = promised.filter((line) => line.startsWith('samples')).length * 500;
      expect((await cache.store.counts()).samples).toBeGreaterThanOrEqual(count);
      await close();
      expect(readdirSync(folder).filter((name) => /\.new|damaged|record-2|left-over/.test(name))).toEqual([]);
    }
    // Some of them died in the midst of it.
    expect([...seen].filter((files) => files.includes('.new')).length, [...seen].join(' | ')).toBeGreaterThan(0);
    console.log(`Killed with these files there: ${[...seen].map((files) => `[${files}]`).join(' ')}.`);
  },
  KILLS * 10_000,
);

it('a log left over without its file is not taken for that of a new one, and is kept', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'record.db-wal'), 'what somebody left when the file itself was removed');
  const { record, close } = await open(folder);
  expect(record.notices).toEqual([]);
  await close();
  expect(statSync(join(folder, 'record.db-wal.left-over')).size).toBe(51);
});
