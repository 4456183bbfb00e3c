const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/**
 * Pause before attempt number `attempt` (from 0): doubling to 10 s, with `random` (0..1) spreading it over its upper
 * half so that screens do not return in step.
 */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return full / 2 + (full / 2) * random;
}
