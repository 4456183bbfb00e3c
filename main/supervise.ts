import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EngineOptions, Log } from './engine/base/engine.ts';
import { makeRoomToStart, startedInReserve } from './engine/store/makeRoomToStart.ts';
import { USERS_VARIABLE } from './broker/access.ts';
import type { BrokerUsers } from './broker/access.ts';
import { makeUsers } from './broker/makeUsers.ts';
import type { SimulatorOptions, StartOptions } from './options.ts';
import { StartError } from './StartError.ts';

/** The part of a child that is needed here: a child process and Electron's utility process both have it. */
export type Child = {
  stdout: NodeJS.ReadableStream | null;
  stderr: NodeJS.ReadableStream | null;
  on: (event: 'exit', listener: (code: number | null) => void) => unknown;
  kill: (signal?: 'SIGKILL') => boolean;
};
/** Starts a built entry of out/main by its name; `env` is added to this process's environment. */
export type SpawnEntry = (entry: 'broker' | 'simulator', args: string[], env?: Record<string, string>) => Child;

export type CountyRun = {
  /** The options with which the engine must be started. */
  engine: Omit<EngineOptions, 'storeWorkerPath' | 'version'>;
  /** Starts the simulated county, if there is one; a new store gets the county's history. */
  deliver: (isStoreNew: boolean) => void;
  /** Ends the simulated county alone, so that the engine can store the last of it. */
  quieten: () => Promise<void>;
  stop: () => Promise<void>;
};

const WRONG_USE = 2;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
const STOP_MS = 2000;
const LISTEN_MS = 15_000;
const LAST_WORDS_MS = 100;

/**
 * One child that has to run. Once `keep` was called, it is started again with growing pauses when it ends, until it is
 * stopped.
 */
class Keeper {
  readonly #name: string;
  readonly #start: () => Child;
  readonly #log: Log;
  #child: Child | undefined;
  #retryMs = FIRST_RETRY_MS;
  #timer: NodeJS.Timeout | undefined;
  #ended: Promise<void> = Promise.resolve();
  #isKept = false;

  constructor(name: string, start: () => Child, log: Log) {
    this.#name = name;
    this.#start = start;
    this.#log = log;
  }

  run(): Child {
    const child = this.#start();
    const startedAtMs = performance.now();
    this.#child = child;
    if (child.stderr !== null)
      createInterface({ input: child.stderr }).on('line', (line) => this.#log('warn', `${this.#name}: ${line}`));
    this.#ended = new Promise((resolve) => {
      child.on('exit', (code) => {
        resolve();
        if (this.#isKept) this.#runAgain(code, performance.now() - startedAtMs);
      });
    });
    return child;
  }

  keep(): void {
    this.#isKept = true;
  }

  async stop(): Promise<void> {
    this.#isKept = false;
    clearTimeout(this.#timer);
    this.#child?.kill();
    const limit = setTimeout(() => this.#child?.kill('SIGKILL'), STOP_MS);
    await this.#ended;
    clearTimeout(limit);
  }

  #runAgain(code: number | null, ranForMs: number): void {
    if (ranForMs > LONGEST_RETRY_MS) this.#retryMs = FIRST_RETRY_MS;
    this.#log('error', `The ${this.#name} ended (code ${String(code)}) and is started again.`);
    this.#timer = setTimeout(() => this.run().stdout?.resume(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }
}

/**
 * Resolves with the port that a starting broker reports in one line of JSON; rejects with the broker's own words where
 * it ends or stays silent.
 */
function listeningPort(child: Child, dataDir: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = `The embedded broker did not start. Its data are in ${dataDir}.`;
    const fail = (): void => reject(new StartError(said));
    const timer = setTimeout(fail, LISTEN_MS);
    // The child's last words may arrive after its end.
    child.on('exit', () => setTimeout(fail, LAST_WORDS_MS));
    if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => (said = line));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const listening = /^\{"listening":(\d+)\}$/.exec(line)?.[1];
      if (listening === undefined) return;
      clearTimeout(timer);
      resolve(Number(listening));
    });
  });
}

