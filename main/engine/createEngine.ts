import { join } from 'node:path';
import type { Engine, EngineOptions, Health, Log } from './base/engine.ts';
import { learn } from './domains/learn.ts';
import { valueFault } from './ingest/boundNames.ts';
import { measureEngine } from './health/measureEngine.ts';
import { isAwaited } from './health/isAwaited.ts';
import { measureService } from './health/measureService.ts';
import { openCounty } from './openCounty.ts';
import { openIntake } from './openIntake.ts';
import type { Intake } from './openIntake.ts';
import { openScreens } from './openScreens.ts';
import type { ScreenSide } from './openScreens.ts';
import { openFoundation, openServices } from './openServices.ts';
import type { Foundation, Services } from './openServices.ts';
import { MOST_BYTES } from './openStores.ts';
import { readPages } from './portal/readPages.ts';
import { startPortalSide } from './portal/startPortalSide.ts';
import { StandingFacts } from './replay/StandingFacts.ts';
import { readInThread, TimetableWatch, timetableWorkerPath } from './registry/gtfs/TimetableWatch.ts';
import { startJobs } from './startJobs.ts';

type Parts = Foundation & Services & Intake & ScreenSide;

function healthOf({ pipeline, stores, broker, sharedLog, vitals, warnings, nowMs }: Parts): Health {
  const store = pipeline.failure ?? (stores.disk.isFull ? 'The disk of the data folder is full.' : 'ok');
  const { state, reason } = broker.state;
  return {
    ok: store === 'ok' && state === 'connected',
    broker: state,
    ...(reason !== undefined && { reason }),
    store,
    refusedTopics: [...broker.refused(), ...sharedLog.replication.refusedTopics()],
    awaitedFeeds: vitals
      .now()
      .feeds.filter(isAwaited)
      .map(({ id }) => id),
    warnings: warnings.now(),
    nowMs: nowMs(),
  };
}

/** Serves the citizens' portal, where one was started beside the engine. */
async function startPortal({ options, citizens, incidentCommands, ...parts }: Parts): Promise<() => Promise<void>> {
  if (options.portal === undefined) return () => Promise.resolve();
  const { pages, faults } = await readPages(join(options.countyDir, 'pages'));
  for (const { file, reason } of faults) parts.log('warn', `The page ${file} is left out: ${reason}`);
  return startPortalSide({
    ...parts,
    ...citizens,
    pages,
    offers: parts.domains.offers,
    line: options.portal,
    history: parts.stores.telemetry,
    incidents: incidentCommands,
    version: options.version,
  });
}

const watchTimetable = ({ options, county, notices, nowMs }: Parts): TimetableWatch =>
  new TimetableWatch({
    dir: options.countyDir,
    county,
    read: (dir, timeZone) => readInThread(timetableWorkerPath(options), dir, timeZone),
    nowMs,
    notify: (text) => notices.add({ level: 'info', text }),
  });

/**
 * Starts everything that runs by itself. Returns a function that stops it: intake ends first, then data in hand are
 * committed, then the files are closed.
 */
async function start(parts: Parts): Promise<() => Promise<void>> {
  const { broker, sharedLog, loop, incidents, stores, domains, nowMs, people, reports, screens, vitals, log } = parts;
  const { dataDir } = parts.options;
  const standing = new StandingFacts({
    ...parts,
    dataDir,
    store: stores.telemetry,
    monotonicMs: () => performance.now(),
  });
  await standing.restore();
  const timetable = watchTimetable(parts);
  // What is written from now on is a new timetable. Files that cannot be read now are looked at again later.
  await timetable.look().catch(() => undefined);
  const endJobs = await startJobs({
    dataDir,
    standing,
    ...parts,
    timetable,
    timeZone: parts.county.profile.timeZone,
    ledgerYears: parts.options.ledgerYears,
  });
  broker.start();
  await sharedLog.replication.start();
  loop.start();
  const endIncidents = incidents.start();
  const endPortal = await startPortal(parts);
  for (const { value } of await stores.telemetry.reports())
    if (valueFault(value) === undefined) domains.apply(value, nowMs());
  // This is not awaited: hashing passwords takes time, and only people who sign in should have to wait for it.
  const beginning = sharedLog.replication.ready
    .then((isReady) => (isReady ? people.begin(`Wall of ${stores.workstation.name}`) : undefined))
    .catch((error: unknown) => log('error', `The first accounts could not be made: ${String(error)}`));
  const learning = learn(stores.telemetry, parts.knownSeries, parts.registry, domains, nowMs).catch((error: unknown) =>
    log('warn', `The past could not be learnt from the store: ${String(error)}`),
  );
  const learningRuns = parts.runLedger
    .learn(nowMs())
    .catch((error: unknown) => log('warn', `Running times could not be learnt from the ledger: ${String(error)}`));
  return async () => {
    loop.stop();
    await endPortal();
    await parts.backupThread.close();
    await endJobs();
    await endIncidents();
    await parts.pipeline.stop();
    await standing.save(true).catch((error: unknown) => log('warn', `Standing facts were not saved: ${String(error)}`));
    await sharedLog.replication.stop();
    parts.session.lost();
    await broker.stop();
    await learning;
    await learningRuns;
    await beginning;
    screens.close();
    vitals.stop();
    await reports.close();
    await parts.alarmsSaved();
    await stores.close();
  };
}

/**
 * Puts the engine together, in order: county, files, services that follow the log, intake, screens. Throws a
 * CountyError or DataFolderError, one sentence each, where it cannot go on; it starts even if the broker does not
 * answer.
 */
export async function createEngine(options: EngineOptions, log: Log): Promise<Engine> {
  const { version, dataDir, countyDir } = options;
  log('info', `Beacon ${version} starts, with the data folder ${dataDir} and the county in ${countyDir}.`);
  const open = await openCounty(options, log);
  log('info', `The county is ${open.county.profile.name} (${open.county.profile.id}).`);
  const foundation = await openFoundation(options, open, log);
  const services = await openServices(foundation);
  const intake = await openIntake(foundation, services);
  const screenSide = openScreens(foundation, services, intake);
  const parts = { ...foundation, ...services, ...intake, ...screenSide };
  measureEngine(parts);
  measureService({ ...parts, mostCacheBytes: options.mostCacheBytes ?? MOST_BYTES });
  const stop = await start(parts);
  return {
    isStoreNew: parts.stores.isNew,
    connect: (port, origin) => parts.screens.connect(port, origin),
    onRestart: (listener) => parts.restart.on(listener),
    health: () => healthOf(parts),
    metrics: () => parts.metrics.text(),
    async stop() {
      await stop();
      log('info', 'The engine has ended, and everything that it had taken is stored.');
    },
  };
}
