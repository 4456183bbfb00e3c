import { monotonicMs } from './base/EngineClock.ts';
import { openBilling } from './billing/openBilling.ts';
import type { Billing } from './billing/openBilling.ts';
import { BackPressureNotifier } from './health/BackPressureNotifier.ts';
import { createMetrics } from './health/createMetrics.ts';
import type { Metrics } from './health/createMetrics.ts';
import { SeriesDictionary } from './ingest/BatchBuilder.ts';
import { expectFeeds } from './ingest/expectFeeds.ts';
import { feeds } from './ingest/feeds/feedList.ts';
import { BacklogWatch } from './ingest/BacklogWatch.ts';
import { BrokerMemory } from './ingest/BrokerMemory.ts';
import { IntakeStats } from './ingest/IntakeStats.ts';
import { CLOCK_TOPIC } from './ingest/openBroker.ts';
import { sendAndForget } from './ingest/sendAndForget.ts';
import { SessionWatch } from './ingest/SessionWatch.ts';
import { Pipeline } from './ingest/Pipeline.ts';
import { UnplacedDevices } from './ingest/UnplacedDevices.ts';
import { HourlyValues } from './ledger/HourlyValues.ts';
import { RunLedger } from './ledger/RunLedger.ts';
import type { Foundation, Services } from './openServices.ts';
import { RETENTION_DAYS } from './openStores.ts';
import type { SeriesRow } from './store/store.ts';

const DAY_MS = 86_400_000;

/** The way of a message from the broker to the domains and the store, and what is counted on it. */
export type Intake = {
  pipeline: Pipeline;
  knownSeries: SeriesRow[];
  series: SeriesDictionary;
  stats: IntakeStats;
  unplaced: UnplacedDevices;
  metrics: Metrics;
  /** Writes the hourly values that are kept for years. */
  hourly: HourlyValues;
  billing: Billing;
  runLedger: RunLedger;
  session: SessionWatch;
};

/** A timer that does not keep the process alive. */
function setUnheldTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms).unref();
  return () => clearTimeout(timer);
}

/** Joins broker, feeds, domains and store. */
export async function openIntake(foundation: Foundation, { incidents, orders, citizens }: Services): Promise<Intake> {
  const { options, engineId, clock, nowMs, registry, stores, domains, broker, notices, log } = foundation;
  const knownSeries = await stores.telemetry.series();
  const series = new SeriesDictionary(knownSeries, { isRegistered: (id) => registry.device(id) !== undefined });
  const stats = new IntakeStats(feeds, expectFeeds(foundation.county));
  const unplaced = new UnplacedDevices(registry);
  const metrics = createMetrics(stats, nowMs);
  const backPressure = new BackPressureNotifier((notice) => notices.add(notice), setUnheldTimer);
  const memory = new BrokerMemory(options.dataDir, `${broker.state.url} ${engineId}`);
  const backlog = new BacklogWatch(memory.last?.usual);
  const pipeline = new Pipeline({
    feeds,
    registry,
    series,
    stats,
    unplaced,
    clock,
    log,
    store: stores.telemetry,
    isStoreFull: () => stores.disk.isFull,
    retentionMs: RETENTION_DAYS * DAY_MS,
    review: (values) => domains.review(values),
    onValues(values, feed, atMs, qos) {
      if (qos === 1 && values[0] !== undefined) backlog.note(feed.id, values[0].atMs, atMs);
      for (const value of values) domains.apply(value, atMs);
      incidents.noteValues(values);
      orders.noteValues(values);
      citizens.noteValues(values);
    },
    onReply: ({ topic, payload, qos }) => sendAndForget(broker, log, topic, payload, qos),
    onCommit: (ms) => metrics.commit(ms),
    onBehind: (isBehind, shed) => backPressure.change(isBehind, shed),
  });
  broker.room = () => pipeline.room();
  broker.onDelivery = (delivery) => {
    if (delivery.topic.name !== CLOCK_TOPIC) pipeline.deliver(delivery);
    else {
      const fault = clock.receive(delivery.payload);
      if (fault !== undefined) pipeline.refuse('clock', delivery, { reason: 'badTime', detail: fault });
    }
  };
  const session = new SessionWatch({
    memory,
    backlog,
    timeZone: foundation.county.profile.timeZone,
    nowMs,
    monotonicMs,
    onNotice: (notice) => notices.add(notice),
  });
  broker.onSession = (isPresent) => session.connected(isPresent);
  broker.onLost = () => session.lost();
  const { telemetry, ledger } = stores;
  const hourly = new HourlyValues({ history: telemetry, upkeep: telemetry, ledger });
  const billing = openBilling({ ...foundation, history: telemetry, ledger, series });
  const { measuredRuns: measured } = domains.offers;
  const runLedger = new RunLedger({ measured, ledger, timeZone: foundation.county.profile.timeZone });
  return { pipeline, knownSeries, series, stats, unplaced, metrics, hourly, billing, runLedger, session };
}
