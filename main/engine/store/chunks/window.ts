import type { Run } from './run.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The shortest window; all others are whole multiples, and begin at whole multiples of themselves. */
const UNIT_MS = 3 * HOUR_MS;
/** More groups than this are not told apart by a chunk's number. */
const GROUPS = 2 ** 20;

/** A chunk shall have at least so many samples: fewer compress badly, and many more take long to open. */
const FEW_SAMPLES = 12_000;

/** The number of the chunk of a group whose window begins at `startMs`: ascending by time, whatever the length of the windows. */
export const chunkId = (startMs: number, group: number): number => Math.floor(startMs / UNIT_MS) * GROUPS + group;
/** The first number after those of all chunks that begin before a time. */
export const chunkIdsEnd = (toMs: number): number => chunkId(toMs - 1, 0) + GROUPS;
export const groupOfChunk = (id: number): number => id % GROUPS;
export const startOfChunk = (id: number): number => Math.floor(id / GROUPS) * UNIT_MS;

export const windowStart = (atMs: number, windowMs: number): number => Math.floor(atMs / windowMs) * windowMs;

/** The windows whose chunks may have samples of [fromMs, toMs), by their starts. */
export function windowsBetween(fromMs: number, toMs: number, windowMs: number): number[] {
  const first = windowStart(fromMs, windowMs);
  const count = Math.max(0, Math.ceil((toMs - first) / windowMs));
  return Array.from({ length: count }, (_, index) => first + index * windowMs);
}

const windowsMs = [UNIT_MS, DAY_MS, 2 * DAY_MS, 4 * DAY_MS, 8 * DAY_MS, 32 * DAY_MS] as const;

/** A window fit for the usual distance of a group's samples: three hours for what comes by the second, some days for meters. */
export function chooseWindow(runs: readonly Run[]): number {
  const steps = runs.flatMap(({ atMs }) => Array.from(atMs.subarray(1, 200), (at, index) => at - (atMs[index] ?? 0))).sort((a, b) => a - b);
  const usual = steps[steps.length >> 1];
  if (usual === undefined) return DAY_MS;
  return windowsMs.find((windowMs) => (runs.length * windowMs) / usual >= FEW_SAMPLES) ?? 32 * DAY_MS;
}
