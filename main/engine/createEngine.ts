import { join } from 'node:path';
import { defaultPositions } from '../../shared/alarms/positions.ts';
import type { County } from '../../shared/county/county.ts';
import { BEACON_PREFIX } from '../../shared/wire/topics.ts';
import { AlarmCommands } from './alarms/AlarmCommands.ts';
import { openAlarms } from './alarms/openAlarms.ts';
import type { Alarms } from './alarms/openAlarms.ts';
import { createDomains } from './domains/createDomains.ts';
import type { Domains } from './domains/createDomains.ts';
import { Dispatcher } from './dispatch/Dispatcher.ts';
import { openReplication } from './sync/openReplication.ts';
import type { SharedLog } from './sync/openReplication.ts';
import type { Engine, EngineOptions, Log } from './base/engine.ts';
import { EngineClock } from './base/EngineClock.ts';
import { loadEngineId } from './base/engineId.ts';
import { createMetrics } from './health/createMetrics.ts';
import type { Metrics } from './health/createMetrics.ts';
import { BackPressureNotifier } from './health/BackPressureNotifier.ts';
import { ClockWatch } from './health/ClockWatch.ts';
import { slowCallLog } from './health/slowCallLog.ts';
import { Notices } from './health/Notices.ts';
import { Vitals } from './health/Vitals.ts';
import { AttachmentStore } from './incidents/AttachmentStore.ts';
import { createIncidents } from './incidents/createIncidents.ts';
import type { Incidents } from './incidents/createIncidents.ts';
import type { IncidentCommands } from './incidents/IncidentCommands.ts';
import { SeriesDictionary } from './ingest/BatchBuilder.ts';
import { BrokerConnection } from './ingest/BrokerConnection.ts';
import type { Registry } from './registry/Registry.ts';
import { feeds } from './ingest/feeds/feedList.ts';
import { IntakeStats } from './ingest/IntakeStats.ts';
import { Pipeline } from './ingest/Pipeline.ts';
import { UnplacedDevices } from './ingest/UnplacedDevices.ts';
import { learn } from './domains/learn.ts';
import { createSnapshots } from './live/createSnapshots.ts';
import { EngineLoop } from './live/EngineLoop.ts';
import { Screens } from './live/Screens.ts';
import { DeskKey } from './people/DeskKey.ts';
import { usualCost } from './people/passwordVerifier.ts';
import { PeopleService } from './people/PeopleService.ts';
import { WallToken } from './people/WallToken.ts';
import { CountyPlaces } from './proposals/CountyPlaces.ts';
import { ProposalService } from './proposals/ProposalService.ts';
import { ReportService } from './reports/ReportService.ts';
import { reportShelf } from './reports/reportShelf.ts';
import { ShiftCommands } from './shifts/ShiftCommands.ts';
import { openStores, RETENTION_DAYS } from './openStores.ts';
import type { Stores } from './openStores.ts';
import { HourlyValues } from './ledger/HourlyValues.ts';
import { startJobs } from './startJobs.ts';
import { EventLog } from './log/EventLog.ts';
import { createRegistry } from './registry/createRegistry.ts';
import { loadCounty } from './registry/loadCounty.ts';
import { createReplays } from './replay/createReplays.ts';
import { openLookBack } from './search/openLookBack.ts';
import type { LookBack } from './search/openLookBack.ts';
import { createHandlers } from './requests/createHandlers.ts';
import { ownScope } from './store/samples/rollups.ts';
import { routeScopeOf } from './store/samples/routeSeries.ts';
import type { SeriesRow } from './store/store.ts';

const DAY_MS = 86_400_000;
const CLOCK_TOPIC = `${BEACON_PREFIX}/clock`;

/** Asks whoever runs the engine to start it anew. */
class RestartBell {
  readonly #rung = Promise.withResolvers<undefined>();

  ring(): void {
    this.#rung.resolve(undefined);
  }

