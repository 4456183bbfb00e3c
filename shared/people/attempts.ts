import { FUTURE_TOLERANCE_MS } from '../base/clock.ts';

/** Refused attempts to sign in, one after the other, and when the last one was (wall clock). */
export type Streak = { failures: number; lastAtMs: number };

/** `free` attempts cost nothing; after them the pauses double. `lockAfter`: so many lock the account. */
export type AttemptRule = { free: number; lockAfter?: number };

const FIRST_PAUSE_MS = 2000;
const MOST_PAUSE_MS = 60_000;
/** A lock ends by itself, so that nobody is locked out for good by what another does. */
export const LOCK_MS = 900_000;

/** Of one account, wherever it is tried. A forgotten password is noticed well before the lock. */
export const accountRule: AttemptRule = { free: 3, lockAfter: 10 };
/** The last administrator is paused and never locked: there would be nobody to lift it. */
export const lastAdministratorRule: AttemptRule = { free: 3 };
/** Of one screen, whatever is tried at it. Not locked: it belongs to everybody in the room. */
export const screenRule: AttemptRule = { free: 5 };
/**
 * Of all screens of a workstation: bounds what a program that calls itself a new screen each time can do to the record.
 */
export const workstationRule: AttemptRule = { free: 30 };

/** A streak is forgotten when it has been quiet for as long as a lock lasts. */
export function afterFailure(streak: Streak | undefined, atMs: number): Streak {
  const goesOn = streak !== undefined && atMs - streak.lastAtMs < LOCK_MS;
  return { failures: goesOn ? streak.failures + 1 : 1, lastAtMs: atMs };
}

function pauseMs(failures: number, { free, lockAfter }: AttemptRule): number {
  if (lockAfter !== undefined && failures >= lockAfter) return LOCK_MS;
  return failures < free ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (failures - free), MOST_PAUSE_MS);
}

/**
 * Milliseconds until the next attempt is looked at; 0 for now. A streak that a wrong clock stamped ahead makes nobody
 * wait: it would never end.
 */
export function waitMs(streak: Streak | undefined, rule: AttemptRule, nowMs: number): number {
  if (streak === undefined || streak.lastAtMs > nowMs + FUTURE_TOLERANCE_MS) return 0;
  const pause = pauseMs(streak.failures, rule);
  return Math.max(0, Math.min(streak.lastAtMs + pause - nowMs, pause));
}

/** Whether a streak has reached the number of failures that locks the account. */
export const isLocking = (streak: Streak | undefined, { lockAfter }: AttemptRule): boolean =>
  streak !== undefined && lockAfter !== undefined && streak.failures >= lockAfter;

/** When the lock of an account ends; undefined where it is not locked. */
export function lockedUntilMs(streak: Streak | undefined, rule: AttemptRule, nowMs: number): number | undefined {
  const wait = isLocking(streak, rule) ? waitMs(streak, rule, nowMs) : 0;
  return wait > 0 ? nowMs + wait : undefined;
}
