import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { connect } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { loadWorkstation } from '../../../main/engine/log/workstation.ts';
import { beaconPerson } from '../../../shared/people/person.ts';
import { administrator } from '../../support/people.ts';
import { startDesk } from '../../support/startDesk.ts';
import { eventually } from '../../support/startHost.ts';
import { startBroker } from '../../support/startRoom.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const SIGNATURE_BYTES = 64;
const signedText = (topic: string, content: Buffer): Buffer => Buffer.concat([Buffer.from(`${topic}\n`), content]);

it('hears a workstation of an earlier version, and publishes under the topics that it reads until it is a newer one', async () => {
  const { url } = await startBroker();
  const desk = await startDesk({ folder: temporaryFolder(), url });
  await eventually('A connection', () => desk.replication.state().isConnected || undefined);
  const folder = temporaryFolder();
  const joining = await startDesk({ folder, url });
  await eventually('A connection', () => joining.replication.state().isConnected || undefined);
  await joining.join(desk.replication.makeCode(administrator).code);
  await joining.stop();

  const { id, name, privateKey } = loadWorkstation(folder);
  const prefix = `beacon/v1/desk/${desk.replication.state().deskId}`;
  const client = connect(url);
  onTestFinished(() => client.endAsync(true).then(() => undefined));
  const heard: { topic: string; payload: Buffer }[] = [];
  const acknowledged: Record<string, number> = {};
  client.on('message', (topic, payload) => {
    heard.push({ topic, payload });
    if (topic !== `${prefix}/head/${desk.id}/1`) return;
    const theirs = JSON.parse(payload.subarray(SIGNATURE_BYTES).toString()) as { instance: string; beat: number };
    acknowledged[theirs.instance] = theirs.beat;
  });
  await client.subscribeAsync(`${prefix}/#`, { qos: 1 });
  let [beat, isNewer] = [0, false];
  const say = (): void => {
    const own = { from: `${id}.1`, name, instance: 'first', bornAtMs: 1, beat: ++beat, atMs: Date.now() };
    const content = { ...own, heads: {}, term: 0, standing: 'away', acts: [], ...(isNewer && { heard: acknowledged }) };
    const topic = `${prefix}/head/${isNewer ? `${id}/1` : `${id}.1`}`;
    const bytes = Buffer.from(JSON.stringify(content));
    const signature = sign(null, signedText(topic, bytes), createPrivateKey(privateKey));
    client.publish(topic, Buffer.concat([signature, bytes]), { qos: 1 });
  };
  const timer = setInterval(say, 300);
  onTestFinished(() => clearInterval(timer));

  const isLive = (): true | undefined =>
    desk.replication.state().workstations.some((each) => each.id === id && each.state === 'live') || undefined;
  await eventually('The workstation of an earlier version', isLive);
  await eventually('A head that it reads', () => heard.some(({ topic }) => topic === `${prefix}/head/${desk.id}.1`));
  await desk.log.perform(beaconPerson, { kind: 'system.noted', text: 'for all' });
  const { topic, payload } = await eventually('Entries that it reads', () =>
    heard.find((each) => each.topic === `${prefix}/events/${desk.id}.1` && each.payload.includes('for all')),
  );
  const content = payload.subarray(SIGNATURE_BYTES);
  const key = createPublicKey(loadWorkstation(desk.folder).publicKey);
  expect(verify(null, signedText(topic, content), key, payload.subarray(0, SIGNATURE_BYTES))).toBe(true);
  expect(JSON.parse(content.toString())).toMatchObject([{ event: { text: 'for all' } }]);

  isNewer = true;
  const dotted = (): number => heard.filter((each) => each.topic.endsWith(`/${desk.id}.1`)).length;
  const plain = (): number => heard.filter((each) => each.topic === `${prefix}/head/${desk.id}/1`).length;
  await eventually('No copies any more', async () => {
    const before = [dotted(), plain()] as const;
    await eventually('More beats', () => plain() > before[1] + 3 || undefined);
    return dotted() === before[0] || undefined;
  });
  expect(desk.replication.state().refused).toEqual([]);
});
