import { z } from 'zod';
import { DAY_MS, HOUR_MS } from '../base/durations.ts';
import type { Alarm, AlarmPriority, Subject } from './alarm.ts';
import { alarmFigures } from './alarmFigures.ts';
import { isStanding } from './alarmStates.ts';
import { RefMap } from './RefMap.ts';

/**
 * One call of an alarm for the operator: the unit in which load is counted. Of entries that old versions wrote only
 * time and priority are known.
 */
export type Raised = {
  atMs: number;
  priority: AlarmPriority;
  position?: string;
  rule?: string;
  subject?: Subject;
  title?: string;
};

/** Length of the windows in which alarm load is counted: 10 minutes, in ms. */
export const WINDOW_MS = 600_000;
const WINDOWS = 144;
/** See `alarmFigures.flood`. */
export const FLOOD_BEGINS_ABOVE = 10;
const FLOOD_ENDS_BELOW = 5;
const TOP = 10;

const share = z.number().min(0).max(1);
const topSourceSchema = z.object({
  rule: z.string(),
  subjectId: z.string(),
  title: z.string(),
  count: z.number(),
  share,
});

/** The load of one position; see `alarmFigures` for what each means. */
export const alarmLoadSchema = z.object({
  positionId: z.string(),
  last10Min: z.number(),
  lastHour: z.number(),
  lastDay: z.number(),
  perDayTarget: z.number(),
  isFlood: z.boolean(),
  floodSinceMs: z.number().optional(),
  floodShare: share,
  busyWindows: share,
  maxIn10Min: z.number(),
  standing: z.number(),
  stale: z.number(),
  shelved: z.number(),
  chattering: z.number(),
  topSources: z.array(topSourceSchema),
  split: z.object({ 1: share, 2: share, 3: share, 4: share }),
  /** The last 24 hours in windows of 10 minutes, oldest first; the last one is under way. */
  byTenMinutes: z.array(z.number()),
  /** Of how many of these windows, counted from the end, anything is known; the others are unknown, not zero. */
  knownWindows: z.number(),
});
export type AlarmLoad = z.infer<typeof alarmLoadSchema>;

/** A period in which more alarms called for the operator than anybody can handle (see `alarmFigures.flood`). UTC ms. */
export type Flood = { fromMs: number; /** Absent while it lasts. */ toMs?: number };

/** The floods that the times of the calls (ms, ascending) make, judged up to `untilMs`. */
export function floodsOf(atMs: readonly number[], untilMs: number): Flood[] {
  const floods: Flood[] = [];
  let [oldest, fromMs] = [0, Number.NaN];
  const pass = (nowMs: number, newest: number): void => {
    for (; oldest < newest && (atMs[oldest] ?? 0) + WINDOW_MS <= nowMs; oldest++) {
      if (Number.isNaN(fromMs) || newest - oldest - 1 >= FLOOD_ENDS_BELOW) continue;
      floods.push({ fromMs, toMs: (atMs[oldest] ?? 0) + WINDOW_MS });
      fromMs = Number.NaN;
    }
  };
  for (const [index, at] of atMs.entries()) {
    pass(at, index);
    if (Number.isNaN(fromMs) && index + 1 - oldest > FLOOD_BEGINS_ABOVE) fromMs = at;
  }
  pass(untilMs, atMs.length);
  return Number.isNaN(fromMs) ? floods : [...floods, { fromMs }];
}

/** The most times within any 10 minutes; `atMs` ascending. */
function mostInWindow(atMs: readonly number[]): number {
  let [oldest, most] = [0, 0];
  for (const [index, at] of atMs.entries()) {
    while (at - (atMs[oldest] ?? at) >= WINDOW_MS) oldest++;
    most = Math.max(most, index + 1 - oldest);
  }
  return most;
}

function topSources(raised: readonly Raised[]): z.infer<typeof topSourceSchema>[] {
  const counts = new RefMap<{ rule: string; subjectId: string; title: string; count: number }>();
  for (const { rule, subject, title } of raised) {
    if (rule === undefined || subject === undefined) continue;
    const known = counts.get({ rule, subject });
    if (known === undefined)
      counts.set({ rule, subject }, { rule, subjectId: subject.id, title: title ?? rule, count: 1 });
    else {
      known.title = title ?? rule;
      known.count++;
    }
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count || (a.title < b.title ? -1 : 1))
    .slice(0, TOP)
    .map((source) => ({ ...source, share: source.count / raised.length }));
}