  /** Calls the listener when it rings, or has rung while the engine was being put together. */
  onRing(listener: () => void): void {
    void this.#rung.promise.then(listener);
  }
}

/** What the engine stands on before the first message. */
type Ground = Alarms & {
  options: EngineOptions;
  log: Log;
  clock: EngineClock;
  county: County;
  registry: Registry;
  stores: Stores;
  knownSeries: SeriesRow[];
  series: SeriesDictionary;
  domains: Domains;
  alarmCommands: AlarmCommands;
  notices: Notices;
  unplaced: UnplacedDevices;
  stats: IntakeStats;
  metrics: Metrics;
  broker: BrokerConnection;
  eventLog: EventLog;
  incidents: Incidents;
  incidentCommands: IncidentCommands;
  people: PeopleService;
  proposals: ProposalService;
  lookBack: LookBack;
  reports: ReportService;
  shifts: ShiftCommands;
  sharedLog: SharedLog;
  restart: RestartBell;
  hourly: HourlyValues;
};

function createBroker(
  options: EngineOptions,
  clientId: string,
  registry: Registry,
  nowMs: () => number,
  log: Log,
): BrokerConnection {
  return new BrokerConnection({
    url: options.brokerUrl,
    credentials: options.mqtt ?? {},
    clientId,
    subscriptions: [
      { filter: CLOCK_TOPIC, qos: 0 },
      ...feeds.flatMap(({ filters, qos }) => filters.map((filter) => ({ filter, qos }))),
    ],
    expectedTopics: registry.size,
    nowMs,
    log,
  });
}

async function layGround(options: EngineOptions, log: Log): Promise<Ground> {
  const clock = new EngineClock(options.clock);
  const nowMs = (): number => clock.nowMs();
  const county = await loadCounty(options.countyDir);
  const registry = createRegistry(county);
  const notices = new Notices(log, nowMs);
  const stores = await openStores({
    ...options,
    workerPath: options.storeWorkerPath,
    now: nowMs,
    onNotice: (notice) => notices.add(notice),
    onSlowCall: slowCallLog(log),
    timeZone: county.profile.timeZone,
    scopeOf: (deviceId) => scopeOf(registry, deviceId),
  });
  const knownSeries = await stores.telemetry.series();
  const engineId = loadEngineId(options.dataDir);
  const broker = createBroker(options, engineId, registry, nowMs, log);
  const sendDispatch = (unitId: string, order: object): void =>
    send(broker, log, `${BEACON_PREFIX}/dispatch/${unitId}`, JSON.stringify(order), 1);
  const eventLog = new EventLog(stores.record, nowMs);
  const key = DeskKey.load(join(options.dataDir, 'desk-key.json'));
  const restart = new RestartBell();
  const attachments = new AttachmentStore(options.dataDir, nowMs);
  const shelves = { attachment: attachments.shelf, report: reportShelf(options.dataDir) };
  const sharedLog = openReplication({
    options,
    workstation: stores.workstation,
    eventLog,
    key,
    shelves,
    engineId,
    nowMs,
    onNotice: (notice) => notices.add(notice),
    restart: () => restart.ring(),
    log,
  });
  const incidents = await createIncidents({
    ...options,
    eventLog,
    attachments,
    county,
    workstation: stores.workstation.id,
    nowMs,
    sendDispatch,
    isLeader: sharedLog.replication.isLeader,
    log,
  });
  const { incidentCommands } = incidents;
  const people = createPeople(options, eventLog, key, stores.workstation.id);
  const positions = county.positions ?? defaultPositions;
  const alarmCommands = new AlarmCommands({
    log: eventLog,
    positions,
    nowMs,
    isPresent: (id) => people.signIn.isPresent(id),
  });
  const proposals = new ProposalService({
    log: eventLog,
    places: new CountyPlaces(county),
    units: county.profile.displayUnits,
    nowMs,
    alarms: () => alarms.alarms.all(),
    incidents: () => incidentCommands.incidents(),
  });
  const reports = await ReportService.open({ ...options, nowMs, log });
  const shifts = new ShiftCommands({
    log: eventLog,
    nowMs,
    timeZone: county.profile.timeZone,
    keepReport: (shiftId) => reports.keep(shiftId),
  });
  const lookBack = openLookBack(stores.search, eventLog, incidentCommands, log);
  // Everything that listens to it is there: all that was ever written makes the room as it was left.
  await eventLog.load();
  const alarms = await openAlarms({
    dataDir: options.dataDir,
    retentionMs: RETENTION_DAYS * DAY_MS,
    positions,
    alarmCommands,
    nowMs,
    log,
  });
  for (const { id, status, alarmIds } of incidentCommands.incidents())
    if (status !== 'resolved') alarms.alarms.link(alarmIds, id, nowMs());
  const stats = new IntakeStats(feeds);
  return {
    options,
    log,
    clock,
    county,
    registry,
    stores,
    knownSeries,
    alarmCommands,
    notices,
    stats,
    broker,
    eventLog,
    incidents,
    incidentCommands,
    people,
    proposals,
    lookBack,
    reports,
    shifts,
    sharedLog,
    restart,
    hourly: new HourlyValues({ history: stores.telemetry, upkeep: stores.telemetry, ledger: stores.ledger }),
    ...alarms,
    series: new SeriesDictionary(knownSeries),
    domains: createDomains(county, registry),
    unplaced: new UnplacedDevices(registry),
    metrics: createMetrics(stats, nowMs),
  };
}

