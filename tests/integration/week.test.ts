import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connectAsync } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import type { RequestInput } from '../../shared/contract/contract.ts';
import { roles } from '../../shared/people/person.ts';
import { openScreen } from '../support/openScreen.ts';
import type { Screen } from '../support/openScreen.ts';
import { firstAdministrator } from '../support/signIn.ts';
import { startEngine } from '../support/startEngine.ts';
import type { RunningEngine } from '../support/startEngine.ts';
import { eventually, runScript } from '../support/startHost.ts';
import { startMailSink, startWebSink } from '../support/startSinks.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const MAIL_PASSWORD = 'correct horse battery';
const PASSPHRASE = 'nine lamps over the harbour';
const RIGHTS = /```acl\n([\s\S]*?)```/.exec(
  readFileSync(resolve(import.meta.dirname, '../../docs/broker.md'), 'utf8'),
)?.[1];
const PLAYBOOK = `title: Crash
notifications:
  - { id: duty, name: Duty officer, channel: email, to: duty@example.org, when: opened, subject: "{id}", text: "{title} at {place}" }
  - { id: state, name: State patrol, channel: webhook, to: state, when: opened, subject: "{id}", text: "{title} at {place}" }
`;

const people = roles.map((role) => ({ name: `The ${role}`, role, password: `${role} by the quiet lake` }));
const crash = (title: string): RequestInput<'incident.open'> => ({
  type: 'crash',
  priority: 2,
  title,
  place: 'Main Street',
  alarmIds: [],
});

type Place = { county: string; data: string; backups: string };

/** A county written by hand: what the program writes, with a playbook of the county's own, and no fault in it. */
async function writeCountyByHand(county: string): Promise<void> {
  const command = (task: string) => runScript('main/start.mjs', ['county', task, county]).ended;
  expect(await command('new')).toMatchObject({ code: 0, errors: '' });
  mkdirSync(join(county, 'playbooks'));
  writeFileSync(join(county, 'playbooks/crash.yaml'), PLAYBOOK);
  const checked = await command('check');
  expect(checked).toMatchObject({ code: 0, errors: '' });
  expect(checked.output).toMatch(/^Beacon starts with .*: 0 errors, 0 left out, 0 warnings\.$/m);
}

async function start(brokerUrl: string, { county, data, backups }: Place): Promise<RunningEngine> {
  const engine = await startEngine({
    brokerUrl,
    countyDir: county,
    dataDir: data,
    more: ['--backup-to', backups],
    env: { BEACON_BACKUP_PASSPHRASE: PASSPHRASE },
  });
  onTestFinished(() => engine.kill().then(() => undefined));
  return engine;
}

const titlesAt = (screen: Screen): string[] =>
  [...(screen.stream('incidents').get()?.values() ?? [])].map(({ title }) => title).sort();
const namesAt = (screen: Screen): string[] =>
  (screen.stream('desk').get()?.workstations ?? []).map(({ name }) => name).sort();

/** What people see. */
async function seenAt(screen: Screen) {
  const { accounts } = await screen.request('people.list', {});
  const { shifts } = await screen.request('shift.current', {});
  const { hasEmail, webhooks } = await screen.request('notification.adapters', {});
  const { files, faults } = await screen.request('county.files', {});
  return {
    accounts: accounts.map(({ id, name, role }) => `${id} ${name} ${role}`).sort(),
    titles: titlesAt(screen),
    shifts: shifts.map(({ id }) => id),
    workstations: namesAt(screen),
    channels: [hasEmail, ...webhooks],
    files,
    faults,
  };
}

/** Lets the second workstation join the desk of the first. */
async function join2(first: Screen, second: RunningEngine): Promise<Screen> {
  const before = await openScreen(second.url, [], { name: 'Somebody', password: 'only until it has joined' });
  await eventually('The connection of the desk', () => before.stream('desk').get()?.isConnected);
  const { code } = await first.request('desk.makeCode', {});
  await before.request('desk.join', { code });
  before.stop();
  await eventually('The other workstation', () =>
    first
      .stream('desk')
      .get()
      ?.workstations.some(({ state }) => state === 'live'),
  );
  return eventually('The desk of the first at the second', () =>
    openScreen(second.url, [], firstAdministrator).catch(() => undefined),
  );
}

async function rename(screen: Screen, name: string): Promise<void> {
  const own = screen
    .stream('desk')
    .get()
    ?.workstations.find(({ state }) => state === 'self');
  await screen.request('desk.rename', { workstationId: own?.id ?? '', name });
}

