import { localTime } from '../ui/formatTime.ts';
import type { LocalTime } from '../ui/formatTime.ts';
import { useCountyData } from './hooks.ts';

/** The county's local time; UTC, and named so, until its profile is known. */
export const useLocalTime = (): LocalTime => localTime(useCountyData().profile?.timeZone ?? 'UTC');
