import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Run } from '../chunks/run.ts';

const COLUMNS = 4;

/** First and newest sealed sample of one series; NaN where nothing of it is sealed. */
export type Ends = { firstAtMs: number; lastAtMs: number; value: number; quality: number };

const none: Ends = { firstAtMs: Number.NaN, lastAtMs: Number.NaN, value: Number.NaN, quality: 0 };

export function encodeEnds(ends: readonly Ends[]): Uint8Array {
  const columns = new Float64Array(ends.length * COLUMNS);
  ends.forEach(({ firstAtMs, lastAtMs, value, quality }, slot) =>
    [firstAtMs, lastAtMs, value, quality].forEach((number, column) => (columns[column * ends.length + slot] = number)),
  );
  return zstdCompressSync(new Uint8Array(columns.buffer));
}

/** By slot. */
export function decodeEnds(data: Uint8Array | null): Ends[] {
  if (data === null) return [];
  const columns = new Float64Array(Uint8Array.from(zstdDecompressSync(data)).buffer);
  const slots = columns.length / COLUMNS;
  const at = (column: number, slot: number): number => columns[column * slots + slot] ?? Number.NaN;
  return Array.from({ length: slots }, (_, slot) => ({
    firstAtMs: at(0, slot),
    lastAtMs: at(1, slot),
    value: at(2, slot),
    quality: at(3, slot),
  }));
}

/** The ends once a run has been sealed as well. */
export function widenEnds(known: Ends | undefined, run: Run): Ends {
  const before = known ?? none;
  const last = run.atMs.length - 1;
  if (last < 0) return before;
  const [firstAtMs = 0, lastAtMs = 0] = [run.atMs[0], run.atMs[last]];
  const isNewest = !(lastAtMs < before.lastAtMs);
  return {
    firstAtMs: before.firstAtMs < firstAtMs ? before.firstAtMs : firstAtMs,
    ...(isNewest
      ? { lastAtMs, value: run.value[last] ?? Number.NaN, quality: run.quality[last] ?? 0 }
      : { lastAtMs: before.lastAtMs, value: before.value, quality: before.quality }),
  };
}

/** The first sample of a series, of those that are sealed and a run; NaN where there is none. */
export function firstAtMs(ends: Ends | undefined, run: Run | undefined): number {
  const [sealed, next] = [ends?.firstAtMs ?? Number.NaN, run?.atMs[0] ?? Number.NaN];
  if (Number.isNaN(sealed)) return next;
  return Number.isNaN(next) ? sealed : Math.min(sealed, next);
}
