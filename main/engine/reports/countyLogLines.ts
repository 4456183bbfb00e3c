import { z } from 'zod';
import { figures } from '../../../shared/figures.ts';
import type { FigureId } from '../../../shared/figures.ts';
import type { ReportFigure, ShiftReport } from '../../../shared/shifts/shiftReport.ts';

const known = z.number().nullable();
/** Each figure has the mean, the lowest and the highest value of the step, and the share of data present. */
const stepSchema = z.object({
  at: z.number(),
  toMs: z.number(),
  figures: z.record(z.string(), z.tuple([known, known, known, z.number()])),
});
const feedSchema = z.object({ at: z.number(), feed: z.string(), name: z.string(), state: z.enum(['live', 'lost']) });
const lineSchema = z.union([stepSchema, feedSchema]);

type StepLine = z.infer<typeof stepSchema>;
export type FeedLine = z.infer<typeof feedSchema>;
export type CountyLine = StepLine | FeedLine;
type Period = { fromMs: number; toMs: number };

const COURSE_MS = 600_000;
/** A shorter gap lies between two runs that followed each other at once. */
const LEAST_GAP_MS = 30_000;

export const lineOf = (line: CountyLine): string => `${JSON.stringify(line)}\n`;

/** Lines that a crash cut off, or that cannot be read, are left out. */
export function parseCountyLog(text: string): CountyLine[] {
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    try {
      return [lineSchema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

const isStep = (line: CountyLine): line is StepLine => 'figures' in line;
const isChange = (line: CountyLine): line is FeedLine => 'feed' in line;

/** Milliseconds that a step lies within a period. */
const within = ({ at, toMs }: StepLine, period: Period): number =>
  Math.max(0, Math.min(toMs, period.toMs) - Math.max(at, period.fromMs));

/** The times when nothing was kept, because Beacon was not running here. */
export function blindTimes(lines: readonly CountyLine[], { fromMs, toMs }: Period): ShiftReport['blind'] {
  const steps = lines
    .filter(isStep)
    .filter((step) => within(step, { fromMs, toMs }) > 0)
    .sort((a, b) => a.at - b.at);
  const blind: ShiftReport['blind'] = [];
  let reachedMs = fromMs;
  for (const { at, toMs: endMs } of [...steps, { at: toMs, toMs }]) {
    if (at - reachedMs > LEAST_GAP_MS) blind.push({ fromMs: reachedMs, toMs: at });
    reachedMs = Math.max(reachedMs, endMs);
  }
  return blind;
}

/**
 * When feeds and the broker were lost within a period. A loss that began before the period is listed with its own
 * beginning.
 */
export function feedLosses(lines: readonly CountyLine[], { fromMs, toMs }: Period): ShiftReport['losses'] {
  const changes = lines.filter(isChange).filter(({ at }) => at < toMs);
  const losses: ShiftReport['losses'] = [];
  for (const [feed, ofFeed] of Map.groupBy(changes, (line) => line.feed)) {
    ofFeed.forEach(({ name, state, at }, index) => {
      const endMs = ofFeed[index + 1]?.at;
      if (state === 'live' || (endMs ?? toMs) <= fromMs) return;
      losses.push({
        feed,
        name,
        fromMs: at,
        ...(endMs !== undefined && { toMs: endMs }),
        lostMs: (endMs ?? toMs) - Math.max(at, fromMs),
      });
    });
  }
  return losses.sort((a, b) => a.fromMs - b.fromMs);
}

/** The mean of a figure over a stretch, by the time that each step lies in it; null where there was no value. */
function meanOf(steps: readonly StepLine[], id: string, period: Period): number | null {
  let [sum, ms] = [0, 0];
  for (const step of steps) {
    const value = step.figures[id]?.[0];
    const length = within(step, period);
    if (value === null || value === undefined || length === 0) continue;
    sum += value * length;
    ms += length;
  }
  return ms === 0 ? null : sum / ms;
}

const extreme = (
  values: readonly (number | null | undefined)[],
  pick: (...values: number[]) => number,
): number | null => {
  const there = values.filter((value) => typeof value === 'number');
  return there.length === 0 ? null : pick(...there);
};

/** The figures of the county over a period. */
export function figuresOver(lines: readonly CountyLine[], period: Period): ReportFigure[] {
  const steps = lines.filter(isStep).filter((step) => within(step, period) > 0);
  const firstMs = Math.floor(period.fromMs / COURSE_MS) * COURSE_MS;
  const windows = Array.from({ length: Math.ceil((period.toMs - firstMs) / COURSE_MS) }, (_, at) => ({
    fromMs: Math.max(period.fromMs, firstMs + at * COURSE_MS),
    toMs: Math.min(period.toMs, firstMs + (at + 1) * COURSE_MS),
  }));
  return (Object.keys(figures) as FigureId[]).map((id) => {
    const { label, unit, digits } = figures[id];
    const present =
      steps.reduce((sum, step) => sum + (step.figures[id]?.[3] ?? 0) * within(step, period), 0) /
      Math.max(1, period.toMs - period.fromMs);
    return {
      id,
      label,
      unit,
      digits,
      mean: meanOf(steps, id, period),
      min: extreme(
        steps.map((step) => step.figures[id]?.[1]),
        Math.min,
      ),
      max: extreme(
        steps.map((step) => step.figures[id]?.[2]),
        Math.max,
      ),
      present: Math.min(1, present),
      course: windows.map((window) => meanOf(steps, id, window)),
    };
  });
}
