import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openScreen } from '../../support/openScreen.ts';
import { darkStreet, alarmOf, noticesOf, startFaultBench } from '../../support/startFaultBench.ts';
import { eventually, runScript } from '../../support/startHost.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const QUOTA_BYTES = 60 * 1024 * 1024;

/** The library that keeps a quota; undefined with a printed reason where it cannot be made. */
function buildQuota(): string | undefined {
  const library = join(temporaryFolder(), 'quota.so');
  const { status, stderr, error } = spawnSync(
    'cc',
    ['-shared', '-fPIC', '-o', library, resolve(import.meta.dirname, '../../support/quota.c'), '-ldl'],
    { encoding: 'utf8' },
  );
  if (process.platform === 'linux' && status === 0) return library;
  console.log(
    `A quota that is used up is not tested here, because it cannot be made: ${error?.message ?? stderr.trim()}`,
  );
  return undefined;
}

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  );

it('a quota that is used up is a full disk: nothing of QoS 1 and of the record is lost, it is told once, and over when there is room', async ({
  skip,
}) => {
  const library = buildQuota();
  if (library === undefined) return skip('a quota cannot be made');
  const folder = temporaryFolder();
  const bench = await startFaultBench({ dataDir: join(folder, 'data') });
  vi.stubEnv('LD_PRELOAD', library);
  vi.stubEnv('QUOTA_FOLDER', folder);
  vi.stubEnv('QUOTA_BYTES', String(QUOTA_BYTES));
  const engine = await bench.start().finally(() => vi.unstubAllEnvs());
  const screen = await openScreen(engine.url);
  for (let n = 0; n < 20; n++) bench.stream.send();
  await bench.complete(screen);
  const { incidentId } = await screen.request('incident.open', darkStreet);

  const reserve = (): number => statSync(join(bench.dataDir, 'reserve')).size;
  const whole = reserve();
  const ballast = join(folder, 'ballast');
  const fill = (): void =>
    writeFileSync(ballast, Buffer.alloc(Math.max(0, QUOTA_BYTES - bytesIn(folder))), { flag: 'a' });
  fill();
  bench.stream.run(20);
  expect(await alarmOf(screen, 'system.disk')).toBe('The disk is full');
  expect(noticesOf(screen)).toMatch(/its quota is used up/);
  fill();
  const notes = Array.from({ length: 100 }, (_, n) => `${n} ${'x'.repeat(3000)}`);
  for (const text of notes) await screen.request('incident.note', { incidentId, text });
  // The disk has room all the time; it must not be taken for room in the folder.
  for (let looks = 0; looks < 3; looks++) {
    await new Promise((done) => setTimeout(done, 4000));
    expect(screen.stream('vitals').get()?.disk.state).toBe('full');
  }
  expect(noticesOf(screen).match(/its quota is used up/g)).toHaveLength(1);
  expect(noticesOf(screen)).not.toMatch(/damaged|has room again/);
  await bench.stream.pause();
  expect(await bench.stream.differences(screen)).not.toEqual([]);

  rmSync(ballast);
  await bench.complete(screen);
  await eventually('The word that there is room', () => /has room again/.test(noticesOf(screen)) || undefined);
  expect(reserve()).toBe(whole);
  const { entries } = await screen.request('record.list', { limit: 1000 });
  const kept = new Set(entries.map(({ event }) => ('text' in event ? event.text : '')));
  expect(notes.filter((text) => !kept.has(text))).toEqual([]);
  expect(readdirSync(bench.dataDir).filter((name) => /^room-|damaged|record-2/.test(name))).toEqual([]);
  expect(await engine.stop()).toBe(0);
  expect(await runScript('out/main/host.js', ['engine', '--check', '--data', bench.dataDir]).ended).toMatchObject({
    code: 0,
  });
});
