import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openScreen } from '../../support/openScreen.ts';
import type { Screen } from '../../support/openScreen.ts';
import { smallCounty } from '../../support/smallCounty.ts';
import { startEngine } from '../../support/startEngine.ts';
import { eventually } from '../../support/startHost.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeCounty } from '../../support/writeCounty.ts';

const crash = { type: 'crash', priority: 2, title: 'Crash', place: 'Oak Street', alarmIds: [] } as const;
const textsAt = (screen: Screen, incidentId: string): string[] =>
  screen
    .stream('incidents')
    .get()
    ?.get(incidentId)
    ?.log.map(({ text }) => text) ?? [];
const sees = (screen: Screen, incidentId: string, text: string): Promise<unknown> =>
  eventually(
    `"${text}" on the screen`,
    () => textsAt(screen, incidentId).some((each) => each.includes(text)) || undefined,
  );

/** Starts engines of one county at one broker. */
async function county() {
  const broker = await startMosquitto();
  onTestFinished(() => broker.dispose());
  const countyDir = join(temporaryFolder(), 'county');
  await writeCounty(countyDir, smallCounty());
  return async (dataDir: string) => {
    const engine = await startEngine({ brokerUrl: broker.url, countyDir, dataDir });
    onTestFinished(() => engine.kill().then(() => undefined));
    return engine;
  };
}

it('two built engines share incidents and accounts; one that is killed while it writes comes back with what it said was written', async () => {
  const start = await county();
  const folders = [temporaryFolder(), temporaryFolder()] as const;
  const [first, second] = [await start(folders[0]), await start(folders[1])];
  const here = await openScreen(first.url);
  const before = await openScreen(second.url);
  const { incidentId } = await here.request('incident.open', { ...crash, alarmIds: [] });
  await eventually('The connection of the desk', () => here.stream('desk').get()?.isConnected);
  const { code } = await here.request('desk.makeCode', {});
  await before.request('desk.join', { code });
  before.stop();
  await eventually(
    'The other workstation',
    () =>
      here
        .stream('desk')
        .get()
        ?.workstations.some(({ state }) => state === 'live') || undefined,
  );
  // The account and its password are the desk's, so the same person signs in there.
  const there = await openScreen(second.url);
  await eventually('The incident there', () => there.stream('incidents').get()?.get(incidentId));
  await there.request('incident.note', { incidentId, text: 'From the second' });
  await sees(here, incidentId, 'From the second');

  const written: string[] = [];
  const writing = (async () => {
    for (let index = 0; ; index++) {
      await there.request('incident.note', { incidentId, text: `Note ${String(index)}.` });
      written.push(`Note ${String(index)}.`);
    }
  })().catch(() => undefined);
  await eventually('Some notes', () => written.length >= 5 || undefined);
  await second.kill();
  await writing;
  const again = await start(folders[1]);
  const back = await openScreen(again.url);
  const last = written.at(-1) ?? '';
  await sees(back, incidentId, last);
  await sees(here, incidentId, last);
  for (const text of written) expect(textsAt(here, incidentId).some((each) => each.includes(text))).toBe(true);
});

it('an engine on a copied data folder takes a name of its own at the broker, and the other one keeps its', async () => {
  const start = await county();
  const [folder, copy] = [temporaryFolder(), temporaryFolder()];
  const nameIn = (dataDir: string): string => readFileSync(join(dataDir, 'engine-id'), 'utf8');
  const first = await start(folder);
  // The first administrator is made before the copy is.
  const before = await openScreen(first.url);
  before.stop();
  await first.kill();
  cpSync(folder, copy, { recursive: true });
  const name = nameIn(folder);
  const again = await start(folder);
  const copied = await start(copy);
  await eventually('Another name', () => nameIn(copy) !== name || undefined);
  for (const { url } of [again, copied])
    await eventually(
      'A connection that stands',
      async () => (await fetch(`${url}/healthz`).catch(() => undefined))?.ok || undefined,
    );
  const here = await openScreen(again.url);
  const there = await openScreen(copied.url);
  const { incidentId } = await here.request('incident.open', { ...crash, alarmIds: [] });
  await eventually('The incident there', () => there.stream('incidents').get()?.get(incidentId));
  expect(nameIn(folder)).toBe(name);
});
