import type { Measure } from '../measure.ts';

/** Requests that were closed and not done. */
export const reopenedShare: Measure = {
  id: 'reopenedShare',
  version: 1,
  name: 'Reopened requests',
  formula: 'requests reopened within 30 days after they were closed ÷ requests closed',
  unit: '1',
  window: 'month, by the date of closing',
  exclusions: ['requests closed less than 30 days ago'],
  leastShare: 0.9,
  better: 'lower',
  source: 'Beacon',
};

/** The share of closed requests that were reopened in time to count; NaN of none. */
export function reopenedShareOf(
  closings: readonly { closedMs: number; reopenedMs?: number | undefined }[],
  withinMs: number,
  nowMs: number,
): number {
  const judged = closings.filter(({ closedMs }) => closedMs + withinMs <= nowMs);
  const again = judged.filter(
    ({ closedMs, reopenedMs }) =>
      reopenedMs !== undefined && reopenedMs >= closedMs && reopenedMs <= closedMs + withinMs,
  );
  return again.length / judged.length;
}
