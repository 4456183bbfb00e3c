import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';
import type { StreamMessage } from '../../../shared/contract/contract.ts';
import type { AlarmLoads } from '../alarms/AlarmLoads.ts';
import type { EngineClock } from '../base/EngineClock.ts';
import type { DiskWatch } from './DiskWatch.ts';
import type { BrokerConnection } from '../ingest/BrokerConnection.ts';
import type { IntakeStats } from '../ingest/IntakeStats.ts';
import type { Pipeline } from '../ingest/Pipeline.ts';
import type { UnplacedDevices } from '../ingest/UnplacedDevices.ts';
import type { Warnings } from './Warnings.ts';

type VitalsSources = {
  clock: EngineClock;
  broker: BrokerConnection;
  pipeline: Pipeline;
  stats: IntakeStats;
  unplaced: UnplacedDevices;
  loads: AlarmLoads;
  disk: DiskWatch;
  warnings: Warnings;
  sharedLog: { replication: { refusedTopics: () => TopicRefusal[] } };
};

const SLOW_COMMIT_MS = 500;

/** The 95th percentile; 0 for an empty list. */
const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;

/** The engine's own state: what the screen shows of the pipeline, and what raises the alarms of domain `system`. */
export class Vitals {
  readonly #sources: VitalsSources;
  readonly #loop = monitorEventLoopDelay({ resolution: 5 });

  constructor(sources: VitalsSources) {
    this.#sources = sources;
    this.#loop.enable();
  }

  get loopDelayP99Ms(): number {
    // Five milliseconds are subtracted because the monitor counts its own timer's interval as delay.
    return Math.max(0, this.#loop.percentile(99) / 1e6 - 5);
  }

  now(): StreamMessage<'vitals'> {
    const { clock, stats, unplaced, loads, disk } = this.#sources;
    const nowMs = clock.nowMs();
    const warnings = this.#sources.warnings.now();
    const { perSecond, refused, shed, unplaced: unplacedRefused } = stats.totals();
    return {
      nowMs,
      clockSpeed: clock.speed,
      broker: this.#broker(),
      feeds: stats.feedStates(nowMs),
      ...(warnings.length > 0 && { warnings }),
      store: this.#store(),
      disk: disk.state,
      messagesPerSecond: perSecond,
      refusedTotal: refused,
      shedTotal: shed,
      unplaced: unplaced.size,
      unplacedRefused,
      alarmLoad: loads.busiest(nowMs),
      loopDelayP99Ms: this.loopDelayP99Ms,
    };
  }

  stop(): void {
    this.#loop.disable();
  }

  #broker(): StreamMessage<'vitals'>['broker'] {
    const { broker, sharedLog } = this.#sources;
    const refused = [...broker.refused(), ...sharedLog.replication.refusedTopics()];
    return { ...broker.state, ...(refused.length > 0 && { refused }) };
  }

  #store(): StreamMessage<'vitals'>['store'] {
    const { pipeline, stats } = this.#sources;
    const commitP95Ms = p95(pipeline.commitTimesMs);
    const figures = { queue: pipeline.queued, commitP95Ms, samples: stats.totals().committed };
    if (pipeline.failure !== undefined) return { state: 'failed', reason: pipeline.failure, ...figures };
    return { state: commitP95Ms > SLOW_COMMIT_MS ? 'slow' : 'ok', ...figures };
  }
}
