import { spawnSync } from 'node:child_process';
import { appendFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { openScreen } from '../../support/openScreen.ts';
import { darkStreet, alarmOf, noticesOf, startFaultBench } from '../../support/startFaultBench.ts';
import { eventually, runScript } from '../../support/startHost.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const SIZE = '64m';

/** A small disk of the test's own; undefined with a printed reason where this user may not make one. */
function mountSmallDisk(): string | undefined {
  const folder = temporaryFolder();
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    console.log(
      `A full disk is not tested here, because a small one cannot be mounted: ${error?.message ?? stderr.trim()}`,
    );
    return undefined;
  }
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return folder;
}

/** Writes until there is no room for another byte. */
function fill(file: string): void {
  for (const bytes of [1024 * 1024, 4096, 1]) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(bytes, 1));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}

it('a full disk loses nothing of QoS 1 and nothing of the record, is told, and is over when there is room', async ({
  skip,
}) => {
  const disk = mountSmallDisk();
  if (disk === undefined) return skip('no small disk can be mounted');
  const bench = await startFaultBench({ dataDir: join(disk, 'data') });
  const engine = await bench.start();
  const screen = await openScreen(engine.url);
  for (let n = 0; n < 20; n++) bench.stream.send();
  await bench.complete(screen);
  expect(screen.stream('vitals').get()?.disk.state).toBe('ok');
  const { incidentId } = await screen.request('incident.open', darkStreet);

  const reserve = (): number => statSync(join(bench.dataDir, 'reserve')).size;
  const whole = reserve();
  const ballast = join(disk, 'ballast');
  fill(ballast);
  // Until the log's own room is used up, too.
  bench.stream.run(20);
  expect(await alarmOf(screen, 'system.disk')).toBe('The disk is full');
  expect(noticesOf(screen)).toMatch(/disk of the data folder is full/);
  expect((await fetch(`${engine.url}/healthz`)).ok).toBe(false);
  fill(ballast);
  const notes = Array.from({ length: 100 }, (_, n) => `${n} ${'x'.repeat(3000)}`);
  for (const text of notes) await screen.request('incident.note', { incidentId, text });
  expect(reserve()).toBeLessThan(whole);
  const qos0 = await connectAsync(bench.url);
  onTestFinished(() => qos0.endAsync(true));
  for (let n = 0; n < 50; n++)
    await qos0.publishAsync(
      'beacon/v1/traffic/D1',
      JSON.stringify({
        at: Date.now() - n * 20_000,
        periodS: 20,
        count: 6,
        speedMps: 14,
        occupancy: 0.1,
        status: 'ok',
      }),
      { qos: 0 },
    );
  await eventually(
    'The shed messages',
    async () => (await engine.metric('beacon_messages_shed_total{feed="beacon-traffic"}')) >= 50 || undefined,
  );
  await bench.stream.pause();
  expect(await bench.stream.differences(screen)).not.toEqual([]);

  rmSync(ballast);
  await bench.complete(screen);
  await eventually('The word that there is room', () => /has room again/.test(noticesOf(screen)) || undefined);
  await eventually('The health', async () => (await fetch(`${engine.url}/healthz`)).ok || undefined);
  expect(reserve()).toBe(whole);
  const { entries } = await screen.request('record.list', { limit: 1000 });
  const kept = new Set(entries.map(({ event }) => ('text' in event ? event.text : '')));
  expect(notes.filter((text) => !kept.has(text))).toEqual([]);
  expect(await engine.stop()).toBe(0);
  expect(await runScript('out/main/host.js', ['engine', '--check', '--data', bench.dataDir]).ended).toMatchObject({
    code: 0,
  });
});
