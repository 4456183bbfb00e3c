import { expect, it, onTestFinished } from 'vitest';
import { loadWorkstation } from '../../../main/engine/log/workstation.ts';
import { administrator } from '../../support/people.ts';
import { startDesk } from '../../support/startDesk.ts';
import type { RunningDesk } from '../../support/startDesk.ts';
import { eventually } from '../../support/startHost.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { sameLog } from '../../support/startRoom.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const write = (desk: RunningDesk): Promise<unknown> =>
  desk.log.perform(administrator, { kind: 'system.noted', text: 'still here' });
const isPutOut = (desk: RunningDesk): Promise<unknown> =>
  eventually('The word of the revocation', () => desk.replication.state().putOut);

async function joined(first: RunningDesk, url: string): Promise<RunningDesk> {
  const folder = temporaryFolder();
  const before = await startDesk({ folder, url });
  await eventually('A connection', () => before.replication.state().isConnected || undefined);
  await before.join(first.replication.makeCode(administrator).code);
  await before.stop();
  const desk = await startDesk({ folder, url });
  await desk.replication.ready;
  await sameLog([first, desk]);
  return desk;
}

it('a workstation has the name that an administrator gave it, at every workstation and after a restart', async () => {
  const broker = await startMosquitto();
  onTestFinished(() => broker.dispose());
  const { url } = broker;
  const first = await startDesk({ folder: temporaryFolder(), url });
  await eventually('A connection', () => first.replication.state().isConnected || undefined);
  const second = await joined(first, url);
  const nameAt = ({ replication }: RunningDesk, id: string): string | undefined =>
    replication.state().workstations.find((each) => each.id === id)?.name;

  await first.rename(administrator, second.id, 'Flood desk');
  await expect(first.rename(administrator, first.id, 'Flood desk')).rejects.toThrow(
    'Another workstation is named Flood desk. Choose a different name.',
  );
  await eventually('The name', () => nameAt(second, second.id) === 'Flood desk');
  await eventually('The name beside the keys', () => loadWorkstation(second.folder).name === 'Flood desk');
  await second.stop();
  const again = await startDesk({ folder: second.folder, url });
  expect([nameAt(again, second.id), nameAt(first, second.id)]).toEqual(['Flood desk', 'Flood desk']);
});

it('a workstation that is put out learns it, connected or not, writes nothing any more and remembers why', async () => {
  const broker = await startMosquitto();
  onTestFinished(() => broker.dispose());
  const { url } = broker;
  const first = await startDesk({ folder: temporaryFolder(), url });
  await eventually('A connection', () => first.replication.state().isConnected || undefined);
  const [here, away] = [await joined(first, url), await joined(first, url)];
  await first.replication.revoke(administrator, here.id, 'sold');
  await isPutOut(here);
  expect(here.replication.state().putOut).toMatchObject({ reason: 'sold' });
  await expect(write(here)).rejects.toThrow(/was put out of the desk .*\(sold\).*makes a code at another workstation/);
  expect(here.notices.join()).toContain('was put out of the desk');

  // The others no longer take what it asks for, so it could not learn it from the log.
  await away.stop();
  await first.replication.revoke(administrator, away.id, 'stolen');
  const back = await startDesk({ folder: away.folder, url });
  await isPutOut(back);
  await expect(write(back)).rejects.toThrow(/stolen/);
  await back.stop();
  await broker.stop();
  const alone = await startDesk({ folder: away.folder, url });
  expect(alone.replication.state().putOut).toMatchObject({ reason: 'stolen' });
  await expect(alone.log.perform(administrator, { kind: 'system.noted', text: 'x' })).rejects.toThrow(/stolen/);
});
