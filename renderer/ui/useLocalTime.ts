import { useCountyData } from '../live/hooks.ts';
import { localTime } from './formatTime.ts';
import type { LocalTime } from './formatTime.ts';

/** The county's local time; UTC, and named so, until its profile is known. */
export const useLocalTime = (): LocalTime => localTime(useCountyData().profile?.timeZone ?? 'UTC');
