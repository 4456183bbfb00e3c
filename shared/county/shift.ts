import type { UnitShift } from './county.ts';

const DAY_MIN = 1440;

/**
 * Whether a unit is staffed at a minute after local midnight. The first minute belongs to the shift, the last does not.
 */
export function isOnShift({ fromMin, toMin }: UnitShift, minute: number): boolean {
  return fromMin < toMin ? minute >= fromMin && minute < toMin : minute >= fromMin || minute < toMin;
}

/**
 * Minutes from the last beginning of the shift to a minute after local midnight; on the days that the clocks change it
 * is off by an hour.
 */
export const minutesIntoShift = ({ fromMin }: UnitShift, minute: number): number =>
  (((minute - fromMin) % DAY_MIN) + DAY_MIN) % DAY_MIN;

const time = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** "06:00-18:00", as the county's file has it. */
export const formatShift = ({ fromMin, toMin }: UnitShift): string => `${time(fromMin)}-${time(toMin)}`;
