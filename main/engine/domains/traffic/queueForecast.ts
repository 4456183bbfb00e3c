import { MINUTE_MS } from '../../../../shared/base/durations.ts';
import { horizonsMs } from '../../../../shared/traffic/DeviationForecast.ts';
import type { Expected } from '../../../../shared/traffic/DeviationForecast.ts';

const STEP_MS = 5 * MINUTE_MS;
const LONGEST_MS = horizonsMs.at(-1) ?? 0;

/** How many minutes until a value reaches a limit, in steps of five; undefined where it does not within an hour. */
function minutesUntil(limit: number, valueAt: (aheadMs: number) => number | undefined): number | undefined {
  for (let aheadMs = STEP_MS; aheadMs <= LONGEST_MS; aheadMs += STEP_MS)
    if ((valueAt(aheadMs) ?? Number.NEGATIVE_INFINITY) >= limit) return aheadMs / MINUTE_MS;
  return undefined;
}

/**
 * How long a queue will last, in words: until the forecast speed at its front reaches `clearMps`, at which it is over;
 * between when the upper edge and when the lower edge of the band reach it. Undefined where there is no forecast.
 */
export function describeQueueEnd(
  clearMps: number,
  expectedAt: (aheadMs: number) => Expected | undefined,
): string | undefined {
  if (expectedAt(LONGEST_MS) === undefined) return undefined;
  const likely = minutesUntil(clearMps, (aheadMs) => expectedAt(aheadMs)?.value);
  const early = minutesUntil(clearMps, (aheadMs) => expectedAt(aheadMs)?.high);
  const late = minutesUntil(clearMps, (aheadMs) => expectedAt(aheadMs)?.low);
  if (likely === undefined)
    return early === undefined ? 'more than 60 min' : `more than 60 min (at the earliest ${early} min)`;
  const [from, to] = [early ?? likely, late === undefined ? 'more than 60' : String(late)];
  return String(from) === to ? `about ${likely} min` : `about ${likely} min (${from} to ${to} min)`;
}
