import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { refusalText } from '../../../shared/base/topicRefusal.ts';
import { openScreen } from '../../support/openScreen.ts';
import { administrator } from '../../support/people.ts';
import { smallCounty } from '../../support/smallCounty.ts';
import { startDesk } from '../../support/startDesk.ts';
import type { RunningDesk } from '../../support/startDesk.ts';
import { startEngine } from '../../support/startEngine.ts';
import { eventually } from '../../support/startHost.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { leaders, sameLog } from '../../support/startRoom.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeCounty } from '../../support/writeCounty.ts';

/** The rights beside those to read the feeds, as the README lists them, as lines of Mosquitto's file of rights. */
function documentedRights(): string[] {
  const text = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
  const [, both = '', write = ''] = /to read and write (.*?); and to write (.*?)\. A right/s.exec(text) ?? [];
  const topics = (words: string): string[] => [...words.matchAll(/`([^`]+)`/g)].map(([, topic = '']) => topic);
  return [
    ...topics(both).map((topic) => `topic readwrite ${topic}`),
    ...topics(write).map((topic) => `topic write ${topic}`),
  ];
}

async function broker(rights: readonly string[]): ReturnType<typeof startMosquitto> {
  const started = await startMosquitto({ rights });
  onTestFinished(() => started.dispose());
  return started;
}

async function connected(url: string, folder = temporaryFolder()): Promise<RunningDesk> {
  const desk = await startDesk({ folder, url });
  await eventually('A connection', () => desk.replication.state().isConnected || undefined, 300_000);
  return desk;
}

it('joining and the shared desk need the rights that the README lists, and no others', async () => {
  expect(documentedRights()).toContain('topic readwrite beacon/v1/desk/#');
  const { url } = await broker(documentedRights());
  const first = await connected(url);
  const folder = temporaryFolder();
  const before = await connected(url, folder);
  await before.join(first.replication.makeCode(administrator).code);
  await before.stop();
  const second = await startDesk({ folder, url });
  await second.replication.ready;
  await sameLog([first, second]);
  await eventually('One leader', () => leaders([first, second]).length === 1 || undefined);
  for (const { replication } of [first, second]) expect(replication.refusedTopics()).toEqual([]);
});

it('a joining workstation says which right is missing, and the one that it asks does, until it is given', async () => {
  const without = documentedRights().filter((line) => !line.includes('desk-join'));
  const mosquitto = await broker(without);
  const { url } = mosquitto;
  const desk = await connected(url);
  await eventually(
    'The topic of joining',
    () => desk.replication.refusedTopics().some(({ topic }) => topic.startsWith('beacon/v1/desk-join/')) || undefined,
  );
  const joining = await connected(url);
  await expect(joining.join(desk.replication.makeCode(administrator).code)).rejects.toThrow('beacon/v1/desk-join/#');
  // What Mosquitto's file lets be written and not be read, it keeps back without a word.
  await mosquitto.stop();
  mosquitto.setRights([...without, 'topic write beacon/v1/desk-join/#']);
  await mosquitto.start();
  await eventually(
    'The filter of joining',
    () =>
      desk.replication
        .refusedTopics()
        .some(({ topic, right }) => topic === 'beacon/v1/desk-join/+/ask' && right === 'read') || undefined,
  );
  expect(desk.replication.state().refusedTopics.map(refusalText).join()).toContain('beacon/v1/desk-join/+/ask');
  await mosquitto.stop();
  mosquitto.setRights(documentedRights());
  await mosquitto.start();
  await eventually('No topic any more', () => desk.replication.refusedTopics().length === 0 || undefined);
});

it('the screen, the notices and /healthz name a topic of the desk that the broker keeps back', async () => {
  const { url } = await broker(['topic read #', 'topic write beacon/v1/engine/#', 'topic write beacon/v1/desk-join/#']);
  const countyDir = join(temporaryFolder(), 'county');
  await writeCounty(countyDir, smallCounty());
  const engine = await startEngine({ brokerUrl: url, countyDir, dataDir: temporaryFolder() });
  onTestFinished(() => engine.kill().then(() => undefined));
  const screen = await openScreen(engine.url);
  const [refusal] = await eventually('The refusal in the vitals', () => {
    const refused = screen.stream('vitals').get()?.broker.refused ?? [];
    return refused.length > 0 ? refused : undefined;
  });
  expect(refusal?.topic).toMatch(/^beacon\/v1\/desk\//);
  const health: unknown = await (await fetch(`${engine.url}/healthz`)).json();
  expect(health).toMatchObject({ ok: true, refusedTopics: expect.arrayContaining([refusal]) as unknown });
  await eventually('The notice', () => {
    const notices = screen.stream('notices').get() ?? [];
    return notices.some(({ text }) => text.includes('beacon/v1/desk/')) || undefined;
  });
});
