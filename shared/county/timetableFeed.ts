import { z } from 'zod';

/**
 * A part of a timetable that cannot be used, and why: `count` rows of a file of the feed, the first one at `line`
 * (counted from 1; absent where the fault is of the whole file).
 */
export const timetableFaultSchema = z.object({
  file: z.string(),
  line: z.number().int().positive().optional(),
  reason: z.string(),
  count: z.number().int().positive(),
});
export type TimetableFault = z.infer<typeof timetableFaultSchema>;

/** One GTFS feed of the county's folder as it was read. Days are YYYYMMDD. */
export const timetableFeedSchema = z.object({
  /** Its place in the county's folder, as `gtfs.zip` or `gtfs/town.zip`. */
  source: z.string(),
  /** The names of its agencies. */
  agencies: z.array(z.string()),
  /** Put before its ids, with a colon, where the county has feeds of several agencies. */
  prefix: z.string().optional(),
  /** As the feed calls it (feed_info.txt). */
  version: z.string().optional(),
  /** The first and last day that its calendar covers; absent where it gives none. */
  firstDay: z.string().optional(),
  lastDay: z.string().optional(),
  /**
   * The days on which it is used: several feeds of one agency take turns. `until` is the day after the last one; a
   * bound that is absent is open. Empty where it cannot be read, or another one of its agency stands in for it.
   */
  used: z.array(z.object({ from: z.string().optional(), until: z.string().optional() })),
  routes: z.number(),
  trips: z.number(),
  stops: z.number(),
  stopTimes: z.number(),
  faults: z.array(timetableFaultSchema),
});
export type TimetableFeed = z.infer<typeof timetableFeedSchema>;

/** What a feed is to a day. */
export type TimetableState = 'unused' | 'later' | 'over' | 'inForce';

/** A day of a GTFS feed as people write it: 2026-03-01 for 20260301. */
export const writtenDay = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;

/** Days on which a feed is used, in words; empty where no bound is known. `until` is the day after the last one. */
export const daysBetween = (from: string | undefined, until: string | undefined, lastDay?: string): string =>
  [
    from !== undefined && `from ${writtenDay(from)}`,
    until !== undefined ? `until before ${writtenDay(until)}` : lastDay !== undefined && `to ${writtenDay(lastDay)}`,
  ]
    .filter((part) => part !== false)
    .join(' ');

/** Whether a feed is in force on a day (YYYYMMDD), was before, or will be. */
export function timetableState({ used, firstDay, lastDay }: TimetableFeed, today: string): TimetableState {
  if (used.length === 0) return 'unused';
  if (lastDay !== undefined && today > lastDay) return 'over';
  const begins = (from: string | undefined): string => from ?? firstDay ?? '';
  if (used.some(({ from, until }) => today >= begins(from) && (until === undefined || today < until))) return 'inForce';
  return used.some(({ from }) => today < begins(from)) ? 'later' : 'over';
}
