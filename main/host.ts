import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainLine } from '../shared/base/plainLine.ts';
import { consoleLog } from './consoleLog.ts';
import { readCountyTask, workOnCounty } from './county.ts';
import { createEngine } from './engine/createEngine.ts';
import type { Engine, EngineOptions } from './engine/base/engine.ts';
import { helpText } from './helpText.ts';
import { maintain } from './maintain.ts';
import { OWN_ONLY_UMASK } from './ownOnlyUmask.ts';
import { readEngineOptions, readMaintenance, readOptions } from './options.ts';
import type { StartOptions } from './options.ts';
import { readSecret } from './readSecret.ts';
import { StartError } from './StartError.ts';
import { readStatusCommand, showStatus } from './status.ts';
import { childEnv } from './Keeper.ts';
import type { SpawnEntry } from './Keeper.ts';
import { startCounty } from './supervise.ts';
import type { CountyRun } from './supervise.ts';
import { startWebServer } from './web/startWebServer.ts';
import type { WebServer } from './web/startWebServer.ts';

const OLDEST_NODE_API = 10;
const WRONG_USE = 2;
const STOP_LIMIT_MS = 10_000;

const built = (file: string): string => join(import.meta.dirname, file);
const log = consoleLog(process.stderr.isTTY);

/** Spawns a child with a channel, by which the child notices that this process is gone, for whatever reason. */
const spawnNode: SpawnEntry = (entry, args, env) =>
  spawn(process.execPath, [built(`${entry}.js`), ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...childEnv(entry, process.env), ...env },
  });

function version(): string {
  const { version: text } = JSON.parse(readFileSync(built('../../package.json'), 'utf8')) as { version: string };
  return text;
}

type Running = {
  county?: CountyRun;
  /** It is absent also while a successor starts. */ engine?: Engine | undefined;
  web?: WebServer;
};

/**
 * Stops in the order of the data: no new values, then the values in hand into the store, then the broker, which waits
 * for their acknowledgements.
 */
async function stop({ county, engine, web }: Running): Promise<void> {
  await county?.quieten();
  await web?.close();
  await engine?.stop();
  await county?.stop();
}

/**
 * Starts the engine. When it asks for a restart it gets a successor with the same options; for screens this is the same
 * as when an engine dies.
 */
async function startEngine(options: EngineOptions, running: Running): Promise<Engine> {
  const engine = await createEngine(options, log);
  running.engine = engine;
  engine.onRestart(() => {
    running.engine = undefined;
    engine
      .stop()
      .then(() => startEngine(options, running))
      .catch((error: unknown) => {
        fail(error);
        process.kill(process.pid, 'SIGTERM');
      });
  });
  return engine;
}

/** Stands for the engine that runs now, for a carrier that outlives it. */
const presentEngine = (running: Running): Pick<Engine, 'connect' | 'health' | 'metrics'> => ({
  connect(port, origin) {
    if (running.engine === undefined) port.close();
    else running.engine.connect(port, origin);
  },
  health: () =>
    running.engine?.health() ?? {
      ok: false,
      broker: 'connecting',
      store: 'The engine is started anew.',
      nowMs: Date.now(),
    },
  metrics: () => running.engine?.metrics() ?? Promise.resolve(''),
});

async function start(options: StartOptions, version: string, running: Running): Promise<void> {
  running.county = await startCounty(options, spawnNode, log);
  const engine = await startEngine(
    { ...running.county.engine, storeWorkerPath: built('storeWorker.js'), version },
    running,
  );
  running.web = await startWebServer({
    engine: presentEngine(running),
    web: options.web,
    monitoringToken: process.env['BEACON_MONITORING_TOKEN'],
    rendererDir: built('../renderer'),
    log,
  });
  running.county.deliver(engine.isStoreNew);
  process.stdout.write(`Beacon is at ${running.web.url}\n`);
  const portalUrl = await running.county.openPortal();
  if (portalUrl !== undefined) process.stdout.write(`The citizens' portal is at ${portalUrl}\n`);
}

