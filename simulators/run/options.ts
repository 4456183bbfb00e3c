import { parseArgs } from 'node:util';
import { readScenarios, scenarioNames, simulatorLimits } from '../../shared/wire/simulatedCounty.ts';
import type { ScenarioName } from '../../shared/wire/simulatedCounty.ts';

export const usage = `Beacon's simulated county

  simulator generate --out DIR [--seed N] [--scale N]
      Writes a made-up county: map, roads, zones, devices and timetable.

  simulator run --broker URL [options]
      Lets the county's devices report to an MQTT broker.

      --broker URL        mqtt://, mqtts://, ws:// or wss://; user and password in the URL or in
                          BEACON_MQTT_USERNAME and BEACON_MQTT_PASSWORD
      --ca FILE           certificate of the authority that signed the broker's
      --county DIR        the county to simulate; without it one is made from --seed and --scale
      --seed N            same seed, same county and same events (42)
      --scale N           1 is a county of 50,000 people (1)
      --speed N           county seconds in a second (1)
      --start TIME        county time at the start, ISO 8601 (now)
      --scenario NAMES    comma-separated: ${scenarioNames.join(', ')} (demo)
      --history-days N    days of history sent first (3)
      --no-history        sends none
      --truth FILE        what really happened, one JSON object a line
      --ledger FILE       what the broker has acknowledged, one JSON object a line
`;

/** An error whose message is all that the user needs to read. */
export class UsageError extends Error {}

export type GenerateOptions = { out: string; seed: number; scale: number };
export type RunOptions = {
  broker: string;
  username: string | undefined;
  password: string | undefined;
  caFile: string | undefined;
  county: string | undefined;
  seed: number;
  scale: number;
  speed: number;
  startMs: number | undefined;
  scenarios: ScenarioName[];
  historyDays: number;
  truthFile: string | undefined;
  ledgerFile: string | undefined;
};
export type Command =
  { command: 'help' } | { command: 'generate'; options: GenerateOptions } | { command: 'run'; options: RunOptions };

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const generateFlags = { out: text, seed: text, scale: text, help: flag };
const runFlags = {
  broker: text,
  ca: text,
  county: text,
  seed: text,
  scale: text,
  speed: text,
  start: text,
  scenario: text,
  truth: text,
  ledger: text,
  help: flag,
  'no-history': flag,
  'history-days': text,
};

/** Reads the command line. Throws a UsageError with one sentence. */
export function readCommand(args: readonly string[], env: NodeJS.ProcessEnv): Command {
  const [command, ...rest] = args;
  switch (command) {
    case 'generate':
      return readGenerate(rest);
    case 'run':
      return readRun(rest, env);
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      return { command: 'help' };
    default:
      throw new UsageError(`"${command}" is not a command; there are generate and run (see --help).`);
  }
}

function readGenerate(args: string[]): Command {
  const values = parsed(() => parseArgs({ args, options: generateFlags }).values);
  if (values.help === true) return { command: 'help' };
  if (values.out === undefined) throw new UsageError('--out DIR is needed: the folder to write the county to.');
  return {
    command: 'generate',
    options: {
      out: values.out,
      seed: integer('seed', values.seed, 42),
      scale: positive('scale', values.scale, 1, simulatorLimits.mostScale),
    },
  };
}

function readRun(args: string[], env: NodeJS.ProcessEnv): Command {
  const values = parsed(() => parseArgs({ args, options: runFlags }).values);
  if (values.help === true) return { command: 'help' };
  if (values.broker === undefined) throw new UsageError('--broker URL is needed, such as mqtt://127.0.0.1:1883.');
  const { broker, username, password } = readBroker(values.broker, env);
  const options: RunOptions = {
    broker,
    username,
    password,
    caFile: values.ca,
    county: values.county,
    seed: integer('seed', values.seed, 42),
    scale: positive('scale', values.scale, 1, simulatorLimits.mostScale),
    speed: positive('speed', values.speed, 1, simulatorLimits.mostSpeed),
    startMs: values.start === undefined ? undefined : instant(values.start),
    scenarios: scenarios(values.scenario ?? 'demo'),
    historyDays: values['no-history'] === true ? 0 : positive('history-days', values['history-days'], 3, 60),
    truthFile: values.truth,
    ledgerFile: values.ledger,
  };
  return { command: 'run', options };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const [sentence = 'The options cannot be read'] = (error instanceof Error ? error.message : '').split('. ');
    throw new UsageError(`${sentence.replace(/\.$/, '')} (see --help).`, { cause: error });
  }
}

function readBroker(
  given: string,
  env: NodeJS.ProcessEnv,
): { broker: string; username: string | undefined; password: string | undefined } {
  const url = URL.parse(given);
  if (url === null || !['mqtt:', 'mqtts:', 'ws:', 'wss:'].includes(url.protocol))
    throw new UsageError(`"${given}" is not a broker's address; it begins with mqtt://, mqtts://, ws:// or wss://.`);
  const username = decodeURIComponent(url.username) || env['BEACON_MQTT_USERNAME'];
  const password = decodeURIComponent(url.password) || env['BEACON_MQTT_PASSWORD'];
  url.username = '';
  url.password = '';
  return { broker: url.href, username, password };
}

function integer(name: string, given: string | undefined, usual: number): number {
  const value = given === undefined ? usual : Number(given);
  if (!Number.isSafeInteger(value)) throw new UsageError(`--${name} takes a whole number, not "${given ?? ''}".`);
  return value;
}

function positive(name: string, given: string | undefined, usual: number, most: number): number {
  const value = given === undefined ? usual : Number(given);
  if (!(value > 0 && value <= most))
    throw new UsageError(`--${name} takes a number above 0 and up to ${most}, not "${given ?? ''}".`);
  return value;
}

function instant(given: string): number {
  const value = Date.parse(given);
  if (Number.isNaN(value)) throw new UsageError(`--start takes a time such as 2026-05-04T07:30:00Z, not "${given}".`);
  return value;
}

function scenarios(given: string): ScenarioName[] {
  const read = readScenarios(given);
  if ('unknown' in read)
    throw new UsageError(`There is no scenario "${read.unknown}"; there are ${scenarioNames.join(', ')}.`);
  return read.scenarios;
}
