import { join } from 'node:path';
import { connect } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { beaconPerson } from '../../../shared/people/person.ts';
import { openScreen } from '../../support/openScreen.ts';
import type { Screen } from '../../support/openScreen.ts';
import { smallCounty } from '../../support/smallCounty.ts';
import { startDesk } from '../../support/startDesk.ts';
import type { RunningDesk } from '../../support/startDesk.ts';
import { startEngine } from '../../support/startEngine.ts';
import { eventually } from '../../support/startHost.ts';
import { leaders, oneLeader, sameLog, startBroker, startRoom } from '../../support/startRoom.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeCounty } from '../../support/writeCounty.ts';

const leads = ({ replication }: RunningDesk): true | undefined => replication.isLeader() || undefined;
const repeatedAt = ({ replication }: RunningDesk, from: string): number =>
  replication.state().refused.find((each) => each.from === from && each.reason === 'repeated')?.count ?? 0;

async function listener(url: string): Promise<MqttClient> {
  const client = connect(url);
  onTestFinished(() => client.endAsync(true).then(() => undefined));
  await new Promise((resolve) => client.once('connect', resolve));
  return client;
}

type Heard = { topic: string; payload: Buffer };
/** Records the beats of a workstation from now on, as anybody may who may read. */
async function record(client: MqttClient, id: string): Promise<Heard[]> {
  const heard: Heard[] = [];
  client.on('message', (topic, payload) => {
    if (topic.includes(`/head/${id}`) && payload.length > 0) heard.push({ topic, payload });
  });
  await client.subscribeAsync('beacon/v1/desk/#', { qos: 1 });
  return heard;
}

/** Publishes what was recorded again, some a second, until the test is over. */
function replay(client: MqttClient, beats: readonly Heard[]): void {
  let next = 0;
  const timer = setInterval(() => {
    const beat = beats[next++ % beats.length];
    if (beat !== undefined) client.publish(beat.topic, beat.payload, { qos: 1, retain: true });
  }, 300);
  onTestFinished(() => clearInterval(timer));
}

it('passes to the other one of two workstations when the leader dies, and to the smallest when all are back', async () => {
  const { lines, desks, broker } = await startRoom(2);
  const leader = await oneLeader(desks);
  const other = desks.find((each) => each !== leader)!;
  lines[desks.indexOf(leader)]!.cut();
  await eventually('Another leader', () => leads(other));
  expect(leader.replication.isLeader()).toBe(false);
  lines[desks.indexOf(leader)]!.mend();
  await oneLeader(desks);
  await broker.dispose();
  await eventually('No leader without a broker', () => leaders(desks).length === 0 || undefined);
  await startBroker(broker.port);
  await oneLeader(desks);
});

it('passes on although beats of the dead one are published again, of another session and of this one', async () => {
  const { lines, desks, broker } = await startRoom(2);
  const client = await listener(broker.url);
  let leader = await oneLeader(desks);
  const other = desks.find((each) => each !== leader)!;
  const beats = await record(client, leader.id);
  await eventually('Beats of an earlier session', () => beats.length > 8 || undefined);
  await leader.stop();
  await eventually('The other one', () => leads(other));
  leader = await startDesk({ folder: leader.folder, url: lines[desks.indexOf(leader)]!.url });
  await oneLeader([leader, other]);
  await client.unsubscribeAsync('beacon/v1/desk/#');
  await leader.stop();
  replay(client, beats);
  await eventually('The other one, though', () => leads(other));
  expect(repeatedAt(other, leader.id)).toBeGreaterThan(0);
  // Nor is one taken in that starts only now, and has heard nothing live.
  const url = other.url;
  await other.stop();
  const again = await startDesk({ folder: other.folder, url });
  await eventually('The other one after its own restart', () => leads(again));
  await eventually('The refusal', () => repeatedAt(again, leader.id) > 0 || undefined);
  expect(again.notices).toEqual([]);
});

it('does not give way to recordings of its own beats', async () => {
  const { desks, broker } = await startRoom(2);
  const client = await listener(broker.url);
  const [first, second] = desks as [RunningDesk, RunningDesk];
  const beats = await record(client, second.id);
  await eventually('Some beats', () => beats.length > 4 || undefined);
  await second.stop();
  await client.unsubscribeAsync('beacon/v1/desk/#');
  const again = await startDesk({ folder: second.folder, url: second.url });
  await again.replication.ready;
  replay(client, beats);
  await eventually('The refusal', () => repeatedAt(again, second.id) > 3 || undefined);
  const { sequence } = await again.log.perform(beaconPerson, { kind: 'system.noted', text: 'still here' });
  expect(sequence).toBe(`${second.id}.1`);
  await sameLog([first, again]);
});

it('passes on between two built engines when the one that leads is killed', async () => {
  const broker = await startBroker();
  const countyDir = join(temporaryFolder(), 'county');
  await writeCounty(countyDir, smallCounty());
  const start = async (dataDir: string) => {
    const engine = await startEngine({ brokerUrl: broker.url, countyDir, dataDir });
    onTestFinished(() => engine.kill().then(() => undefined));
    return engine;
  };
  const folders = [temporaryFolder(), temporaryFolder()] as const;
  const engines = [await start(folders[0]), await start(folders[1])];
  const here = await openScreen(engines[0]!.url);
  const before = await openScreen(engines[1]!.url);
  await eventually('The connection of the desk', () => here.stream('desk').get()?.isConnected);
  const { code } = await here.request('desk.makeCode', {});
  await before.request('desk.join', { code });
  before.stop();
  const isShared = (): true | undefined =>
    here
      .stream('desk')
      .get()
      ?.workstations.some(({ state }) => state === 'live') || undefined;
  await eventually('The other workstation', isShared);
  const screens: Screen[] = [here, await openScreen(engines[1]!.url)];
  const leading = (): number[] =>
    screens.flatMap((screen, index) => (screen.stream('desk').get()?.isLeading === true ? [index] : []));
  const [leader = 0] = await eventually('One leader', () => (leading().length === 1 ? leading() : undefined));
  await engines[leader]!.kill();
  const survivor = screens[1 - leader]!;
  await eventually('The other one leads', () => survivor.stream('desk').get()?.isLeading || undefined);
});
