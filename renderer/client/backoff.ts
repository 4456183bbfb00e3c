const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/**
 * The pause in ms before attempt number `attempt` (from 0): it doubles up to 10 s, and `random` (0..1) spreads it over
 * its upper half, so that screens do not reconnect in step.
 */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return full / 2 + (full / 2) * random;
}
