import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { treatmentOf } from '../../../main/engine/maintenance/backupFiles.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import { openScreen } from '../../support/openScreen.ts';
import type { Screen } from '../../support/openScreen.ts';
import { firstAdministrator } from '../../support/signIn.ts';
import { smallCounty } from '../../support/smallCounty.ts';
import { startEngine } from '../../support/startEngine.ts';
import type { RunningEngine } from '../../support/startEngine.ts';
import { eventually, runScript } from '../../support/startHost.ts';
import type { Ended } from '../../support/startHost.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeCounty } from '../../support/writeCounty.ts';

const maintain = (...args: string[]): Promise<Ended> => runScript('out/main/host.js', ['engine', ...args]).ended;
const crash = (title: string) => ({
  type: 'crash' as const,
  priority: 2 as const,
  title,
  place: 'Oak Street',
  alarmIds: [],
});
const bob = { name: 'Bob', password: 'a quiet garden in may' };
const notifications = { webhooks: { duty: { url: 'https://duty.example.org/', secret: 'sixteen letters and more' } } };

async function brokerAt(): Promise<string> {
  const broker = await startMosquitto();
  onTestFinished(() => broker.dispose());
  return broker.url;
}

async function countyFolder(): Promise<string> {
  const folder = join(temporaryFolder(), 'county');
  await writeCounty(folder, smallCounty());
  return folder;
}

async function start(brokerUrl: string, countyDir: string, dataDir: string): Promise<RunningEngine> {
  const engine = await startEngine({ brokerUrl, countyDir, dataDir });
  onTestFinished(() => engine.kill().then(() => undefined));
  return engine;
}

/** As `maintain`, with a passphrase in the environment or piped in. */
const maintainWith = (passphrase: string | undefined, input: string | undefined, ...args: string[]): Promise<Ended> =>
  runScript('out/main/host.js', ['engine', ...args], { BEACON_BACKUP_PASSPHRASE: passphrase }, input).ended;

const titles = (screen: Screen): string[] =>
  [...(screen.stream('incidents').get()?.values() ?? [])].map(({ title }) => title).sort();

/** What people see: who can sign in, which incidents and shifts there are, and by which playbook they work. */
async function seenAt(screen: Screen) {
  const { accounts } = await screen.request('people.list', {});
  const { shifts } = await screen.request('shift.current', {});
  const { playbooks } = await screen.request('playbook.list', {});
  return {
    accounts: accounts.map(({ id, name, role }) => ({ id, name, role })),
    incidents: [...(screen.stream('incidents').get()?.values() ?? [])],
    shifts,
    edited: playbooks.filter(({ origin }) => origin === 'edited').map(({ type, text }) => ({ type, text })),
    webhooks: (await screen.request('notification.adapters', {})).webhooks,
  };
}

/** Makes something of everything that people make. */
async function work(screen: Screen): Promise<void> {
  await screen.request('people.create', { ...bob, role: 'operator' });
  await screen.request('shift.open', {});
  const { incidentId } = await screen.request('incident.open', crash('Before the backup'));
  await screen.request('incident.note', { incidentId, text: 'Two cars' });
  const logOf = () => screen.stream('incidents').get()?.get(incidentId)?.log ?? [];
  await eventually('The note', () => logOf().some(({ text }) => text.includes('Two cars')) || undefined);
  const { playbooks } = await screen.request('playbook.list', {});
  const text = playbooks.find(({ type }) => type === 'sensor')?.text ?? '';
  const { faults } = await screen.request('playbook.save', { type: 'sensor', text: `# Edited here\n${text}` });
  expect(faults).toEqual([]);
}

async function exported(dataDir: string): Promise<Map<string, string>> {
  const file = join(temporaryFolder(), 'log.jsonl');
  expect(await maintain('--export-log', file, '--data', dataDir)).toMatchObject({ code: 0 });
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as LogEntry);
  return new Map(entries.map(({ sequence, seq, hash }) => [`${sequence}:${String(seq)}`, hash]));
}

