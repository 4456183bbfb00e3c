import { DAY_MS, HOUR_MS, MINUTE_MS } from './durations.ts';
import type { LocalTime } from './localTime.ts';

/** A time that somebody typed, as UTC ms, or why the text is none, in a sentence. */
export type TypedTime = { atMs: number } | { fault: string };

type Clock = { nowMs: number; time: LocalTime };
type Written = { day?: number; seconds: number };

const DAY_S = 86_400;
const durationsMs: Record<string, number> = { min: MINUTE_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };
const CLOCK = /^(?:(\d{4})-(\d{2})-(\d{2})[ T]+)?(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const DURATION = /^(\d+(?:[.,]\d+)?)\s*(min|m|h|d)(?:\s+ago)?$/;

/** Reads "14:03", "14:03:20" or "2026-11-23 14:03"; undefined where the text is none of these. */
function readClock(text: string): Written | undefined {
  const found = CLOCK.exec(text);
  if (found === null) return undefined;
  const [year, month, date, hour = 0, minute = 0, second = 0] = found.slice(1).map((part) => Number(part || 0));
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const seconds = hour * 3600 + minute * 60 + second;
  if (found[1] === undefined) return { seconds };
  const startMs = Date.UTC(year ?? 0, (month ?? 1) - 1, date ?? 1);
  const isDate = new Date(startMs).getUTCDate() === date && new Date(startMs).getUTCMonth() === (month ?? 1) - 1;
  return isDate ? { day: startMs / DAY_MS, seconds } : undefined;
}

function readDuration(text: string): number | undefined {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  return amount === undefined || unit === undefined
    ? undefined
    : Number(amount.replace(',', '.')) * (durationsMs[unit] ?? Number.NaN);
}

/** The instant of a local day and time of day; undefined where the clock skips that time. */
function instantOf(time: LocalTime, day: number, seconds: number): number | undefined {
  const wanted = day * DAY_S + seconds;
  const shown = (atMs: number): number => time.dayNumber(atMs) * DAY_S + time.secondOfDay(atMs);
  let atMs = wanted * 1000;
  // The offset of the first guess may be that of the other side of a change of the clock.
  for (let round = 0; round < 2; round++) atMs += (wanted - shown(atMs)) * 1000;
  return shown(atMs) === wanted ? atMs : undefined;
}

const skipped: TypedTime = { fault: 'The clock skips this time on that day.' };

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/**
 * A time in the words in which it can be read again as the same second: with its date where the time of day alone could
 * mean another day.
 */
export function writeTypedTime(atMs: number, { nowMs, time }: Clock): string {
  const seconds = time.secondOfDay(atMs);
  const clock = `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
  const date = new Date(time.dayNumber(atMs) * DAY_MS).toISOString().slice(0, 10);
  return Math.abs(nowMs - atMs) < DAY_MS / 2 ? clock : `${date} ${clock}`;
}

/** How exactly a typed time says when something was: to the second where it has seconds, else to the minute. */
export const precisionMsOf = (typed: string): number => (/:\d{2}:\d{2}\s*$/.test(typed) ? 1000 : MINUTE_MS);

/**
 * Reads the time of something that has happened, by the local clock: "14:03", "14:03:20" (the last time that the clock
 * showed this), "2026-11-23 14:03", or "5 min ago". A text that is no time, and a time that has not come, is a fault.
 */
export function readPastTime(typed: string, { nowMs, time }: Clock): TypedTime {
  const text = typed.trim().toLowerCase();
  const agoMs = readDuration(text);
  if (agoMs !== undefined) return { atMs: nowMs - agoMs };
  const written = readClock(text);
  if (written === undefined) return { fault: 'Write a time such as 14:03, 2026-11-23 14:03 or “5 min ago”.' };
  const today = time.dayNumber(nowMs);
  const onDay = (day: number): number | undefined => instantOf(time, day, written.seconds);
  const atMs = onDay(written.day ?? today);
  if (atMs === undefined) return skipped;
  if (atMs <= nowMs) return { atMs };
  // A time of day without a date that lies more than half a day ahead is yesterday's; a nearer one is a slip.
  const yesterdayMs = written.day === undefined && atMs - nowMs > DAY_MS / 2 ? onDay(today - 1) : undefined;
  return yesterdayMs === undefined ? { fault: 'This time has not come yet.' } : { atMs: yesterdayMs };
}

/**
 * Reads until when something lasts, by the local clock: "18:05" (the next time that the clock shows this), "2026-11-23
 * 18:05", or a duration from now, "2 h", "90 min", "3 d". An empty text means that the end is not known, which is
 * `undefined`; every other text that is no time, and a time that has passed, is a fault.
 */
export function readUntil(typed: string, { nowMs, time }: Clock): TypedTime | undefined {
  const text = typed.trim().toLowerCase();
  if (text === '') return undefined;
  const lastsMs = readDuration(text);
  if (lastsMs !== undefined && lastsMs > 0 && !text.endsWith('ago')) return { atMs: nowMs + lastsMs };
  const written = readClock(text);
  if (written === undefined) return { fault: 'Write a time such as 18:05, 2026-11-23 18:05, 2 h or 90 min.' };
  const today = time.dayNumber(nowMs);
  const atMs = instantOf(time, written.day ?? today, written.seconds);
  if (atMs === undefined) return skipped;
  if (atMs > nowMs) return { atMs };
  const tomorrowMs = written.day === undefined ? instantOf(time, today + 1, written.seconds) : undefined;
  return tomorrowMs === undefined ? { fault: 'This time has passed.' } : { atMs: tomorrowMs };
}