function splitOf(raised: readonly Raised[]): AlarmLoad['split'] {
  const counts = { 1: 0, 2: 0, 3: 0, 4: 0 };
  for (const { priority } of raised) counts[priority]++;
  const of = (priority: AlarmPriority): number => counts[priority] / Math.max(1, raised.length);
  return { 1: of(1), 2: of(2), 3: of(3), 4: of(4) };
}

/** The load of a position in a period that is over or still going on. */
export type PeriodLoad = Pick<
  AlarmLoad,
  'floodShare' | 'busyWindows' | 'maxIn10Min' | 'topSources' | 'split' | 'byTenMinutes' | 'knownWindows'
> & { count: number; floods: Flood[] };

/**
 * The load of one position in [fromMs, toMs). `raised`: its calls, ascending; they should begin some hours before the
 * period, so that a flood that was going on already is known. Nothing is known of the time before `sinceMs`.
 */
export function periodLoad(
  raised: readonly Raised[],
  { fromMs, toMs, sinceMs }: { fromMs: number; toMs: number; sinceMs: number },
): PeriodLoad {
  const within = raised.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  const [first, end] = [Math.floor(fromMs / WINDOW_MS), Math.ceil(toMs / WINDOW_MS)];
  const windows = Array.from({ length: Math.max(0, end - first) }, () => 0);
  for (const { atMs } of within) {
    const at = Math.floor(atMs / WINDOW_MS) - first;
    windows[at] = (windows[at] ?? 0) + 1;
  }
  const floods = floodsOf(
    raised.map(({ atMs }) => atMs),
    toMs,
  ).filter((flood) => (flood.toMs ?? toMs) > fromMs && flood.fromMs < toMs);
  const known = windows.map((_, at) => (first + at + 1) * WINDOW_MS).filter((endMs) => endMs > sinceMs);
  const flooded = known.filter((endMs) =>
    floods.some((flood) => flood.fromMs < endMs && (flood.toMs ?? toMs) > endMs - WINDOW_MS),
  ).length;
  const ofKnown = (count: number): number => count / Math.max(1, known.length);
  return {
    count: within.length,
    floods,
    floodShare: ofKnown(flooded),
    busyWindows: ofKnown(windows.filter((count) => count > FLOOD_BEGINS_ABOVE).length),
    maxIn10Min: mostInWindow(within.map(({ atMs }) => atMs)),
    topSources: topSources(within),
    split: splitOf(within),
    byTenMinutes: windows,
    knownWindows: known.length,
  };
}

type LoadSources = {
  positionId: string;
  /** Its calls of the last 26 hours, ascending. */
  raised: readonly Raised[];
  /** All alarms of the position, hidden ones too. */
  alarms: readonly Alarm[];
  /** Nothing is known of the time before. */
  sinceMs: number;
  nowMs: number;
};

/** The load of one position as it is now. */
export function alarmLoad({ positionId, raised, alarms, sinceMs, nowMs }: LoadSources): AlarmLoad {
  const fromMs = (Math.floor(nowMs / WINDOW_MS) - WINDOWS + 1) * WINDOW_MS;
  const { count: _count, floods, ...period } = periodLoad(raised, { fromMs, toMs: nowMs + 1, sinceMs });
  const within = (ms: number): number => raised.filter(({ atMs }) => atMs > nowMs - ms && atMs <= nowMs).length;
  const flood = floods.find(({ toMs }) => toMs === undefined);
  const operational = alarms.filter(({ domain }) => domain !== 'maintenance');
  const standing = operational.filter(isStanding);
  return {
    ...period,
    positionId,
    last10Min: within(WINDOW_MS),
    lastHour: within(HOUR_MS),
    lastDay: within(DAY_MS),
    perDayTarget: alarmFigures.lastDay.target,
    isFlood: flood !== undefined,
    ...(flood !== undefined && { floodSinceMs: flood.fromMs }),
    standing: standing.length,
    stale: standing.filter(({ raisedAtMs }) => nowMs - raisedAtMs > DAY_MS).length,
    shelved: alarms.filter(({ state }) => state === 'shelved').length,
    chattering: operational.filter(({ chatter }) => chatter !== undefined).length,
  };
}