const say = (line: string): void => void process.stdout.write(`${plainLine(line)}\n`);

function fail(error: unknown): void {
  const isForPeople =
    error instanceof StartError || (error instanceof Error && ['CountyError', 'DataFolderError'].includes(error.name));
  process.stderr.write(`${plainLine(isForPeople ? error.message : `Beacon cannot start: ${String(error)}`)}\n`);
  process.exitCode = error instanceof StartError ? error.exitCode : 1;
}

/** Checks, backs up or restores where this was asked for; returns false where the engine should run. */
async function maintainInstead(args: readonly string[]): Promise<boolean> {
  try {
    const task = readMaintenance(args);
    if (task === undefined) return false;
    process.exitCode = (await maintain(task, say, readSecret)) ? 0 : 1;
  } catch (error) {
    fail(error);
  }
  return true;
}

/** Makes a report where this was asked for; returns false where the engine should run. */
async function reportInstead([task, ...args]: readonly string[]): Promise<boolean> {
  if (task !== 'report') return false;
  try {
    // Only a report needs fonts and charts, so they are loaded here.
    const { readReportCommand, report } = await import('./report.ts');
    await report(readReportCommand(args), Date.now(), say);
  } catch (error) {
    fail(error);
  }
  return true;
}

/** Verifies an evaluation or imports values where this was asked for; returns false where the engine should run. */
async function impactInstead([task, ...args]: readonly string[]): Promise<boolean> {
  if (task !== 'impact') return false;
  try {
    const { readImpactTask, workOnImpact } = await import('./impact.ts');
    process.exitCode = (await workOnImpact(readImpactTask(args), Date.now(), say)) ? 0 : 1;
  } catch (error) {
    fail(error);
  }
  return true;
}

/** Shows how a running engine is where this was asked for; returns false where the engine should run. */
async function statusInstead([task, ...args]: readonly string[]): Promise<boolean> {
  if (task !== 'status') return false;
  try {
    const command = readStatusCommand(args, process.env['BEACON_MONITORING_TOKEN']);
    process.exitCode = await showStatus(command, Date.now() / 1000, say);
  } catch (error) {
    fail(error);
  }
  return true;
}

/** Checks or writes the files of a county. */
async function workOnCountyInstead(args: readonly string[]): Promise<void> {
  try {
    const isGood = await workOnCounty(readCountyTask(args), Date.now(), (line) => process.stdout.write(`${line}\n`));
    process.exitCode = isGood ? 0 : 1;
  } catch (error) {
    fail(error);
  }
}

async function main(): Promise<void> {
  const [role, ...args] = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(helpText(role));
    return;
  }
  if (role === 'county') {
    await workOnCountyInstead(args);
    return;
  }
  // A report is for the person who asks for it; all else that is written is for this account alone.
  if (role === 'engine' && (await reportInstead(args))) return;
  if (role === 'engine' && (await statusInstead(args))) return;
  process.umask(OWN_ONLY_UMASK);
  if (role === 'engine' && ((await maintainInstead(args)) || (await impactInstead(args)))) return;
  const running: Running = {};
  let stopping: Promise<void> | undefined;
  const quit = (): void => {
    stopping ??= stop(running).finally(() => process.exit());
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
  };
  // A second signal must not abort the orderly end that the first one began. When the launcher dies, the county ends
  // with it.
  for (const event of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(event, quit);
  try {
    await start(role === 'engine' ? readEngineOptions(args) : readOptions(args), version(), running);
  } catch (error) {
    if (stopping !== undefined) return;
    fail(error);
    await stop(running);
    process.exit();
  }
}

// better-sqlite3 needs Node-API 10; an older Node would end with a segmentation fault instead of a sentence.
if (Number(process.versions.napi) < OLDEST_NODE_API) {
  process.stderr.write(
    `Beacon needs Node 22.15 or newer to run; this is ${process.version}. Start it with npm start.\n`,
  );
  process.exit(WRONG_USE);
}
await main();
