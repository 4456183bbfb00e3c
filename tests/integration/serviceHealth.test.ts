import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openScreen } from '../support/openScreen.ts';
import { startEngine } from '../support/startEngine.ts';
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
  const text = await (await fetch(`${first.url}/metrics`)).text();
  for (const name of ['info', 'alarms', 'incidents_open', 'desk_peers', 'desk_leader', 'cache_bytes', 'warnings'])
    expect(text).toMatch(new RegExp(`^beacon_${name}(\\{.*\\})? [\\d.e+]+$`, 'm'));
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
