import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EngineOptions, Log } from './engine/base/engine.ts';
import { makeRoomToStart, startedInReserve } from './engine/store/makeRoomToStart.ts';
import { USERS_VARIABLE } from './broker/access.ts';
import type { BrokerUsers } from './broker/access.ts';
import { makeUsers } from './broker/makeUsers.ts';
import type { SimulatorOptions, StartOptions } from './options.ts';
import { Keeper, listeningPort } from './Keeper.ts';
import type { SpawnEntry } from './Keeper.ts';
import { PortalRun } from './PortalRun.ts';
import { StartError } from './StartError.ts';

export type CountyRun = {
  /** The options with which the engine must be started. */
  engine: Omit<EngineOptions, 'storeWorkerPath' | 'version'>;
  /** Starts the simulated county, if there is one; a new store gets the county's history. */
  deliver: (isStoreNew: boolean) => void;
  /**
   * Starts the citizens' portal, if there is one, and resolves with its address when it listens. A portal that cannot
   * start is tried again and stops nothing else.
   */
  openPortal: () => Promise<string | undefined>;
  /** Ends the portal and the simulated county alone, so that the engine can store the last of it. */
  quieten: () => Promise<void>;
  stop: () => Promise<void>;
};

const WRONG_USE = 2;

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
    port = await listeningPort(keeper.run(), `The embedded broker did not start. Its data are in ${storeDir}.`);
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

const certFilesOf = ({ web, portal }: StartOptions): Record<string, string> => ({
  ...(web.tls !== undefined && { 'web address': web.tls.certFile }),
  ...(portal?.tls !== undefined && { portal: portal.tls.certFile }),
});

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
  const portal = options.portal && new PortalRun(options.portal, spawn, log);
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
      certFiles: certFilesOf(options),
      isDemonstration: simulator !== undefined,
      portal: portal?.line,
    },
    openPortal: () => portal?.open() ?? Promise.resolve(undefined),
    deliver(isStoreNew) {
      if (simulator !== undefined)
        county ??= keepCounty(simulator, countyDir, brokerUrl, broker?.users.county, !isStoreNew, spawn, log);
    },
    async quieten() {
      await portal?.stop();
      await county?.stop();
    },
    async stop() {
      await county?.stop();
      await broker?.keeper.stop();
    },
  };
}
