import type { CountyMs } from '../../../shared/base/clock.ts';
import { qualityOfCode } from '../../../shared/base/quality.ts';
import type { Registry } from '../registry/Registry.ts';
import type { History, SeriesRow } from '../store/store.ts';
import type { DomainSet } from './DomainSet.ts';
import type { Domain, LearningPlan } from './kit/Domain.ts';

const DAY_MS = 86_400_000;
/**
 * Number of series per query, so that neither the store's answer nor the time in the domains holds up the live stream.
 */
const SERIES_AT_ONCE = 200;
const ROWS_A_PIECE = 64;

/** Called between small pieces of work; learning waits for the promise that it returns. */
type Rest = () => Promise<void> | undefined;

type Lesson = {
  store: Pick<History, 'steps'>;
  series: readonly SeriesRow[];
  registry: Registry;
  untilMs: number;
  rest: Rest;
  isOver: () => boolean;
};

/** Feeds one domain the stored history that one of its plans asks for. */
async function teach(lesson: Lesson, plan: LearningPlan, apply: Domain['apply']): Promise<void> {
  const { store, series, registry, untilMs, rest, isOver } = lesson;
  const rows = series.filter(({ deviceId, quantity }) => plan.wants(quantity, registry.device(deviceId)));
  for (let at = 0; at < rows.length && !isOver(); at += SERIES_AT_ONCE) {
    const part = new Map(rows.slice(at, at + SERIES_AT_ONCE).map((row) => [row.id, row]));
    const past = await store.steps([...part.keys()], untilMs - plan.days * DAY_MS, untilMs, plan.stepMs);
    for (let row = 0; row < past.count && !isOver(); row++) {
      const of = part.get(past.seriesId[row] ?? 0);
      if (of === undefined) continue;
      const value = past.value[row] ?? Number.NaN;
      const quality = qualityOfCode(past.quality[row] ?? 0);
      const { deviceId, quantity } = of;
      apply({ kind: 'sample', deviceId, quantity, value, atMs: past.atMs[row] ?? 0, quality }, untilMs);
      if (row % ROWS_A_PIECE === 0) await rest();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/**
 * After a restart the domains know nothing of the past: this feeds them the store's history, thinned, as late values.
 * It runs beside the live stream and yields to it between two queries.
 */
export async function learn(
  store: Pick<History, 'steps'>,
  series: readonly SeriesRow[],
  registry: Registry,
  domains: DomainSet,
  nowMs: () => CountyMs,
): Promise<void> {
  const lesson = { store, series, registry, untilMs: nowMs(), rest: () => undefined, isOver: () => false };
  for (const { plan, apply, seedReview } of domains.learningPlans())
    await teach(lesson, plan, (value, atMs) => {
      apply(value, atMs);
      seedReview?.(value);
    });
}

/**
 * Learns what a county of the past has to know of the days before `untilMs`. Ends early when `isOver` returns true.
 */
export async function learnPast(domains: DomainSet, lesson: Lesson): Promise<void> {
  for (const { plan, apply } of domains.learningPlans()) if (plan.isForPast) await teach(lesson, plan, apply);
}