/** Sessions and pauses are people's time, so they are of the wall's clock also where the county's runs faster. */
function createPeople(
  { dataDir, isDemonstration = false }: EngineOptions,
  log: EventLog,
  key: DeskKey,
  workstation: string,
): PeopleService {
  return new PeopleService(
    { log, key, workstation, wallMs: Date.now, isDemonstration, cost: usualCost },
    new WallToken(join(dataDir, 'wall-token')),
  );
}

/** What a device is added up for: a meter for its zone or feeder, a detector for its link, a vehicle for its route; a zone has its own. */
function scopeOf(registry: Registry, deviceId: string): string | undefined {
  const { kind, zoneId, linkId } = registry.device(deviceId) ?? {};
  if (kind === 'meter' && zoneId !== undefined) return `zone:${zoneId}`;
  if (kind === 'zone') return ownScope(deviceId);
  return kind === 'detector' && linkId !== undefined ? `link:${linkId}` : routeScopeOf(deviceId);
}

/** Sends and forgets: what cannot be sent is told in the log. */
function send(broker: BrokerConnection, log: Log, topic: string, payload: string | Uint8Array, qos: 0 | 1): void {
  broker
    .publish(topic, payload, qos)
    .catch((error: unknown) => log('warn', `A message to ${topic} was not sent: ${String(error)}`));
}

/** A timer that does not keep the process alive. */
function setUnheldTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms).unref();
  return () => clearTimeout(timer);
}

/** The line from the broker to the domains and the store. */
function openIntake({
  clock,
  registry,
  series,
  stats,
  stores,
  domains,
  unplaced,
  incidentCommands,
  sharedLog,
  broker,
  metrics,
  notices,
  log,
}: Ground): Pipeline {
  const behind = new BackPressureNotifier((notice) => notices.add(notice), setUnheldTimer);
  const pipeline = new Pipeline({
    feeds,
    registry,
    series,
    stats,
    clock,
    log,
    store: stores.telemetry,
    isStoreFull: () => stores.disk.isFull,
    retentionMs: RETENTION_DAYS * DAY_MS,
    onValues(values, feed, nowMs) {
      for (const value of values) {
        for (const domain of domains.all) domain.apply(value, nowMs);
        // Every workstation hears it, and one writes it down.
        if (value.kind === 'unit' && sharedLog.replication.isLeader())
          incidentCommands
            .applyUnit(value)
            .catch((error: unknown) => log('error', `A unit's report was not recorded: ${String(error)}`));
      }
      unplaced.note(values, feed.id);
    },
    onReply: ({ topic, payload, qos }) => send(broker, log, topic, payload, qos),
    onCommit: (ms) => metrics.commit(ms),
    onBehind: (isBehind, shed) => behind.change(isBehind, shed),
  });
  broker.room = () => pipeline.room();
  broker.onDelivery = (delivery) => {
    if (delivery.topic.name === CLOCK_TOPIC) clock.receive(delivery.payload);
    else pipeline.deliver(delivery);
  };
  return pipeline;
}

