import { localTime } from '../ui/formatTime.ts';
import type { LocalTime } from '../ui/formatTime.ts';
import { useCountyData } from './hooks.ts';

/** The county's local time. Until its profile is known the time is in UTC, and is labelled so. */
export const useLocalTime = (): LocalTime => localTime(useCountyData().profile?.timeZone ?? 'UTC');
