import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RequestInput } from '../../../shared/contract/contract.ts';
import { openScreen } from '../../support/openScreen.ts';
import type { Screen } from '../../support/openScreen.ts';
import { firstAdministrator } from '../../support/signIn.ts';
import { startFaultBench } from '../../support/startFaultBench.ts';
import { eventually, runScript } from '../../support/startHost.ts';

const bob = { name: 'Bob', password: 'seven green bottles' };
const incident: RequestInput<'incident.open'> = {
  type: 'powerOutage',
  priority: 2,
  title: 'Dark street',
  place: 'Here',
  alarmIds: [],
};

const isAway = (screen: Screen) => (): true | undefined => screen.seat.state.get().state === 'away' || undefined;
const idOf = async (administrator: Screen, name: string): Promise<string> =>
  (await administrator.request('people.list', {})).accounts.find((account) => account.name === name)!.id;

it('a person signs in, stays so when the engine dies and comes back, and is out everywhere when the account is revoked', async () => {
  const bench = await startFaultBench();
  const engine = await bench.start();
  const administrator = await openScreen(engine.url);
  await administrator.request('people.create', { ...bob, role: 'operator' });
  const [desk, other] = [await openScreen(engine.url, [], bob), await openScreen(engine.url, [], bob)];
  await desk.request('incident.open', incident);
  await expect(desk.request('people.list', {})).rejects.toMatchObject({
    code: 'refused',
    message: 'This needs the role administrator; Bob is operator.',
  });

  await engine.kill();
  const port = new URL(engine.url).port;
  await bench.start('wall', Number(port));
  await eventually('The desk in the new life of the engine', () =>
    desk.connection.get().state === 'open' && desk.connection.get().person?.name === 'Bob' ? true : undefined,
  );
  await eventually('An answer to Bob', () => desk.request('people.present', {}).catch(() => undefined));
  await eventually('An answer to the administrator', () =>
    administrator.request('people.list', {}).catch(() => undefined),
  );

  await administrator.request('people.revoke', { accountId: await idOf(administrator, 'Bob') });
  await eventually('The end of both sessions', () => isAway(desk)() && isAway(other)());
  await expect(desk.request('incident.open', incident)).rejects.toMatchObject({
    code: 'refused',
    message: 'Sign in first.',
  });
  expect(desk.stream('incidents').get()).toBeUndefined();
  await expect(openScreen(engine.url, [], bob)).rejects.toThrow('Name or password is wrong.');
});

it('attempts count on after a restart, and nothing secret is in the log or in a file that others can read', async () => {
  const bench = await startFaultBench();
  const engine = await bench.start();
  const administrator = await openScreen(engine.url);
  await administrator.request('people.create', { ...bob, role: 'operator' });
  for (let at = 0; at < 3; at++)
    await expect(openScreen(engine.url, [], { ...bob, password: 'forgotten' })).rejects.toThrow(
      'Name or password is wrong.',
    );
  const said = engine.output();
  expect(await engine.stop()).toBe(0);
  const again = await bench.start();
  await expect(openScreen(again.url, [], { ...bob, password: 'forgotten' })).rejects.toThrow(
    /Too many attempts|Name or password/,
  );
  const { entries } = await (await openScreen(again.url)).request('record.list', { limit: 100 });
  expect(entries.filter(({ event }) => event.kind === 'session.refused').length).toBeGreaterThanOrEqual(3);
  for (const text of [said, JSON.stringify(entries), again.output()]) {
    for (const secret of [bob.password, firstAdministrator.password, 'forgotten', 'scrypt'])
      expect(text).not.toContain(secret);
  }
  expect(readdirSync(bench.dataDir)).toEqual(expect.arrayContaining(['desk-key.json', 'wall-token']));
});

it('a display is let in by the token of the data folder, and out when it is revoked', async () => {
  const bench = await startFaultBench();
  const engine = await bench.start();
  const administrator = await openScreen(engine.url);
  const token = readFileSync(join(bench.dataDir, 'wall-token'), 'utf8').trim();
  const wall = await openScreen(engine.url, [], { token });
  await expect(wall.request('incident.open', incident)).rejects.toMatchObject({ code: 'refused' });
  const [{ id: tokenId } = { id: '' }] = (await administrator.request('people.list', {})).tokens;
  await administrator.request('token.revoke', { tokenId });
  await eventually('The end of the display', isAway(wall));
  await expect(openScreen(engine.url, [], { token })).rejects.toThrow('The token of this display was revoked.');
});

it('who is shut out gets in again at the machine itself, and the record says so', async () => {
  const bench = await startFaultBench();
  const engine = await bench.start();
  await openScreen(engine.url);
  const reset = (input: string, name = firstAdministrator.name): ReturnType<typeof runScript>['ended'] =>
    runScript('out/main/host.js', ['engine', 'reset-password', name, '--data', bench.dataDir], {}, input).ended;
  expect(await reset('a new one at last\n')).toMatchObject({
    code: 1,
    errors: expect.stringContaining('Another Beacon engine'),
  });
  expect(await engine.stop()).toBe(0);
  expect(await reset('short\n')).toMatchObject({ code: 1, errors: 'A password has at least 10 characters.\n' });
  expect(await reset('a new one at last\n', 'Nobody')).toMatchObject({
    code: 1,
    errors: 'There is no account named Nobody. There are: Tess.\n',
  });
  const { code, output, errors } = await reset('a new one at last\n');
  expect([code, output, errors]).toEqual([
    0,
    'Tess has a new password. It stands in the record that it was set at the machine itself.\n',
    '',
  ]);

  const again = await bench.start();
  await expect(openScreen(again.url)).rejects.toThrow('Name or password is wrong.');
  const screen = await openScreen(again.url, [], { name: 'Tess', password: 'a new one at last' });
  const { entries } = await screen.request('record.list', { limit: 100 });
  expect(entries.map(({ event }) => event)).toContainEqual(
    expect.objectContaining({ kind: 'account.passwordSet', by: 'recovery' }),
  );
  expect(await again.stop()).toBe(0);
  expect(await runScript('out/main/host.js', ['engine', '--check', '--data', bench.dataDir]).ended).toMatchObject({
    code: 0,
  });
});
