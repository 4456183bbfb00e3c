import { percentile } from '../../base/statistics/percentile.ts';
import type { Measure } from '../measure.ts';

/** How long a citizen waits for the first answer of a person. */
export const firstAnswer: Measure = {
  id: 'firstAnswer',
  version: 1,
  name: 'Time to first answer',
  formula: 'median of first answer by a person − receipt; a request without one counts with its age',
  unit: 'h',
  window: 'month, by the date of receipt',
  exclusions: ['receipts that are sent by themselves are no answer'],
  leastShare: 0.9,
  better: 'lower',
  source: 'GOV.UK Service Manual, measurement',
};

/**
 * The median wait in hours. Those who still wait count with what they have waited, so the figure is not better because
 * nobody answers; NaN of no requests.
 */
export const medianAnswerH = (
  requests: readonly { createdMs: number; answeredMs?: number | undefined }[],
  nowMs: number,
): number =>
  percentile(
    requests.map(({ createdMs, answeredMs }) => ((answeredMs ?? nowMs) - createdMs) / 3_600_000),
    0.5,
  );
