import { describeDuration } from '../../../../shared/base/display.ts';
import type { Condition } from './Condition.ts';

/** An alarm that is no longer judged ends after so long without any evidence. */
const KEPT_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The words must not change every second. */
const STEP_MS = 5 * MINUTE_MS;

/** Whether the evidence is so old that not even an alarm that nobody judges is left of it. */
export const isForgotten = (evidenceAtMs: number, lastsMs: number, nowMs: number): boolean =>
  nowMs - evidenceAtMs > lastsMs + KEPT_MS;

/**
 * A condition whose newest evidence may be as old as `lastsMs`. Older evidence neither raises an alarm nor ends one:
 * the alarm says that it is no longer judged, and ends a day later.
 */
export function whileJudged(condition: Condition, evidenceAtMs: number, lastsMs: number, nowMs: number): Condition[] {
  const ageMs = nowMs - evidenceAtMs;
  if (!(ageMs > lastsMs)) return [condition];
  if (isForgotten(evidenceAtMs, lastsMs, nowMs)) return [];
  const ageS = Math.max(MINUTE_MS, Math.floor(ageMs / STEP_MS) * STEP_MS) / 1000;
  return [
    {
      ...condition,
      title: `${condition.title} – no longer judged`,
      evidence: [{ label: 'No longer judged', text: `no news for ${describeDuration(ageS)}` }, ...condition.evidence],
      unjudgedSinceMs: evidenceAtMs + lastsMs,
    },
  ];
}
