import { HOUR_MS } from '../../../../../shared/base/durations.ts';
import type { Accepted, Read } from './Accepted.ts';
import type { RegisterFacts } from './registerFacts.ts';

/** Counters of radio meters have 32 bits; below zero they continue at the other end. */
const COUNTS_OF_32_BITS = 2 ** 32;
/** Registers have four to nine digits. */
const DIGITS = [4, 5, 6, 7, 8, 9] as const;
/** A register whose digits are not known is taken for rolled over only from this near to its end. */
const NEAR_END = 0.95;
/** A register that has just rolled over before the start is not far beyond its end. */
const JUST_BEYOND = 1.5;
/** As many times the usual use may lie across the end. */
const MOST_OF_USUAL = 12;
const LEAST_STEPS = 5;

/** Sums of two large numbers leave crumbs behind, far below the last digit of any register. */
const withoutCrumbs = (value: number): number => Number(value.toFixed(6));

/** A counter of 32 bits in two's complement. */
export const isBelowZero = (value: number, { unit, mayFall }: RegisterFacts): boolean =>
  mayFall && unit !== 1 && value > (COUNTS_OF_32_BITS / 2) * unit;

/** The read in the continued register, of those that it can be the one nearest to a known read. */
export function nearest(value: number, known: Read, facts: RegisterFacts, { rolledAt }: Accepted): number {
  if (isBelowZero(value, facts)) return withoutCrumbs(value - COUNTS_OF_32_BITS * facts.unit);
  const end = facts.modulus ?? rolledAt;
  return end === undefined ? value : value + Math.max(0, Math.round((known.value - value) / end)) * end;
}

const isClose = (used: number, tolerance: number, most: number): boolean => used >= -tolerance && used <= most;

/** What a power of ten could be the end of this register, if any is. */
function possibleEnds({ unit, modulus }: RegisterFacts, last: Read, rolledAt: number | undefined): number[] {
  if (modulus !== undefined) return [modulus];
  if (rolledAt !== undefined) return [rolledAt];
  return DIGITS.map((digits) => 10 ** digits * unit).filter(
    (end) => last.value >= NEAR_END * end && last.value < JUST_BEYOND * end,
  );
}

/**
 * The read in the register as it would be with endless digits: 99,999 is followed by 100,000 and not by 0, and a
 * counter in two's complement by what lies below zero.
 */
export function continued(
  value: number,
  atMs: number,
  last: Read,
  facts: RegisterFacts,
  accepted: Accepted,
): { value: number; hasRolled: boolean } {
  const hours = Math.max(atMs - last.atMs, 60_000) / HOUR_MS;
  const most = facts.mostPerHour * hours;
  const { tolerance, step, usualPerHour } = accepted;
  if (value >= last.value - tolerance && value - last.value <= most) return { value, hasRolled: false };
  if (isBelowZero(value, facts)) {
    const below = withoutCrumbs(value - COUNTS_OF_32_BITS * facts.unit);
    if (Math.abs(below - last.value) <= most) return { value: below, hasRolled: false };
  }
  const usual = usualPerHour > 0 ? MOST_OF_USUAL * usualPerHour * hours + LEAST_STEPS * step : most / 4;
  for (const end of possibleEnds(facts, last, accepted.rolledAt)) {
    const turns = Math.ceil((last.value - tolerance - value) / end);
    const next = value + turns * end;
    if (turns < 1 || !isClose(next - last.value, tolerance, facts.modulus === undefined ? Math.min(most, usual) : most))
      continue;
    const hasRolled = Math.floor(next / end) > Math.floor(last.value / end);
    accepted.rolledAt = end;
    return { value: next, hasRolled };
  }
  return { value, hasRolled: false };
}