it('a backup brings the county back in a fresh folder with nothing of the old machine: people see the same', async () => {
  const [countyDir, old, fresh] = [await countyFolder(), temporaryFolder(), temporaryFolder()];
  const backup = join(temporaryFolder(), 'backup');
  writeFileSync(join(old, 'notifications.json'), JSON.stringify(notifications));
  const first = await start(await brokerAt(), countyDir, old);
  const screen = await openScreen(first.url);
  await work(screen);
  const before = await seenAt(screen);
  expect(before.edited).toMatchObject([{ type: 'sensor' }]);
  const made = await maintain('--backup', backup, '--data', old);
  expect(made).toMatchObject({ code: 0, errors: '' });
  expect(made.output).toMatch(/secrets that are not encrypted \(.*workstation\.json/);
  expect(statSync(backup).mode & 0o777).toBe(0o700);
  for (const name of ['workstation.json', 'desk.json', 'desk-key.json', 'notifications.json'])
    expect(statSync(join(backup, name)).mode & 0o777).toBe(0o600);
  screen.stop();
  await first.stop();
  // Whatever Beacon makes in its folder has its place in a backup, or a reason to have none.
  expect(readdirSync(old).filter((name) => treatmentOf(name) === undefined)).toEqual([]);
  for (const gone of [countyDir, old]) rmSync(gone, { recursive: true });

  expect((await maintain('--check', '--data', backup)).output).toMatch(/is whole\.$/m);
  const restored = await maintain('--restore', backup, '--data', fresh);
  expect(restored).toMatchObject({ code: 0, errors: '' });
  const county = /start with --county (\S+)\./.exec(restored.output)?.[1] ?? '';
  const second = await start(await brokerAt(), county, fresh);
  const again = await openScreen(second.url, [], firstAdministrator);
  await eventually('The incident', () => (titles(again).length === before.incidents.length ? true : undefined));
  expect(await seenAt(again)).toEqual(before);
  expect((await openScreen(second.url, [], bob)).seat.state.get().state).toBe('taken');
  await again.request('incident.open', crash('After the restoration'));
  await second.stop();
  expect(await maintain('--check', '--data', fresh)).toMatchObject({ code: 0 });
});

it('a restored workstation beside the living old one writes no number of its sequence, says so, and gets an identity of its own', async () => {
  const [countyDir, broker] = [await countyFolder(), await brokerAt()];
  const [old, other, fresh] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  const backup = join(temporaryFolder(), 'backup');
  const first = await start(broker, countyDir, old);
  const here = await openScreen(first.url);
  const second = await start(broker, countyDir, other);
  const joining = await openScreen(second.url);
  await eventually('The connection of the desk', () => here.stream('desk').get()?.isConnected);
  await joining.request('desk.join', { code: (await here.request('desk.makeCode', {})).code });
  joining.stop();
  const there = await openScreen(second.url);
  await work(here);
  await eventually('The incident there', () => titles(there).includes('Before the backup') || undefined);
  expect(await maintain('--backup', backup, '--data', old)).toMatchObject({ code: 0 });
  await here.request('incident.open', crash('After the backup'));
  expect(await maintain('--restore', backup, '--data', fresh)).toMatchObject({ code: 0, errors: '' });

  const third = await start(broker, countyDir, fresh);
  const twin = await openScreen(third.url, [], firstAdministrator);
  await eventually('What came after the backup', () => titles(twin).includes('After the backup') || undefined);
  await twin.request('incident.open', crash('At the twin'));
  await here.request('incident.open', crash('At the old one'));
  for (const screen of [here, there, twin])
    await eventually('All incidents', () => (titles(screen).length === 4 ? true : undefined));
  for (const screen of [here, twin])
    await eventually('The word of the twin', () => screen.stream('desk').get()?.hasTwin || undefined);
  await twin.request('desk.renewIdentity', {});
  twin.stop();
  await eventually('Two others', () => {
    const live =
      here
        .stream('desk')
        .get()
        ?.workstations.filter(({ state }) => state === 'live') ?? [];
    return (live.length === 2 && here.stream('desk').get()?.hasTwin === false) || undefined;
  });
  const own = await openScreen(third.url, [], bob);
  await own.request('incident.open', crash('As a workstation of its own'));
  for (const screen of [here, there])
    await eventually('Its incident', () => titles(screen).includes('As a workstation of its own') || undefined);
  for (const engine of [first, second, third]) await engine.stop();

  const logs = [await exported(old), await exported(other), await exported(fresh)];
  const hashes = new Map<string, string>();
  for (const log of logs)
    for (const [id, hash] of log) {
      expect(hashes.get(id) ?? hash, `one content of ${id}`).toBe(hash);
      hashes.set(id, hash);
    }
  for (const folder of [old, other, fresh])
    expect(await maintain('--check', '--data', folder)).toMatchObject({ code: 0 });
});

it('a folder that was started by mistake becomes the backed-up workstation, and what was in it is kept', async () => {
  const [countyDir, old, started] = [await countyFolder(), temporaryFolder(), temporaryFolder()];
  const backup = join(temporaryFolder(), 'backup');
  const first = await start(await brokerAt(), countyDir, old);
  await work(await openScreen(first.url));
  expect(await maintain('--backup', backup, '--data', old)).toMatchObject({ code: 0 });
  await first.stop();
  const url = await brokerAt();
  const mistake = await start(url, countyDir, started);
  await openScreen(mistake.url, [], { name: 'Mia', password: 'the wrong folder of all' });
  await mistake.stop();

  const restored = await maintain('--restore', backup, '--data', started);
  expect(restored).toMatchObject({ code: 0, errors: '' });
  const aside = /set aside as (\S+):/.exec(restored.output)?.[1] ?? '';
  expect(readdirSync(aside)).toEqual(expect.arrayContaining(['workstation.json', 'desk.json', 'desk-key.json']));
  const again = await start(url, countyDir, started);
  const screen = await openScreen(again.url, [], bob);
  await eventually('The incident', () => titles(screen).includes('Before the backup') || undefined);
  await again.stop();
  // A backup of an earlier version has no identity: the restoration says what is missing.
  const bare = join(temporaryFolder(), 'bare');
  for (const name of ['workstation.json', 'desk.json']) rmSync(join(backup, name));
  renameSync(backup, bare);
  expect((await maintain('--restore', bare, '--data', temporaryFolder())).output).toMatch(/has no identity/);
});

it('a backup by itself with a passphrase has no secret that can be read, and the passphrase alone brings it back', async () => {
  const [countyDir, old, fresh] = [await countyFolder(), temporaryFolder(), join(temporaryFolder(), 'fresh')];
  const folder = join(temporaryFolder(), 'backups');
  const passphrase = 'nine lamps over the harbour';
  writeFileSync(join(old, 'notifications.json'), JSON.stringify(notifications));
  const brokerUrl = await brokerAt();
  const first = await startEngine({
    brokerUrl,
    countyDir,
    dataDir: old,
    more: ['--backup-to', folder, '--backup-keep', '2'],
    env: { BEACON_BACKUP_PASSPHRASE: passphrase },
  });
  onTestFinished(() => first.kill().then(() => undefined));
  const screen = await openScreen(first.url);
  const made = () => screen.request('desk.backups', {});
  await eventually('The backup of the day', async () => (await made()).backups.length === 1 || undefined);
  await screen.request('people.create', { ...bob, role: 'operator' });
  await screen.request('desk.backUp', {});
  const { backups } = await made();
  expect(backups).toMatchObject([{ isEncrypted: true }, { isEncrypted: true }]);
  const metrics = await (await fetch(`${first.url}/metrics`)).text();
  const seconds = Number(/^beacon_last_backup_timestamp_seconds (\S+)$/m.exec(metrics)?.[1]);
  expect(seconds * 1000).toBe(backups[0]?.atMs);
  screen.stop();
  await first.stop();

  const backup = join(folder, backups[0]?.name ?? '');
  const { privateKey } = JSON.parse(readFileSync(join(old, 'workstation.json'), 'utf8')) as { privateKey: string };
  const key = privateKey.split('\n')[1] ?? '';
  expect(key.length).toBeGreaterThan(40);
  const inBackup = readdirSync(backup, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { parentPath, name } of inBackup)
    for (const secret of [key, notifications.webhooks.duty.secret])
      expect(readFileSync(join(parentPath, name)).includes(secret), name).toBe(false);

  expect((await maintain('--check', '--data', backup)).output).toContain('The secrets of this backup are encrypted');
  for (const wrong of ['nine lamps', undefined]) {
    const refused = await maintainWith(
      wrong,
      wrong === undefined ? '' : undefined,
      '--restore',
      backup,
      '--data',
      fresh,
    );
    expect(refused.code).toBe(1);
    expect(refused.errors).toMatch(/the passphrase is not the one of this backup|Its passphrase is needed/);
    expect(readdirSync(fresh).filter((name) => !name.startsWith('engine.'))).toEqual([]);
  }
  const restored = await maintainWith(undefined, `${passphrase}\n`, '--restore', backup, '--data', fresh);
  expect(restored).toMatchObject({ code: 0, errors: '' });
  expect(readFileSync(join(fresh, 'notifications.json'), 'utf8')).toBe(JSON.stringify(notifications));
  expect(statSync(join(fresh, 'workstation.json')).mode & 0o777).toBe(0o600);
  const second = await start(brokerUrl, countyDir, fresh);
  expect((await openScreen(second.url, [], firstAdministrator)).seat.state.get().state).toBe('taken');
});
