import type { UnitShift } from './county.ts';

const DAY_MIN = 1440;

/**
 * Whether a unit is staffed at a minute after local midnight. The first minute of the shift belongs to it, the last
 * does not.
 */
export function isOnShift({ fromMin, toMin }: UnitShift, minute: number): boolean {
  return fromMin < toMin ? minute >= fromMin && minute < toMin : minute >= fromMin || minute < toMin;
}

/**
 * Minutes since the shift last began, at a minute after local midnight; on days on which the clocks change it is off by
 * an hour.
 */
export const minutesIntoShift = ({ fromMin }: UnitShift, minute: number): number =>
  (((minute - fromMin) % DAY_MIN) + DAY_MIN) % DAY_MIN;

const time = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** A unit's shift as the county's file writes it: "06:00-18:00". */
export const formatShift = ({ fromMin, toMin }: UnitShift): string => `${time(fromMin)}-${time(toMin)}`;
