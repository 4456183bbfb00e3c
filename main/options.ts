import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { z } from 'zod';
import { portalOptions } from './portalOptions.ts';
import type { PortalOptions } from './portalOptions.ts';
import type { BackupOptions, MqttCredentials } from './engine/base/engine.ts';
import { readPem } from './readPem.ts';
import { readScenarios, scenarioNames, simulatorLimits } from '../shared/wire/simulatedCounty.ts';
import { StartError } from './StartError.ts';
import { readWebAddress } from './webAddress.ts';
import type { WebAddress } from './webAddress.ts';

const WRONG_USE = 2;
const DEFAULT_PORT = '4680';
const DEFAULT_PORTAL_PORT = 4681;
const KEPT_BACKUPS = 14;

/** What the simulated county is and does. */
export type SimulatorOptions = { seed: number; scale: number; speed: number; scenario: string };

type Common = {
  brokerUrl: string | undefined;
  mqtt: MqttCredentials;
  dataDir: string;
  countyDir: string | undefined;
  mostCacheBytes: number | undefined;
  ledgerYears: number | undefined;
  backups: BackupOptions | undefined;
  web: WebAddress;
  clock: 'wall' | 'broker';
  /** Where the citizens' portal listens; absent where none is served here. */
  portal: PortalOptions | undefined;
};
export type StartOptions = Common & {
  wall: boolean;
  /** The port of the embedded broker; 0 for any that is free. */
  brokerPort: number;
  /** It is absent where no county is simulated. */ simulator: SimulatorOptions | undefined;
};

const shared = {
  broker: { type: 'string' },
  ca: { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
  data: { type: 'string' },
  county: { type: 'string' },
  clock: { type: 'string' },
  'cache-mb': { type: 'string' },
  'ledger-years': { type: 'string' },
  portal: { type: 'string' },
  'portal-cert': { type: 'string' },
  'portal-key': { type: 'string' },
  'portal-proxy': { type: 'string' },
  'backup-to': { type: 'string' },
  'backup-keep': { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

const startFlags = {
  ...shared,
  web: { type: 'boolean' },
  wall: { type: 'boolean' },
  port: { type: 'string', default: DEFAULT_PORT },
  'broker-port': { type: 'string' },
  'no-simulator': { type: 'boolean' },
  seed: { type: 'string', default: '42' },
  scale: { type: 'string', default: '1' },
  speed: { type: 'string', default: '1' },
  scenario: { type: 'string', default: 'demo' },
} as const satisfies ParseArgsConfig['options'];

const engineFlags = {
  ...shared,
  listen: { type: 'string', default: `127.0.0.1:${DEFAULT_PORT}` },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  proxy: { type: 'string' },
  name: { type: 'string', multiple: true },
} as const satisfies ParseArgsConfig['options'];

const wrong = (sentence: string): StartError => new StartError(`${sentence} See --help.`, WRONG_USE);

function flagsOf<O extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: O,
): ReturnType<typeof parseArgs<{ args: string[]; options: O; strict: true }>>['values'] {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw wrong(`${error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error)}.`);
  }
}

function number(name: string, text: string, schema: z.ZodNumber): number {
  const parsed = schema.safeParse(text.trim() === '' ? Number.NaN : Number(text));
  if (!parsed.success) throw wrong(`--${name} ${text} is not a number that can be used here.`);
  return parsed.data;
}

const port = (name: string, text: string): number => number(name, text, z.number().int().min(0).max(65_535));

function brokerUrl(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['mqtt:', 'mqtts:', 'ws:', 'wss:'].includes(url.protocol) || url.hostname === '')
    throw wrong(`--broker ${text.replace(/\/\/[^@]*@/, '//')} is not an address like mqtts://broker.example.org:8883.`);
  return url;
}

/** Credentials come from the address or from the environment; they never appear in the log. */
function credentials(url: URL | undefined, flags: { ca?: string; cert?: string; key?: string }): MqttCredentials {
  const username = url?.username ? decodeURIComponent(url.username) : process.env['BEACON_MQTT_USERNAME'];
  const password = url?.password ? decodeURIComponent(url.password) : process.env['BEACON_MQTT_PASSWORD'];
  const given = { username, password, ...readPem(flags, wrong) };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Returns the default folder for data. */
export function defaultDataDir(): string {
  if (process.platform === 'win32')
    return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Beacon');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Beacon');
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'beacon');
}

function clock(text: string | undefined, fallback: Common['clock']): Common['clock'] {
  const chosen = text ?? fallback;
  if (chosen !== 'wall' && chosen !== 'broker') throw wrong(`--clock is wall or broker, not ${chosen}.`);
  return chosen;
}

/** The simulator would refuse a wrong name too, but only after the application is open, and without an end. */
function scenario(text: string): string {
  const read = readScenarios(text);
  if ('scenarios' in read) return text;
  throw wrong(`There is no scenario "${read.unknown}"; there are ${scenarioNames.join(', ')}.`);
}

type SharedFlags = {
  broker?: string;
  ca?: string;
  cert?: string;
  key?: string;
  data?: string;
  county?: string;
  'cache-mb'?: string;
  'ledger-years'?: string;
  'backup-to'?: string;
  'backup-keep'?: string;
};

/** The passphrase of backups comes from the environment alone, and never appears in the log. */
export function backupPassphrase(): { passphrase?: string } {
  const passphrase = process.env['BEACON_BACKUP_PASSPHRASE'];
  return passphrase === undefined || passphrase === '' ? {} : { passphrase };
}

