import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openScreen } from '../support/openScreen.ts';
import { startEngine } from '../support/startEngine.ts';
import { darkStreet, startFaultBench } from '../support/startFaultBench.ts';
import { eventually } from '../support/startHost.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { faultCounty } from '../support/MeterStream.ts';
import { writeCounty } from '../support/writeCounty.ts';

const DOCUMENT = readFileSync(resolve(import.meta.dirname, '../../docs/broker.md'), 'utf8');
const block = (language: string): string[] =>
  (new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(DOCUMENT)?.[1] ?? '')
    .split('\n')
    .filter((line) => line !== '');

it('with the documented configuration of Mosquitto nothing is refused, and nothing of QoS 1 is lost while Beacon is away', async () => {
  // Listener, certificates and password file are those of the test; all else is as documented.
  const settings = block('conf').filter((line) => /^(max_|autosave_|persistent_client_)/.test(line));
  expect(settings.length).toBeGreaterThanOrEqual(5);
  const broker = await startMosquitto({ settings, user: { name: 'beacon', password: 'secret' }, rights: block('acl') });
  onTestFinished(() => broker.dispose());
  broker.addUser('devices', 'secret');
  const folder = temporaryFolder();
  const [countyDir, dataDir] = [join(folder, 'county'), join(folder, 'data')];
  await writeCounty(countyDir, faultCounty(5));
  const url = `mqtt://beacon:secret@127.0.0.1:${String(broker.port)}`;
  const first = await startEngine({ brokerUrl: url, countyDir, dataDir });
  const screen = await openScreen(first.url);
  await eventually('The desk', () => screen.stream('desk').get()?.isConnected === true || undefined);
  const health = (await (await fetch(`${first.url}/healthz`)).json()) as { refusedTopics: unknown[] };
  expect(health.refusedTopics).toEqual([]);
  expect(await first.metric('beacon_refused_topics')).toBe(0);
  await first.stop();

  const device = await connectAsync(`mqtt://devices:secret@127.0.0.1:${String(broker.port)}`);
  onTestFinished(() => device.endAsync(true).then(() => undefined));
  const now = Date.now();
  await Promise.all(
    Array.from({ length: 3000 }, (_, n) =>
      device.publishAsync(
        'beacon/v1/meter/M1',
        JSON.stringify({ at: now - (3000 - n) * 1000, registerKwh: 1000 + n / 100 }),
        { qos: 1 },
      ),
    ),
  );
  // A restart of the broker loses nothing either.
  await broker.stop();
  await broker.start();
  const second = await startEngine({ brokerUrl: url, countyDir, dataDir });
  onTestFinished(() => second.kill().then(() => undefined));
  await eventually(
    'All of them',
    async () => (await second.metric('beacon_messages_received_total{feed="beacon-meters"}')) >= 3000 || undefined,
    60_000,
  );
  expect(await second.metric('beacon_messages_received_total{feed="beacon-meters"}')).toBe(3000);
}, 180_000);

it('missing rights, alarms, incidents, desk, cache and version are in the metrics', async () => {
  const broker = await startMosquitto({ rights: ['topic readwrite beacon/#'] });
  onTestFinished(() => broker.dispose());
  const bench = await startFaultBench({ brokerUrl: broker.url });
  const engine = await bench.start();
  const screen = await openScreen(engine.url);
  await screen.request('incident.open', darkStreet);
  await eventually('The refusals', async () => (await engine.metric('beacon_refused_topics')) > 0 || undefined);
  expect(await engine.metric('beacon_incidents_open')).toBe(1);
  expect(await engine.metric('beacon_desk_peers')).toBe(0);
  expect(await engine.metric('beacon_desk_entries_behind')).toBe(0);
  await eventually('The leader', async () => (await engine.metric('beacon_desk_leader')) === 1 || undefined);
  expect(await engine.metric('beacon_cache_bytes')).toBeGreaterThan(0);
  expect(await engine.metric('beacon_cache_bound_bytes')).toBe(4e9);
  const text = await (await fetch(`${engine.url}/metrics`)).text();
  for (const line of [
    /^beacon_info\{version="\d+\.\d+\.\d+"\} 1$/m,
    /^beacon_alarms\{priority="1"\} \d+$/m,
    /^beacon_alarms\{priority="4"\} \d+$/m,
    /^beacon_notifications_failed 0$/m,
    /^beacon_unplaced_devices 0$/m,
    /^beacon_feeds_awaited \d+$/m,
    /^beacon_warnings 0$/m,
  ])
    expect(text).toMatch(line);
}, 120_000);
