/**
 * One interruption of supply as IEEE 1366 counts it. `day`: the local day on which it began, to which all of its time
 * counts. `customerMinutes`: the minutes of all customers added up, as they are restored in steps.
 */
export type Interruption = { day: number; minutes: number; customers: number; customerMinutes: number };

/** An interruption of at most five minutes is momentary, and counts in MAIFI alone. */
const MOMENTARY_MIN = 5;

/** The sustained interruptions, outside of the days that are left out. */
export const sustained = (all: readonly Interruption[], without: ReadonlySet<number> = new Set()): Interruption[] =>
  all.filter(({ minutes, day }) => minutes > MOMENTARY_MIN && !without.has(day));

/** The momentary interruptions, outside of the days that are left out. */
export const momentary = (all: readonly Interruption[], without: ReadonlySet<number> = new Set()): Interruption[] =>
  all.filter(({ minutes, day }) => minutes <= MOMENTARY_MIN && !without.has(day));
