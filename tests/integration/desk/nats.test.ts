import { join } from 'node:path';
import { connect } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { beaconPerson } from '../../../shared/people/person.ts';
import { administrator } from '../../support/people.ts';
import { smallCounty } from '../../support/smallCounty.ts';
import { startDesk } from '../../support/startDesk.ts';
import { startEngine } from '../../support/startEngine.ts';
import { eventually } from '../../support/startHost.ts';
import { hasNats, startNats } from '../../support/startNats.ts';
import { leaders, sameLog } from '../../support/startRoom.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeCounty } from '../../support/writeCounty.ts';

const needsNats = `at a broker that takes no dot in a topic${hasNats ? '' : ' (skipped: nats-server is not installed)'}`;

async function nats(): Promise<string> {
  const broker = await startNats();
  onTestFinished(() => broker.dispose());
  return broker.url;
}

it.skipIf(!hasNats)(`two workstations share a desk and one leads, ${needsNats}`, async () => {
  const url = await nats();
  const first = await startDesk({ folder: temporaryFolder(), url });
  await eventually('A connection', () => first.replication.state().isConnected || undefined);
  const folder = temporaryFolder();
  const before = await startDesk({ folder, url });
  await eventually('A connection', () => before.replication.state().isConnected || undefined);
  await before.join(first.replication.makeCode(administrator).code);
  await before.stop();
  const second = await startDesk({ folder, url });
  await second.replication.ready;
  await second.log.perform(beaconPerson, { kind: 'system.noted', text: 'from the second' });
  await sameLog([first, second]);
  await eventually('One leader', () => leaders([first, second]).length === 1 || undefined);
  expect(first.replication.state()).toMatchObject({ isConnected: true, refusedTopics: [] });
});

it.skipIf(!hasNats)(
  `the engine takes in what devices publish, and names the filter it cannot have, ${needsNats}`,
  async () => {
    const url = await nats();
    const countyDir = join(temporaryFolder(), 'county');
    await writeCounty(countyDir, smallCounty());
    const engine = await startEngine({ brokerUrl: url, countyDir, dataDir: temporaryFolder() });
    onTestFinished(() => engine.kill().then(() => undefined));
    const health = await eventually('The refusal', async () => {
      const body = (await (await fetch(`${engine.url}/healthz`)).json()) as { refusedTopics: { topic: string }[] };
      return body.refusedTopics.length > 0 ? body : undefined;
    });
    expect(health.refusedTopics).toEqual([{ topic: 'spBv1.0/#', right: 'read' }]);
    const device = connect(url, { protocolVersion: 4 });
    onTestFinished(() => device.endAsync(true).then(() => undefined));
    await new Promise((resolve) => device.once('connect', resolve));
    const reading = { at: Date.now(), registerKwh: 12.5 };
    await eventually('The reading in the store', async () => {
      await device.publishAsync('beacon/v1/meter/M1', JSON.stringify({ ...reading, at: Date.now() }), { qos: 1 });
      return (await engine.metric('beacon_messages_received_total{feed="beacon-meters"}')) > 0 || undefined;
    });
  },
);