/** The side of the screens: what they may ask, and the beat at which they are told. */
function openScreens(ground: Ground, vitals: Vitals, clockWatch: ClockWatch): { screens: Screens; loop: EngineLoop } {
  const {
    clock,
    county,
    registry,
    stores,
    domains,
    alarms,
    alarmCommands,
    alarmFile,
    raised,
    loads,
    notices,
    stats,
    incidents,
    incidentCommands,
    people,
    proposals,
    lookBack,
    reports,
    shifts,
    sharedLog,
    hourly,
    options,
    log,
  } = ground;
  const nowMs = (): number => clock.nowMs();
  const dispatcher = new Dispatcher({
    county,
    units: domains.units,
    speedMps: (link) => domains.traffic.speedMps(link),
    incidents: () => incidentCommands.incidents(),
    nowMs,
  });
  const handlers = createHandlers({
    ...ground,
    store: stores.telemetry,
    ledger: stores.ledger,
    retentionMs: RETENTION_DAYS * DAY_MS,
    dispatcher,
    nowMs,
    changed: () => loop.publishAlarms(),
  });
  const snapshot = createSnapshots({ ...ground, vitals, nowMs });
  const startReplay = createReplays({
    county,
    registry,
    store: stores.telemetry,
    live: domains,
    nowMs,
    retentionMs: RETENTION_DAYS * DAY_MS,
  });
  const screens = new Screens({
    version: options.version,
    handlers,
    nowMs,
    snapshot,
    startReplay,
    log,
    domains: domains.all,
    people,
  });
  const loop = new EngineLoop({
    domains,
    alarms,
    loads,
    screens,
    nowMs,
    vitals: () => vitals.now(),
    judgeRoom: (now) => [...dispatcher.judge(now), ...incidents.conditions(now)],
    tickStats() {
      stats.tick();
      alarmCommands.reviewPositions();
      const step = clockWatch.note({
        nowMs: nowMs(),
        monotonicMs: performance.now(),
        speed: clock.speed,
        source: clock.source,
      });
      if (step !== undefined) notices.add(step);
    },
    reviewProposals: () => proposals.refresh(),
    onAlarmsChanged: () => {
      raised.note(alarms.takeRaised());
      alarmFile.save(() => alarms.all());
    },
    onFigures: (figures) => {
      reports.noteFigures(figures);
      // Before the first message of the county's clock its time is not known.
      if (options.clock === 'wall' || clock.source === 'county') hourly.noteFigures(figures, nowMs(), clock.speed);
    },
    onVitals: (told) => reports.noteFeeds(told),
  });
  lookBack.meet(ground);
  alarmCommands.onAlarms = () => loop.publishAlarmsSoon();
  alarmCommands.onPositions = (positions) => screens.publish('positions', { positions });
  people.onChange(() => alarmCommands.reviewPositions());
  incidentCommands.onChange((changed) => {
    screens.publish('incidents', { isFull: false, changed });
    for (const { id, alarmIds } of changed) {
      alarms.link(alarmIds, id, nowMs());
      alarms.unlinkOthers(alarmIds, id, nowMs());
    }
    loop.publishAlarmsSoon();
  });
  shifts.onChange(() => screens.publish('shift', { shifts: shifts.newest() }));
  proposals.onChange = (all) => screens.publish('proposals', { proposals: all });
  sharedLog.replication.onState = (state) => screens.publish('desk', state);
  notices.onChange = (all) => screens.publish('notices', { notices: [...all] });
  return { screens, loop };
}

