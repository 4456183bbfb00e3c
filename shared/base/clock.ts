/** Where the time comes from: the wall, or the simulated county in accelerated runs. UTC epoch milliseconds. */
export type Clock = { nowMs: () => number };

/** Event times further ahead of the clock than this are suspect and never current. */
export const FUTURE_TOLERANCE_MS = 5 * 60_000;
