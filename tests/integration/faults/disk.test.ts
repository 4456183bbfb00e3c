import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { openScreen } from '../../support/openScreen.ts';
import { darkStreet, alarmOf, noticesOf, startFaultBench } from '../../support/startFaultBench.ts';
import { startBuilt } from '../../support/startBuilt.ts';
import { eventually, runScript } from '../../support/startHost.ts';
import { fill, mountSmallDisk } from '../../support/smallDisk.ts';

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

it('comes back after a crash on a full disk, in a part of the reserve, and says what is wrong', async ({ skip }) => {
  const disk = mountSmallDisk();
  if (disk === undefined) return skip('no small disk can be mounted');
  const bench = await startFaultBench({ dataDir: join(disk, 'data') });
  const engine = await bench.start();
  const screen = await openScreen(engine.url);
  for (let n = 0; n < 5; n++) bench.stream.send();
  await bench.complete(screen);
  const { incidentId } = await screen.request('incident.open', darkStreet);
  const reserve = (): number => statSync(join(bench.dataDir, 'reserve')).size;
  const whole = reserve();
  const ballast = join(disk, 'ballast');
  fill(ballast);
  await engine.kill();
  fill(ballast);

  // It is not healthy while nothing can be stored, so the start is awaited by its address alone.
  const host = await startBuilt(
    'host',
    ['engine', '--broker', bench.url, '--county', bench.countyDir, '--data', bench.dataDir, '--listen', '127.0.0.1:0'],
    /^Beacon is at (http:\S+)/,
  );
  onTestFinished(() => host.kill().then(() => undefined));
  const url = (host.ready[1] ?? '').replace(/\/$/, '');
  const again = await openScreen(url);
  expect(host.output()).toMatch(/no room left on the disk of .*: Beacon started in \d MB of its reserve\. Free space/);
  expect(await alarmOf(again, 'system.disk')).toBe('The disk is full');
  await again.request('incident.note', { incidentId, text: 'still writable' });
  expect(reserve()).toBeLessThan(whole);
  rmSync(ballast);
  await eventually('The health', async () => (await fetch(`${url}/healthz`)).ok || undefined, 60_000);
  bench.stream.send();
  await bench.complete(again);
  expect(reserve()).toBe(whole);
  const { entries } = await again.request('record.list', { limit: 1000 });
  expect(entries.some(({ event }) => 'text' in event && event.text === 'still writable')).toBe(true);
});