it('the week of an administrator: set up, connect, notify, join, back up, lose the first machine, restore on a third', async () => {
  const root = temporaryFolder();
  const placeOf = (name: string): Place => ({
    county: join(root, `county-${name}`),
    data: join(root, name),
    backups: join(root, `backups-${name}`),
  });
  const [one, two, three] = [placeOf('one'), placeOf('two'), placeOf('three')];
  await writeCountyByHand(one.county);
  cpSync(one.county, two.county, { recursive: true });
  const broker = await startMosquitto({
    user: { name: 'beacon', password: 'secret' },
    rights: RIGHTS?.split('\n') ?? [],
  });
  onTestFinished(() => broker.dispose());
  broker.addUser('devices', 'secret');
  const brokerUrl = broker.url.replace('//', '//beacon:secret@');

  // The first machine, with everybody who works there.
  const first = await start(brokerUrl, one);
  const here = await openScreen(first.url, [], firstAdministrator);
  for (const person of people) await here.request('people.create', person);
  for (const person of people)
    expect((await openScreen(first.url, [], person)).seat.state.get().state, person.name).toBe('taken');
  const rights = await here.request('desk.testRights', {});
  expect(rights.topics.filter(({ isRefused }) => isRefused)).toEqual([]);
  const device = await connectAsync(broker.url, { username: 'devices', password: 'secret' });
  onTestFinished(() => device.endAsync(true).then(() => undefined));
  const reading = { at: Date.now(), periodS: 60, count: 6, speedMps: 12.5, occupancy: 0.1 };
  await device.publishAsync('beacon/v1/traffic/D1', JSON.stringify(reading), { qos: 1 });
  await eventually('The reading', () => first.metric('beacon_samples_committed_total{feed="beacon-traffic"}'));

  // Mail and webhook, to real servers.
  const [mail, hook] = [await startMailSink(MAIL_PASSWORD), await startWebSink()];
  const smtp = { host: '127.0.0.1', port: mail.port, security: 'none', user: 'beacon', password: MAIL_PASSWORD };
  writeFileSync(
    join(one.data, 'notifications.json'),
    JSON.stringify({ smtp: { ...smtp, from: 'beacon@example.org' }, webhooks: { state: { url: hook.url } } }),
  );
  for (const test of [
    { channel: 'email', to: 'duty@example.org' },
    { channel: 'webhook', to: 'state' },
  ] as const)
    expect(await here.request('notification.test', test)).toMatchObject({ isSent: true });
  expect([mail.mails.length, hook.posted.length]).toEqual([1, 1]);

  // A second workstation has the same people, work and notification settings.
  const second = await start(brokerUrl, two);
  const there = await join2(here, second);
  await rename(here, 'Front desk');
  await rename(there, 'Flood desk');
  await eventually('The names', () => namesAt(here).join() === 'Flood desk,Front desk');
  await eventually('The settings at the second', async () => {
    const { hasEmail, webhooks } = await there.request('notification.adapters', {});
    return hasEmail && webhooks.includes('state');
  });
  await here.request('shift.open', {});
  await here.request('incident.open', crash('On the first day'));
  await eventually('The mail and the post', () => mail.mails.length === 2 && hook.posted.length === 2);
  expect(mail.mails[1]?.text).toContain('On the first day at Main Street');
  await here.request('desk.backUp', {});
  const [backup] = (await here.request('desk.backups', {})).backups;
  await eventually('The incident at the second', () => titlesAt(there).includes('On the first day'));

  // The first machine is gone, and everything that was on it. The second goes on, and notifies.
  here.stop();
  await first.kill();
  for (const gone of [one.data, one.county]) rmSync(gone, { recursive: true });
  await eventually('The lead of the second', async () => {
    const { sender } = await there.request('notification.adapters', {});
    return sender === 'Flood desk';
  });
  await there.request('incident.open', crash('After the loss'));
  await eventually('The mail of the second', () => mail.mails.length === 3 && hook.posted.length === 3);

  // A third machine, from the backup alone.
  const restored = await runScript(
    'main/start.mjs',
    ['engine', '--restore', join(one.backups, backup?.name ?? ''), '--data', three.data],
    {},
    `${PASSPHRASE}\n`,
  ).ended;
  expect(restored).toMatchObject({ code: 0, errors: '' });
  expect(existsSync(join(three.data, 'county/county.json'))).toBe(true);
  const third = await start(brokerUrl, { ...three, county: join(three.data, 'county') });
  const back = await openScreen(third.url, [], firstAdministrator);
  await eventually('What came after the backup', () => titlesAt(back).includes('After the loss'));
  const before = await seenAt(there);
  expect(await seenAt(back)).toEqual(before);
  expect(before).toMatchObject({
    titles: ['After the loss', 'On the first day'],
    workstations: ['Flood desk', 'Front desk'],
    channels: [true, 'state'],
  });
  expect(before.accounts).toHaveLength(people.length + 1);
  for (const person of people)
    expect((await openScreen(third.url, [], person)).seat.state.get().state, person.name).toBe('taken');
  // Nobody was notified twice.
  expect([mail.mails.length, hook.posted.length]).toEqual([3, 3]);
});
