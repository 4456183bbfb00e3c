import type { Run } from './run.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The shortest window. */
const UNIT_MS = MINUTE_MS;
/** A chunk's number can distinguish this many groups. */
const GROUPS = 2 ** 20;

/** A chunk should have at least this many samples: fewer compress badly, and many more take long to open. */
export const FEW_SAMPLES = 12_000;

/**
 * The number of the chunk of a group whose window begins at `startMs`: ascending by time, whatever the length of the
 * windows.
 */
export const chunkId = (startMs: number, group: number): number => Math.floor(startMs / UNIT_MS) * GROUPS + group;
/** The first number after those of all chunks that begin before a time. */
export const chunkIdsEnd = (toMs: number): number => chunkId(toMs - 1, 0) + GROUPS;
/** Converts a chunk's number of the former scheme, which counted steps of three hours, to one that counts minutes. */
export const idByMinute = (id: number): number => chunkId(Math.floor(id / GROUPS) * 3 * HOUR_MS, id % GROUPS);
export const groupOfChunk = (id: number): number => id % GROUPS;
export const startOfChunk = (id: number): number => Math.floor(id / GROUPS) * UNIT_MS;

export const windowStart = (atMs: number, windowMs: number): number => Math.floor(atMs / windowMs) * windowMs;

/** Each is a whole multiple of the one before, and begins at whole multiples of itself. */
const windowsMs = [
  UNIT_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  4 * DAY_MS,
  8 * DAY_MS,
  32 * DAY_MS,
] as const;
const STEPS_LOOKED_AT = 32;

/**
 * The shortest window that has enough samples for a chunk at a rate per millisecond; a day where the rate is not known
 * (0).
 */
export function fitWindow(perMs: number): number {
  if (perMs === 0) return DAY_MS;
  return windowsMs.find((windowMs) => perMs * windowMs >= FEW_SAMPLES) ?? 32 * DAY_MS;
}

/**
 * The samples per millisecond of a group's series together, from the median distance of the newest samples of each; 0
 * where no series has two.
 */
export function samplesPerMs(runs: Iterable<Run>): number {
  let perMs = 0;
  for (const { atMs } of runs) {
    const newest = atMs.subarray(Math.max(0, atMs.length - STEPS_LOOKED_AT));
    const steps = Array.from(newest.subarray(1), (at, index) => at - (newest[index] ?? 0)).sort((a, b) => a - b);
    const usual = steps[steps.length >> 1];
    if (usual !== undefined) perMs += 1 / usual;
  }
  return perMs;
}
