import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEACON_PREFIX } from '../../shared/wire/topics.ts';
import { AlarmBook } from './alarms/AlarmBook.ts';
import { loadAlarms, saveAlarms } from './alarms/alarmFile.ts';
import { createDomains } from './createDomains.ts';
import type { Engine, EngineOptions, Log } from './engine.ts';
import { EngineClock } from './EngineClock.ts';
import { createMetrics } from './health/createMetrics.ts';
import { Vitals } from './health/Vitals.ts';
import { IncidentDesk } from './incidents/IncidentDesk.ts';
import { SeriesDictionary } from './ingest/BatchBuilder.ts';
import { BrokerConnection } from './ingest/BrokerConnection.ts';
import type { Delivery } from './ingest/BrokerConnection.ts';
import { feeds } from './ingest/feeds/feedList.ts';
import { IntakeStats } from './ingest/IntakeStats.ts';
import { Pipeline } from './ingest/Pipeline.ts';
import { UnplacedBook } from './ingest/UnplacedBook.ts';
import { learn } from './learn.ts';
import { createSnapshots } from './live/createSnapshots.ts';
import { EngineLoop } from './live/EngineLoop.ts';
import { Screens } from './live/Screens.ts';
import { createRegistry } from './registry/createRegistry.ts';
import { loadCounty } from './registry/loadCounty.ts';
import { createHandlers } from './requests/createHandlers.ts';
import { openStores } from './store/openStores.ts';

const DAY_MS = 86_400_000;
const RETENTION_DAYS = 7;
const SWEEP_EVERY_MS = 600_000;
const CLOCK_TOPIC = `${BEACON_PREFIX}/clock`;
/** Who works at this workstation: the one position that there is as long as nobody signs in. */
const PERSON = 'Operator 1';

/** The broker keeps the session under this name, so it is made once a data folder. */
function clientId(dataDir: string): string {
  const file = join(dataDir, 'engine-id');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const id = `beacon-${randomUUID().slice(0, 8)}`;
  writeFileSync(file, id);
  return id;
}

/**
 * Puts the engine together, by hand and in order: county, files, domains, intake, screens. Throws a CountyError or DataFolderError, one sentence each,
 * where it cannot go on; a broker that does not answer is no reason not to start.
 */
export async function createEngine(options: EngineOptions, log: Log): Promise<Engine> {
  const clock = new EngineClock(options.clock);
  const nowMs = (): number => clock.nowMs();
  const county = await loadCounty(options.countyDir);
  const registry = createRegistry(county);
  const stores = await openStores(options.dataDir, options.storeWorkerPath, { samplesDays: RETENTION_DAYS, positionsDays: RETENTION_DAYS, deadLetterCount: 10_000 });
  const { telemetry, record } = stores;
  const knownSeries = await telemetry.series();
  const series = new SeriesDictionary(knownSeries);
  const domains = createDomains(county, registry);
  const alarmsFile = join(options.dataDir, 'alarms.json');
  const alarms = new AlarmBook(loadAlarms(alarmsFile), nowMs());
  const unplaced = new UnplacedBook(registry);
  const stats = new IntakeStats(feeds);

  const desk = await IncidentDesk.open({ record, nowMs, timeZone: county.profile.timeZone, sendDispatch });
  const pipeline = new Pipeline({
    feeds, registry, series, stats, clock, log,
    store: telemetry,
    retentionMs: RETENTION_DAYS * DAY_MS,
    onValue(value, feed) {
      for (const domain of domains.all) domain.apply(value, nowMs());
      unplaced.note(value, feed.id);
      if (value.kind === 'unit') void desk.applyUnit(value).catch((error: unknown) => log('error', `A unit's report was not recorded: ${String(error)}`));
    },
    onReply: (reply) => void send(reply.topic, reply.payload, reply.qos),
    onCommit: (ms) => metrics.commit(ms),
  });
  const broker = new BrokerConnection({
    url: options.brokerUrl,
    credentials: options.mqtt ?? {},
    clientId: clientId(options.dataDir),
    subscriptions: [{ filter: CLOCK_TOPIC, qos: 0 }, ...feeds.flatMap(({ filters, qos }) => filters.map((filter) => ({ filter, qos })))],
    onDelivery: (delivery) => deliver(delivery),
    onState: () => undefined,
    nowMs, log,
  });
  const vitals = new Vitals({ clock, broker, pipeline, stats, unplaced, alarms });
  const metrics = createMetrics({
    stats, nowMs,
    queueRows: () => pipeline.queued,
    isConnected: () => broker.state.state === 'connected',
    seriesCount: () => series.size,
    screens: () => screens.count,
    loopDelayP99Ms: () => vitals.loopDelayP99Ms,
  });
  const snapshot = createSnapshots({ vitals, alarms, desk, domains, notices: stores.notices, nowMs });
  const handlers = createHandlers({ county, store: telemetry, record, domains: domains.all, alarms, desk, unplaced, domainsLive: domains, nowMs, changed: () => loop.publishAlarms() });
  const screens = new Screens({ version: options.version, handlers, nowMs, snapshot, log, domains: domains.all, person: PERSON });
  const loop = new EngineLoop({
    domains, alarms, screens, nowMs,
    vitals: () => vitals.now(),
    tickStats: () => stats.tick(),
    onAlarmsChanged: () => void saveAlarms(alarmsFile, alarms.all()).catch((error: unknown) => log('warn', `The alarms could not be saved: ${String(error)}`)),
  });
  desk.onChange((changed) => screens.publish('incidents', { isFull: false, changed }));

  function deliver(delivery: Delivery): void {
    if (delivery.topic === CLOCK_TOPIC) clock.receive(delivery.payload);
    else pipeline.deliver(delivery);
  }
  async function send(topic: string, payload: string | Uint8Array, qos: 0 | 1): Promise<void> {
    await broker.publish(topic, payload, qos).catch((error: unknown) => log('warn', `A message to ${topic} was not sent: ${String(error)}`));
  }
  function sendDispatch(unitId: string, order: object): void {
    void send(`${BEACON_PREFIX}/dispatch/${unitId}`, JSON.stringify(order), 1);
  }

  const sweep = setInterval(() => void telemetry.sweep(nowMs()).catch((error: unknown) => log('error', `Old data could not be deleted: ${String(error)}`)), SWEEP_EVERY_MS);
  for (const { text } of stores.notices) log('warn', text);
  broker.start();
  loop.start();
  const learning = learn(telemetry, knownSeries, registry, domains.all, nowMs).catch((error: unknown) => log('warn', `The past could not be learnt from the store: ${String(error)}`));

  return {
    isStoreNew: stores.isNew,
    connect: (port) => screens.connect(port),
    health: () => ({ ok: pipeline.failure === undefined && broker.state.state === 'connected', broker: broker.state.state, store: pipeline.failure ?? 'ok', nowMs: nowMs() }),
    metrics: () => metrics.text(),
    async stop() {
      clearInterval(sweep);
      loop.stop();
      await pipeline.stop();
      await broker.stop();
      await learning;
      screens.close();
      vitals.stop();
      await telemetry.close();
      await record.close();
    },
  };
}