/** A broker that got any free port is later asked for the same one, so that a restart keeps the address. */
async function startBroker(
  dataDir: string,
  wantedPort: number,
  spawn: SpawnEntry,
  log: Log,
): Promise<{ keeper: Keeper; url: string; users: BrokerUsers }> {
  const storeDir = join(dataDir, 'broker');
  let port = wantedPort;
  const users = makeUsers(dataDir);
  const env = { [USERS_VARIABLE]: JSON.stringify(users) };
  const keeper = new Keeper('broker', () => spawn('broker', ['--data', storeDir, '--port', String(port)], env), log);
  try {
    port = await listeningPort(keeper.run(), storeDir);
  } catch (error) {
    await keeper.stop();
    throw error;
  }
  keeper.keep();
  const url = `mqtt://127.0.0.1:${String(port)}`;
  log('info', `Devices can connect to ${url}: user devices, password in ${join(dataDir, 'broker-password')}.`);
  return { keeper, url, users };
}

/** Runs the simulator once to write the county's files, where they are not there yet. */
async function generateCounty(dir: string, seed: number, scale: number, spawn: SpawnEntry, log: Log): Promise<void> {
  if (existsSync(join(dir, 'county.json'))) return;
  log('info', 'Making the simulated county.');
  const child = spawn('simulator', ['generate', '--out', dir, '--seed', String(seed), '--scale', String(scale)]);
  const errors: string[] = [];
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  child.stdout?.resume();
  const code = await new Promise((resolve) => child.on('exit', resolve));
  if (code !== 0)
    throw new StartError(`The simulated county could not be made: ${errors.at(-1) ?? `exit code ${String(code)}`}.`);
}

function makeDataFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
  } catch (error) {
    throw new StartError(
      `The data folder ${dir} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}). Choose another with --data DIR.`,
    );
  }
}

/**
 * Keeps the simulated county running, with the requested options, and without its history where the store has it
 * already.
 */
function keepCounty(
  { seed, speed, scenario }: SimulatorOptions,
  countyDir: string,
  brokerUrl: string,
  /** The password of the county at the embedded broker. */
  password: string | undefined,
  hasHistory: boolean,
  spawn: SpawnEntry,
  log: Log,
): Keeper {
  let isFirst = true;
  const keeper = new Keeper(
    'simulated county',
    () => {
      const args = [
        'run',
        '--broker',
        brokerUrl,
        '--county',
        countyDir,
        '--seed',
        String(seed),
        '--speed',
        String(speed),
        '--scenario',
        scenario,
      ];
      if (hasHistory || !isFirst) args.push('--no-history');
      isFirst = false;
      // Without an embedded broker, user name and password come from the environment as they are.
      return spawn(
        'simulator',
        args,
        password === undefined ? {} : { BEACON_MQTT_USERNAME: 'county', BEACON_MQTT_PASSWORD: password },
      );
    },
    log,
  );
  keeper.keep();
  keeper.run().stdout?.resume();
  return keeper;
}

/** Starts what the engine needs around it: the broker and the simulated county, where no real ones were given. */
export async function startCounty(options: StartOptions, spawn: SpawnEntry, log: Log): Promise<CountyRun> {
  const { simulator, dataDir } = options;
  if (simulator === undefined && options.countyDir === undefined)
    throw new StartError('Without the simulated county, --county DIR is needed. See --help.', WRONG_USE);
  makeDataFolder(dataDir);
  // The embedded broker starts before the engine, and needs some room, too.
  const usedBytes = makeRoomToStart(dataDir);
  if (usedBytes > 0) log('error', startedInReserve(dataDir, usedBytes));
  const countyDir = options.countyDir ?? join(dataDir, `county-${String(simulator?.seed)}-${String(simulator?.scale)}`);
  if (simulator !== undefined && options.countyDir === undefined)
    await generateCounty(countyDir, simulator.seed, simulator.scale, spawn, log);
  const broker =
    options.brokerUrl === undefined ? await startBroker(dataDir, options.brokerPort, spawn, log) : undefined;
  const brokerUrl = options.brokerUrl ?? broker?.url ?? '';
  let county: Keeper | undefined;
  return {
    engine: {
      brokerUrl,
      mqtt: broker === undefined ? options.mqtt : { username: 'engine', password: broker.users.engine },
      dataDir,
      countyDir,
      mostCacheBytes: options.mostCacheBytes,
      ledgerYears: options.ledgerYears,
      backups: options.backups,
      clock: options.clock,
      isDemonstration: simulator !== undefined,
    },
    deliver(isStoreNew) {
      if (simulator !== undefined)
        county ??= keepCounty(simulator, countyDir, brokerUrl, broker?.users.county, !isStoreNew, spawn, log);
    },
    async quieten() {
      await county?.stop();
    },
    async stop() {
      await county?.stop();
      await broker?.keeper.stop();
    },
  };
}
