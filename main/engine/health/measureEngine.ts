import type { SeriesDictionary } from '../ingest/BatchBuilder.ts';
import type { BrokerConnection } from '../ingest/BrokerConnection.ts';
import type { Pipeline } from '../ingest/Pipeline.ts';
import type { Metrics } from './createMetrics.ts';
import type { DiskWatch } from './DiskWatch.ts';
import type { Vitals } from './Vitals.ts';

type Measured = {
  metrics: Metrics;
  broker: BrokerConnection;
  series: SeriesDictionary;
  stores: { disk: DiskWatch };
  pipeline: Pipeline;
  screens: { count: number };
  vitals: Vitals;
};

/** Adds the gauges whose values are read from the engine's parts at each scrape. */
export function measureEngine({ metrics, broker, series, stores, pipeline, screens, vitals }: Measured): void {
  const { gauge } = metrics;
  gauge('beacon_queue_rows', 'Rows decoded and not yet committed.', () => pipeline.queued);
  gauge('beacon_broker_connected', '1 while the broker is connected.', () =>
    Number(broker.state.state === 'connected'),
  );
  gauge('beacon_series', 'Series known to the store.', () => series.size);
  gauge('beacon_screens', 'Screens connected.', () => screens.count);
  gauge(
    'beacon_loop_delay_p99_seconds',
    "Delay of the engine's event loop, 99th percentile since the start.",
    () => vitals.loopDelayP99Ms / 1000,
  );
  gauge('beacon_disk_free_bytes', 'Free space on the disk of the data folder.', () => stores.disk.state.freeBytes);
  gauge('process_start_time_seconds', 'When the process started, UTC.', () => performance.timeOrigin / 1000);
  gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss());
}
