import { HOUR_MS } from '../../../../shared/base/durations.ts';

/** A usable reading that a run follows. */
export type Reading = { atMs: number; value: number };

/**
 * What no register of a county counts in an hour, up or down: readings on which nobody made a verdict may lie as far
 * apart as numbers can, and must not move a sum by more than this.
 */
const MOST_PER_HOUR = 50_000;
const LEAST_MOST = 1000;
/** A register that falls to less than half, by more than a home feeds back, is another one. */
const OTHER_SHARE = 0.5;
const HOME_FALL_PER_HOUR = 20;

/**
 * What a counter counted between two readings; undefined where they cannot be of one register. Where the verdict on
 * readings lets a register fall (by its last digit, or because energy is fed back), the fall counts: only so a sum is
 * the last reading less the first.
 */
export function countedBetween(from: Reading, to: Reading): number | undefined {
  const hours = (to.atMs - from.atMs) / HOUR_MS;
  const used = to.value - from.value;
  if (!(hours > 0) || Math.abs(used) > MOST_PER_HOUR * hours + LEAST_MOST) return undefined;
  const isOther = to.value >= 0 && to.value < OTHER_SHARE * from.value && -used > HOME_FALL_PER_HOUR * (hours + 1);
  return isOther ? undefined : used;
}
