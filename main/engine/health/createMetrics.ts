import { Counter, Gauge, Registry, Summary } from 'prom-client';
import type { CountyMs } from '../../../shared/base/clock.ts';
import type { IntakeStats } from '../ingest/IntakeStats.ts';

export type Metrics = {
  /** Prometheus text. */
  text: () => Promise<string>;
  /** Records how long a commit took. */
  commit: (ms: number) => void;
  /** Adds a figure whose value is read at each scrape. */
  gauge: (name: string, help: string, read: () => number) => void;
  /** Adds a figure with one value per value of a label, all of them read at each scrape. */
  gauges: (name: string, help: string, label: string, read: () => Readonly<Record<string, number>>) => void;
};

/** The engine's figures in Prometheus text, read from its own counters at each scrape. */
export function createMetrics(stats: IntakeStats, nowMs: () => CountyMs): Metrics {
  const register = new Registry();
  const registers = [register];
  const byFeed = (name: string, help: string, read: (row: ReturnType<IntakeStats['rows']>[number]) => number): void => {
    const counter = new Counter({
      name,
      help,
      registers,
      labelNames: ['feed'],
      collect() {
        counter.reset();
        for (const row of stats.rows()) counter.inc({ feed: row.feed }, read(row));
      },
    });
  };
  byFeed(
    'beacon_messages_received_total',
    'Messages received, by feed; "none" where no feed takes the topic.',
    (row) => row.received,
  );
  byFeed(
    'beacon_samples_committed_total',
    'Samples committed that the store did not have yet, by feed.',
    (row) => row.committed,
  );
  byFeed('beacon_samples_duplicate_total', 'Samples that the store had already, by feed.', (row) => row.duplicates);
  byFeed(
    'beacon_messages_shed_total',
    'QoS 0 messages dropped because the store was behind, by feed.',
    (row) => row.shed,
  );
  byFeed(
    'beacon_values_unplaced_total',
    'Values refused because too many devices of the feed are in none of the county’s registers.',
    (row) => row.unplaced,
  );
  deadLetters(stats, registers);
  feedAges(stats, nowMs, registers);
  const latency = new Summary({
    name: 'beacon_commit_seconds',
    help: 'Time from handing a batch to the store until it is committed.',
    registers,
    percentiles: [0.5, 0.95, 0.99],
    maxAgeSeconds: 600,
    ageBuckets: 5,
  });
  return { text: () => register.metrics(), commit: (ms) => latency.observe(ms / 1000), ...gaugeMakers(registers) };
}

function deadLetters(stats: IntakeStats, registers: Registry[]): void {
  const counter = new Counter({
    name: 'beacon_dead_letters_total',
    help: 'Messages refused, by feed and reason.',
    registers,
    labelNames: ['feed', 'reason'],
    collect() {
      counter.reset();
      for (const row of stats.rows())
        for (const [reason, count] of row.refused) counter.inc({ feed: row.feed, reason }, count);
    },
  });
}

function gaugeMakers(registers: Registry[]): Pick<Metrics, 'gauge' | 'gauges'> {
  return {
    gauge(name, help, read) {
      const each: Gauge = new Gauge({ name, help, registers, collect: (): void => each.set(read()) });
    },
    gauges(name, help, label, read) {
      const each: Gauge = new Gauge({
        name,
        help,
        registers,
        labelNames: [label],
        collect(): void {
          each.reset();
          for (const [key, value] of Object.entries(read())) each.set({ [label]: key }, value);
        },
      });
    },
  };
}

function feedAges(stats: IntakeStats, nowMs: () => CountyMs, registers: Registry[]): void {
  const age = new Gauge({
    name: 'beacon_feed_age_seconds',
    help: 'Time since the last message of a feed; absent when it was never heard.',
    registers,
    labelNames: ['feed'],
    collect() {
      age.reset();
      for (const { feed, lastAtMs } of stats.rows())
        if (lastAtMs !== undefined) age.set({ feed }, (nowMs() - lastAtMs) / 1000);
    },
  });
}
