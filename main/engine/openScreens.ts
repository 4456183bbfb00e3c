import { join } from 'node:path';
import { wallMs } from './base/EngineClock.ts';
import { Dispatcher } from './dispatch/Dispatcher.ts';
import { ClockWatch } from './health/ClockWatch.ts';
import { Displays } from './health/Displays.ts';
import { Certificates } from './health/Certificates.ts';
import { Warnings } from './health/Warnings.ts';
import { Vitals } from './health/Vitals.ts';
import { createSnapshots } from './live/createSnapshots.ts';
import { EngineLoop } from './live/EngineLoop.ts';
import { Screens } from './live/Screens.ts';
import type { Intake } from './openIntake.ts';
import type { Foundation, Services } from './openServices.ts';
import { RETENTION_DAYS } from './openStores.ts';
import { forScreens } from './portal/ServiceRequests.ts';
import { stampOfCounty } from './registry/describeChanges.ts';
import type { RegisteredDevice } from './registry/Registry.ts';
import { createReplays } from './replay/createReplays.ts';
import { createHandlers } from './requests/createHandlers.ts';

const DAY_MS = 86_400_000;
/** Devices that measure no single household; one that no list has may be anybody's meter. */
const sharedKinds: ReadonlySet<RegisteredDevice['kind']> = new Set(['detector', 'zone', 'unit', 'station']);

/** What serves the screens: the requests that they may make, and the loop whose ticks bring them news. */
export type ScreenSide = {
  screens: Screens;
  loop: EngineLoop;
  vitals: Vitals;
  warnings: Warnings;
  certificates: Certificates;
  clockWatch: ClockWatch;
};

/** Every workstation watches how far its own clock can be trusted; a notice reports each step of the clock. */
function watchClock({ clock, nowMs, notices }: Foundation, loop: EngineLoop): ClockWatch {
  const clockWatch = new ClockWatch();
  loop.onTick(() => {
    const { speed, source } = clock;
    const step = clockWatch.note({ nowMs: nowMs(), monotonicMs: performance.now(), speed, source });
    if (step !== undefined) notices.add(step);
  });
  return clockWatch;
}

/** Each event of a service becomes a message of its stream. */
function publishEvents({ notices }: Foundation, services: Services, screens: Screens): void {
  const { alarmPublisher, alarmCommands, incidentCommands, shifts, proposals, orders, sharedLog, citizens } = services;
  alarmPublisher.onChange((change) => screens.publish('alarms', { isFull: false, ...change }));
  alarmCommands.onPositions((positions) => screens.publish('positions', { positions }));
  incidentCommands.onChange((changed) => screens.publish('incidents', { isFull: false, changed }));
  shifts.onChange(() => screens.publish('shift', { shifts: shifts.newest() }));
  orders.onChange(() => {
    screens.publish('orders', { orders: orders.all() });
    alarmPublisher.publishSoon();
  });
  proposals.onChange((all) => screens.publish('proposals', { proposals: all }));
  sharedLog.replication.onState((state) => screens.publish('desk', state));
  citizens.requests.onChange((changed) =>
    screens.publish('serviceRequests', { isFull: false, changed: changed.map(forScreens) }),
  );
  notices.onChange((all) => screens.publish('notices', { notices: [...all] }));
}

/** Connects services to the ticks of the loop and to changes of each other. */
function followLoop(
  { clock, nowMs, options }: Foundation,
  services: Services,
  { stats, hourly, session }: Intake,
  loop: EngineLoop,
): void {
  const { alarmPublisher, alarmCommands, incidentCommands, people, proposals, reports } = services;
  loop.onTick(() => stats.tick());
  loop.onTick(() => session.tick());
  loop.onTick(() => alarmCommands.reviewPositions());
  loop.onJudged(() => proposals.refresh());
  loop.onFigures((figures) => reports.noteFigures(figures));
  loop.onFigures((figures) => {
    // Before the first message of the county's clock its time is not known.
    if (options.clock === 'wall' || clock.source === 'county') hourly.noteFigures(figures, nowMs(), clock.speed);
  });
  loop.onVitals((vitals) => reports.noteFeeds(vitals));
  people.onChange(() => alarmCommands.reviewPositions());
  incidentCommands.onChange(() => alarmPublisher.publishSoon());
}

function createWarnings(
  { options, notices }: Foundation,
  { incidents }: Services,
  certificates: Certificates,
): Warnings {
  return new Warnings({
    brokerUrl: options.brokerUrl,
    mqtt: options.mqtt ?? {},
    settings: () => incidents.notificationSettings.settings,
    certificates,
    onNotice: (notice) => notices.add(notice),
  });
}

const watchCertificates = ({ broker, options }: Foundation): Certificates =>
  new Certificates({ brokerEndsMs: () => broker.certificateEndsMs, files: options.certFiles ?? {}, wallMs });

const createDisplays = ({ options, log }: Foundation, { people }: Services): Displays =>
  new Displays({
    file: join(options.dataDir, 'displays.json'),
    isAdmitted: (holder) => people.signIn.isAdmitted(holder),
    wallMs,
    log,
  });

/** Makes what serves the screens; the loop begins when it is started. */
export function openScreens(foundation: Foundation, services: Services, intake: Intake): ScreenSide {
  const { county, registry, domains, domainFaults, nowMs, stores, options, log } = foundation;
  const { incidents, incidentCommands, alarmPublisher } = services;
  const parts = { ...foundation, ...services, ...intake };
  const certificates = watchCertificates(foundation);
  const warnings = createWarnings(foundation, services, certificates);
  const vitals = new Vitals({ ...parts, warnings, disk: stores.disk });
  const dispatcher = new Dispatcher({
    county,
    offers: domains.offers,
    incidents: () => incidentCommands.incidents(),
    orders: () => services.orders.all(),
    nowMs,
  });
  const displays = createDisplays(foundation, services);
  const screens = new Screens({
    ...parts,
    version: options.version,
    countyStamp: stampOfCounty(county),
    handlers: createHandlers({
      ...parts,
      countyDir: options.countyDir,
      store: stores.telemetry,
      ledger: stores.ledger,
      retentionMs: RETENTION_DAYS * DAY_MS,
      dispatcher,
      displays,
      changed: () => alarmPublisher.publish(),
    }),
    isHousehold: (deviceId) => !sharedKinds.has(registry.device(deviceId)?.kind ?? 'other'),
    snapshot: createSnapshots({ ...parts, vitals }),
    startReplay: createReplays({
      county,
      registry,
      store: stores.telemetry,
      live: domains,
      nowMs,
      retentionMs: RETENTION_DAYS * DAY_MS,
      onFault: (id, error) => log('error', `The domain ${id} failed in the past: ${String(error)}`),
    }),
  });
  const loop = new EngineLoop({
    ...parts,
    screens,
    vitals: () => vitals.now(),
    onFault: (part, error) => domainFaults.note(part, error),
    judgeWork: (now) => [
      ...dispatcher.judge(now),
      ...incidents.conditions(now),
      ...domainFaults.conditions(now),
      ...[services.backups, displays, certificates].flatMap((each) => each.conditions()),
    ],
  });
  loop.onTick(() => warnings.tick());
  services.lookBack.begin(parts);
  publishEvents(foundation, services, screens);
  followLoop(foundation, services, intake, loop);
  return { screens, loop, vitals, warnings, certificates, clockWatch: watchClock(foundation, loop) };
}
