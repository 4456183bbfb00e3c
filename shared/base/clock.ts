/**
 * A source of time: the wall clock, or the clock of the simulated county in accelerated runs. UTC epoch milliseconds.
 */
export type Clock = { nowMs: () => number };

/** Event times further ahead of the clock than this are suspect and never count as current. Milliseconds. */
export const FUTURE_TOLERANCE_MS = 5 * 60_000;
