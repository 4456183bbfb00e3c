import type { Log } from '../base/engine.ts';
import type { EngineClock } from '../base/EngineClock.ts';
import { RetentionSchedule } from '../base/RetentionSchedule.ts';
import type { TelemetryStore } from '../store/store.ts';

const EVERY_MS = 5000;

type UpkeepSources = {
  upkeep: Pick<TelemetryStore, 'tend' | 'sweep'>;
  clock: EngineClock;
  /** Whether the clock can be believed enough to delete by it. */
  clockWatch: { mayDelete: (monotonicMs: number) => boolean };
  log: Log;
};

/** Compacts samples and deletes what is older than the retention, every few seconds; returns what ends it. */
export function startUpkeep({ upkeep, clock, clockWatch, log }: UpkeepSources): () => void {
  const retention = new RetentionSchedule(() => upkeep.sweep(clock.nowMs()));
  const report =
    (what: string) =>
    (error: unknown): void =>
      log('error', `${what}: ${String(error)}`);
  const timer = setInterval(() => {
    void upkeep.tend(clock.nowMs()).catch(report('Samples could not be compacted'));
    if (!clockWatch.mayDelete(performance.now())) return;
    retention.beat(clock.nowMs(), clock.source)?.catch(report('Old data could not be deleted'));
  }, EVERY_MS);
  return () => clearInterval(timer);
}
