import type { Measure } from '../measure.ts';

/** Promised dates of service requests that were kept. */
export const promisesKept: Measure = {
  id: 'promisesKept',
  version: 1,
  name: 'Promises kept',
  formula: 'requests closed by their promised date ÷ requests whose promised date fell in the period',
  unit: '1',
  window: 'month, by the promised date',
  exclusions: ['requests whose promised date has not come yet; open and overdue ones are counted as missed'],
  leastShare: 0.9,
  better: 'higher',
  source: 'GOV.UK Service Manual, measurement; Austin open data 16642, 15615',
};

/** A request as far as promises go; `closedMs` is absent while it is open. */
export type Promised = { createdMs: number; closedMs?: number | undefined };

/** What became of the promises. */
export type PromiseShares = {
  due: number;
  closed: number;
  kept: number;
  /** Of all that were due: this is the measure. */
  keptOfDue: number;
  /**
   * Of the closed ones alone, which looks better the more stay open. It is shown beside the measure, with this
   * reason.
   */
  keptOfClosed: number;
};

/**
 * Judges the requests whose promised date (`promiseMs` after they came) fell in [fromMs, toMs) and had passed at
 * `nowMs`, the end of what is known.
 */
export function promiseShares(
  requests: readonly Promised[],
  promiseMs: number,
  { fromMs, toMs, nowMs }: { fromMs: number; toMs: number; nowMs: number },
): PromiseShares {
  const isKept = ({ createdMs, closedMs }: Promised): boolean =>
    closedMs !== undefined && closedMs <= createdMs + promiseMs;
  const due = requests.filter(({ createdMs }) => {
    const dueMs = createdMs + promiseMs;
    return dueMs >= fromMs && dueMs < toMs && dueMs <= nowMs;
  });
  const closed = due.filter(({ closedMs }) => closedMs !== undefined && closedMs <= nowMs);
  const kept = due.filter(isKept).length;
  return {
    due: due.length,
    closed: closed.length,
    kept,
    keptOfDue: kept / due.length,
    keptOfClosed: kept / closed.length,
  };
}
