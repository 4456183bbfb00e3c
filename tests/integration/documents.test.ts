import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { commandsIn, pages, scriptOf } from '../support/documents.ts';
import type { DocumentedCommand } from '../support/documents.ts';
import { makeCertificate } from '../support/makeCertificate.ts';
import { openScreen } from '../support/openScreen.ts';
import { askWeb } from '../support/serveWeb.ts';
import { firstAdministrator } from '../support/signIn.ts';
import { startEngine } from '../support/startEngine.ts';
import { eventually, runScript } from '../support/startHost.ts';
import type { Ended } from '../support/startHost.ts';
import { startMosquitto } from '../support/startMosquitto.ts';

const PASSWORD = 'a quiet garden in may';

/** The folders and addresses that stand for those of the pages. */
type Place = { root: string; data: string; county: string; broker: string };
let place: Place;

/** A place of its own for what a page calls by another name. */
function here(word: string, before: string | undefined): string {
  const { root, data, county, broker } = place;
  if (/^(URL|mqtts?:\/\/\S+)$/.test(word)) return broker;
  if (word === 'NAME') return firstAdministrator.name;
  if (before === 'check') return county;
  if (before === '--county' && !/^(NEW|\/var\/lib\/beacon)\//.test(word)) return county;
  if (before === '--listen') return '127.0.0.1:0';
  if (word === 'DIR' || word === '/var/lib/beacon') return data;
  if (word.startsWith('/var/lib/beacon/')) return join(data, word.slice('/var/lib/beacon/'.length));
  return /^[./A-Z]/.test(word) || /\.(pem|pdf)$/.test(word) ? join(root, word.replace(/^\.?\/+/, '')) : word;
}

/** The arguments of a command with the places of this test. */
function argumentsOf(command: DocumentedCommand): string[] {
  const { args } = scriptOf(command);
  return args.map((word, index) => (word.startsWith('--') ? word : here(word, args[index - 1])));
}

const documented = (script: string): DocumentedCommand[] =>
  pages.flatMap(commandsIn).filter((command) => command.program === 'npm' && scriptOf(command).script === script);
const after = (args: readonly string[], option: string): string | undefined =>
  args.includes(option) ? args[args.indexOf(option) + 1] : undefined;
const run = (script: string, args: readonly string[], input?: string): Promise<Ended> =>
  runScript('main/start.mjs', [script, ...args], {}, input).ended;

beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'beacon-documents-'));
  const broker = await startMosquitto();
  place = { root, data: join(root, 'data'), county: join(root, 'county'), broker: broker.url };
  const { cert } = await generate([{ name: 'commonName', value: 'authority' }]);
  await makeCertificate(root);
  mkdirSync(join(root, 'etc/beacon'), { recursive: true });
  for (const file of ['ca.pem', 'etc/beacon/ca.pem']) writeFileSync(join(root, file), cert);
  expect((await run('county', ['new', place.county])).code).toBe(0);
  return async () => {
    await broker.dispose();
    rmSync(root, { recursive: true, force: true });
  };
});

/** A data folder with an account and a shift, as an administrator has it after the first day. */
async function workOneDay(): Promise<void> {
  const engine = await startEngine({ brokerUrl: place.broker, countyDir: place.county, dataDir: place.data });
  onTestFinished(() => engine.kill().then(() => undefined));
  const screen = await openScreen(engine.url);
  await screen.request('shift.open', {});
  screen.stop();
  await engine.stop();
}

it('every command on the county of the pages does what is said', async () => {
  // Import and route have tests of their own: they need a county of streets.
  const commands = documented('county').filter((command) => /^(new|check)$/.test(scriptOf(command).args[0] ?? ''));
  expect(commands.length).toBeGreaterThan(3);
  for (const command of commands) {
    const args = argumentsOf(command);
    const [task, dir = ''] = args;
    if (task === 'new') rmSync(dir, { recursive: true, force: true });
    expect(await run('county', args), command.line).toMatchObject({ code: 0, errors: '' });
  }
  for (const command of documented('sim').filter(({ line }) => line.includes('generate'))) {
    // A small one shows the same.
    const args = [...argumentsOf(command), '--scale', '0.05'];
    expect(await run('sim', args), command.line).toMatchObject({ code: 0 });
    expect(existsSync(join(after(args, '--out') ?? '', 'county.json'))).toBe(true);
  }
});

it('every check, backup, restoration, export, report and new password of the pages is done', async () => {
  // Status and impact have tests of their own: they need a running engine, and a report.
  const isElsewhere = (args: readonly string[]): boolean =>
    ['--broker', '--help', 'status', 'impact'].some((word) => args.includes(word));
  const commands = documented('engine').filter(({ args }) => !isElsewhere(args));
  expect(commands.length).toBeGreaterThan(14);
  await workOneDay();
  for (const command of commands) {
    const args = argumentsOf(command);
    if (args.length === 0) continue;
    const [target, source] = [after(args, '--backup'), after(args, '--restore')];
    if (target !== undefined) rmSync(target, { recursive: true, force: true });
    if (source !== undefined && !existsSync(source))
      expect((await run('engine', ['--backup', source, '--data', place.data])).code).toBe(0);
    const ended = await run('engine', args, `${PASSWORD}\n`);
    expect(ended, command.line).toMatchObject({ code: 0, errors: '' });
  }
  expect(existsSync(join(place.root, 'shift.pdf'))).toBe(true);
});

it('every start of an engine of the pages comes up and ends in order', async () => {
  const commands = documented('engine').filter(({ args }) => args.includes('--broker'));
  expect(commands.length).toBeGreaterThan(3);
  const headers = { authorization: `Bearer ${PASSWORD}` };
  for (const command of commands) {
    const args = argumentsOf(command);
    const county = after(args, '--county') ?? '';
    if (!existsSync(county)) cpSync(place.county, county, { recursive: true });
    const more = args.includes('--listen') ? [] : ['--listen', '127.0.0.1:0'];
    const engine = runScript('main/start.mjs', ['engine', ...args, ...more], { BEACON_MONITORING_TOKEN: PASSWORD });
    onTestFinished(() => engine.kill('SIGKILL'));
    const url = await eventually(command.line, () => /^Beacon is at (\S+)$/m.exec(engine.output())?.[1]);
    await eventually('The connection', async () => (await askWeb(url, '/healthz', { headers })).status === 200);
    engine.kill('SIGTERM');
    const { code, errors } = await engine.ended;
    expect(code, `${command.line}\n${errors}`).toBe(0);
    const [first = '', ...rest] = errors.trim().split('\n');
    expect(first).toMatch(/Beacon \d+\.\d+\.\d+ starts, with the data folder \S+ and the county in \S+\./);
    expect(errors).toContain('The county is My County (my-county).');
    expect(rest.join('\n')).toContain('The engine has ended, and everything that it had taken is stored.');
  }
});