function measure(
  { metrics, broker, series, stores }: Ground,
  pipeline: Pipeline,
  screens: Screens,
  vitals: Vitals,
): void {
  metrics.gauge('beacon_queue_rows', 'Rows decoded and not yet committed.', () => pipeline.queued);
  metrics.gauge('beacon_broker_connected', '1 while the broker is connected.', () =>
    Number(broker.state.state === 'connected'),
  );
  metrics.gauge('beacon_series', 'Series known to the store.', () => series.size);
  metrics.gauge('beacon_screens', 'Screens connected.', () => screens.count);
  metrics.gauge(
    'beacon_loop_delay_p99_seconds',
    "Delay of the engine's event loop, 99th percentile since the start.",
    () => vitals.loopDelayP99Ms / 1000,
  );
  metrics.gauge(
    'beacon_disk_free_bytes',
    'Free space on the disk of the data folder.',
    () => stores.disk.state.freeBytes,
  );
  metrics.gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss());
}

/**
 * Puts the engine together, by hand and in order: county, files, domains, intake, screens. Throws a CountyError or
 * DataFolderError, one sentence each, where it cannot go on; a broker that does not answer is no reason not to start.
 */
export async function createEngine(options: EngineOptions, log: Log): Promise<Engine> {
  const ground = await layGround(options, log);
  const {
    clock,
    stores,
    broker,
    metrics,
    domains,
    registry,
    knownSeries,
    raised,
    alarmFile,
    people,
    incidents,
    reports,
    sharedLog,
    restart,
  } = ground;
  const nowMs = (): number => clock.nowMs();
  const pipeline = openIntake(ground);
  const vitals = new Vitals({ ...ground, pipeline, disk: stores.disk });
  const clockWatch = new ClockWatch();
  const { screens, loop } = openScreens(ground, vitals, clockWatch);
  measure(ground, pipeline, screens, vitals);
  const endJobs = await startJobs({
    ...ground,
    clockWatch,
    timeZone: ground.county.profile.timeZone,
    ledgerYears: options.ledgerYears,
    replication: sharedLog.replication,
  });
  broker.start();
  await sharedLog.replication.start();
  loop.start();
  const endIncidents = incidents.start();
  for (const { value } of await stores.telemetry.reports()) domains.citizens.apply(value, nowMs());
  // Passwords take their time, and nobody is kept waiting for them who does not sign in.
  const beginning = sharedLog.replication.ready
    .then((isReady) => (isReady ? people.begin(`Wall of ${stores.workstation.name}`) : undefined))
    .catch((error: unknown) => log('error', `The first accounts could not be made: ${String(error)}`));
  const learning = learn(stores.telemetry, knownSeries, registry, domains.all, nowMs).catch((error: unknown) =>
    log('warn', `The past could not be learnt from the store: ${String(error)}`),
  );
  return {
    isStoreNew: stores.isNew,
    connect: (port, origin) => screens.connect(port, origin),
    onRestart: (listener) => restart.onRing(listener),
    health: () => ({
      ok: pipeline.failure === undefined && !stores.disk.isFull && broker.state.state === 'connected',
      broker: broker.state.state,
      store: pipeline.failure ?? (stores.disk.isFull ? 'The disk of the data folder is full.' : 'ok'),
      nowMs: nowMs(),
    }),
    metrics: () => metrics.text(),
    async stop() {
      loop.stop();
      await endJobs();
      await endIncidents();
      await pipeline.stop();
      await sharedLog.replication.stop();
      await broker.stop();
      await learning;
      await beginning;
      screens.close();
      vitals.stop();
      await reports.close();
      await raised.settled();
      await alarmFile.settled();
      await stores.close();
    },
  };
}
