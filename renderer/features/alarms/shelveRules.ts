import { SHELVE_LIMIT_MS } from '../../../shared/alarms/alarm.ts';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { isUrgent } from './alarmOrder.ts';

const MINUTE_MS = 60_000;

/** The durations that are offered; none is longer than the limit. */
export const shelveTimes = [
  { id: '15', label: '15 minutes', forMs: 15 * MINUTE_MS },
  { id: '60', label: '1 hour', forMs: 60 * MINUTE_MS },
  { id: '240', label: '4 hours', forMs: 240 * MINUTE_MS },
  { id: '480', label: '8 hours, the longest', forMs: SHELVE_LIMIT_MS },
] as const;
export type ShelveTime = (typeof shelveTimes)[number]['id'];

/** The alarms that can be shelved: those that are over cannot, and those that are hidden already need not. */
export const shelvable = (alarms: readonly Alarm[]): Alarm[] =>
  alarms.filter(({ state }) => state === 'active' || state === 'acknowledged' || state === 'returned');

/** The warning that must be shown before alarms are shelved; undefined if none is needed. */
export function shelveWarning(alarms: readonly Alarm[]): string | undefined {
  const urgent = alarms.filter(isUrgent).length;
  if (urgent === 0) return undefined;
  const them =
    alarms.length === 1
      ? 'This alarm is'
      : urgent === alarms.length
        ? 'All of them are'
        : `${urgent} of them ${urgent === 1 ? 'is' : 'are'}`;
  return `${them} of priority 1 or 2. Neither list, sound nor banner will tell of ${urgent === 1 ? 'it' : 'them'} until the time is over.`;
}