function backups({ 'backup-to': folder, 'backup-keep': keep }: SharedFlags): BackupOptions | undefined {
  if (folder === undefined && keep === undefined) return undefined;
  if (folder === undefined) throw wrong('--backup-keep is for the backups of --backup-to DIR.');
  return {
    folder: resolve(folder),
    keep: keep === undefined ? KEPT_BACKUPS : number('backup-keep', keep, z.number().int().min(1).max(1000)),
    ...backupPassphrase(),
  };
}

function common(
  flags: SharedFlags,
): Pick<Common, 'brokerUrl' | 'mqtt' | 'dataDir' | 'countyDir' | 'mostCacheBytes' | 'ledgerYears' | 'backups'> {
  const url = brokerUrl(flags.broker);
  const mqtt = credentials(url, flags);
  const years = flags['ledger-years'];
  if (url !== undefined) url.username = url.password = '';
  const mostCacheBytes =
    flags['cache-mb'] === undefined
      ? undefined
      : number('cache-mb', flags['cache-mb'], z.number().min(1).max(1e6)) * 1e6;
  return {
    brokerUrl: url?.toString(),
    mqtt,
    dataDir: resolve(flags.data ?? defaultDataDir()),
    countyDir: flags.county === undefined ? undefined : resolve(flags.county),
    mostCacheBytes,
    ledgerYears: years === undefined ? undefined : number('ledger-years', years, z.number().min(1).max(100)),
    backups: backups(flags),
  };
}

/** Reads the options of `npm start`. Throws a StartError that names what is wrong. */
export function readOptions(args: readonly string[]): StartOptions {
  const flags = flagsOf(args, startFlags);
  const simulator = {
    seed: number('seed', flags.seed, z.number().int().nonnegative()),
    scale: number('scale', flags.scale, z.number().positive().max(simulatorLimits.mostScale)),
    speed: number('speed', flags.speed, z.number().positive().max(simulatorLimits.mostSpeed)),
    scenario: scenario(flags.scenario),
  };
  const isSimulated = flags['no-simulator'] !== true && flags.broker === undefined;
  const brokerPort = flags['broker-port'];
  if (brokerPort !== undefined && flags.broker !== undefined)
    throw wrong('--broker-port is the port of the embedded broker, and --broker names another one.');
  return {
    ...common(flags),
    web: { host: '127.0.0.1', port: port('port', flags.port), names: [] },
    // A second application on this machine takes another port.
    portal: portalOptions(flags, wrong, {
      host: '127.0.0.1',
      port: flags.port === '0' ? 0 : DEFAULT_PORTAL_PORT,
      isAnyPortFine: true,
    }),
    wall: flags.wall === true,
    brokerPort: brokerPort === undefined ? 0 : port('broker-port', brokerPort),
    simulator: isSimulated ? simulator : undefined,
    clock: clock(flags.clock, isSimulated && simulator.speed !== 1 ? 'broker' : 'wall'),
  };
}

const maintenanceFlags = {
  data: shared.data,
  check: { type: 'boolean' },
  backup: { type: 'string' },
  restore: { type: 'string' },
  'export-log': { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

/** Work on the data folder, which is done instead of running the engine on it. */
export type Maintenance = { dataDir: string } & (
  | { task: 'check' }
  | { task: 'backup' | 'restore'; folder: string }
  | { task: 'exportLog'; file: string }
  | { task: 'resetPassword'; name: string }
);

/**
 * Reads what `npm run engine` should do with the data folder; undefined where the engine should run. Throws a
 * StartError that names what is wrong.
 */
export function readMaintenance(args: readonly string[]): Maintenance | undefined {
  if (args[0] === 'reset-password') return readReset(args.slice(1));
  if (!args.some((arg) => /^--(check|backup|restore|export-log)(=|$)/.test(arg))) return undefined;
  const { data, check, backup, restore, 'export-log': file } = flagsOf(args, maintenanceFlags);
  const asked: Maintenance[] = [];
  const dataDir = resolve(data ?? defaultDataDir());
  if (check === true) asked.push({ task: 'check', dataDir });
  if (backup !== undefined) asked.push({ task: 'backup', dataDir, folder: resolve(backup) });
  if (restore !== undefined) asked.push({ task: 'restore', dataDir, folder: resolve(restore) });
  if (file !== undefined) asked.push({ task: 'exportLog', dataDir, file: resolve(file) });
  if (asked.length > 1) throw wrong('--check, --backup, --restore and --export-log are asked for one at a time.');
  return asked[0];
}

function readReset(args: readonly string[]): Maintenance {
  const [name, ...rest] = args;
  if (name === undefined || name.startsWith('--')) throw wrong('reset-password needs the name of an account.');
  const { data } = flagsOf(rest, { data: shared.data });
  return { task: 'resetPassword', name, dataDir: resolve(data ?? defaultDataDir()) };
}

/** Reads the options of `npm run engine`: no broker of its own, no simulated county, no window. */
export function readEngineOptions(args: readonly string[]): StartOptions {
  const flags = flagsOf(args, engineFlags);
  const web = readWebAddress(flags, wrong);
  if (flags.broker === undefined) throw wrong('The engine needs --broker URL.');
  if (flags.county === undefined) throw wrong('The engine needs --county DIR.');
  return {
    ...common(flags),
    web,
    portal: portalOptions(flags, wrong, undefined),
    wall: false,
    brokerPort: 0,
    simulator: undefined,
    clock: clock(flags.clock, 'wall'),
  };
}
