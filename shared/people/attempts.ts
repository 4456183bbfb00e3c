import { FUTURE_TOLERANCE_MS } from '../base/clock.ts';

/** A streak of refused attempts to sign in, and when the last one was (wall clock, UTC ms). */
export type Streak = { failures: number; lastAtMs: number };

/**
 * How attempts are slowed down. `free` attempts cost nothing; after them the pauses double. `lockAfter`: after so many
 * failures the pause is as long as a lock.
 */
export type AttemptRule = { free: number; lockAfter?: number };

const FIRST_PAUSE_MS = 2000;
const MOST_PAUSE_MS = 60_000;
/**
 * How long a lock lasts, in ms. It ends by itself, so that nobody is locked out for good by what another person does.
 */
export const LOCK_MS = 900_000;

/**
 * The rule for one name tried from one source, whether an account has that name or not: a difference would reveal which
 * names exist. A forgotten password is noticed well before the lock.
 */
export const nameRule: AttemptRule = { free: 3, lockAfter: 10 };
/**
 * The rule for one device or connection, whichever names are tried at it. It belongs to several people, so it has no
 * lock.
 */
export const deviceRule: AttemptRule = { free: 5 };
/**
 * So many failures of one source go into the log one by one, and later ones once per minute, because the log is kept
 * for good.
 */
export const LOGGED_FAILURES = 30;

/** The streak after one more failure. A streak is forgotten when it has been quiet for as long as a lock lasts. */
export function afterFailure(streak: Streak | undefined, atMs: number): Streak {
  const goesOn = streak !== undefined && atMs - streak.lastAtMs < LOCK_MS;
  return { failures: goesOn ? streak.failures + 1 : 1, lastAtMs: atMs };
}

function pauseMs(failures: number, { free, lockAfter }: AttemptRule): number {
  if (lockAfter !== undefined && failures >= lockAfter) return LOCK_MS;
  return failures < free ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (failures - free), MOST_PAUSE_MS);
}

/**
 * Milliseconds until the next attempt is checked; 0 for now. A streak that a wrong clock dated ahead makes nobody wait:
 * the wait would never end.
 */
export function waitMs(streak: Streak | undefined, rule: AttemptRule, nowMs: number): number {
  if (streak === undefined || streak.lastAtMs > nowMs + FUTURE_TOLERANCE_MS) return 0;
  const pause = pauseMs(streak.failures, rule);
  return Math.max(0, Math.min(streak.lastAtMs + pause - nowMs, pause));
}

/** Whether a streak has reached the number of failures that locks a name. */
export const isLocking = (streak: Streak | undefined, { lockAfter }: AttemptRule): boolean =>
  streak !== undefined && lockAfter !== undefined && streak.failures >= lockAfter;

/** When the lock of a name ends; undefined where it is not locked. */
export function lockedUntilMs(streak: Streak | undefined, rule: AttemptRule, nowMs: number): number | undefined {
  const wait = isLocking(streak, rule) ? waitMs(streak, rule, nowMs) : 0;
  return wait > 0 ? nowMs + wait : undefined;
}
