import type { Alarm, AlarmState, StandingState } from './alarm.ts';

type Standing = { isActive: boolean; isAcknowledged: boolean; isLatching: boolean };

/** The state of ISA-18.2 that follows from the facts, before anything hides it. */
export function standingState({ isActive, isAcknowledged, isLatching }: Standing): StandingState | 'cleared' {
  if (isActive) return isAcknowledged ? 'acknowledged' : 'active';
  return isAcknowledged || !isLatching ? 'cleared' : 'returned';
}

type Hidden = { isOutOfService: boolean; isShelved: boolean; isSuppressed: boolean };

/**
 * The state that people see. What a person hid comes before what is suppressed by design, and out of service, which
 * lasts longer, before shelved.
 */
export function shownState(
  state: StandingState | 'cleared',
  { isOutOfService, isShelved, isSuppressed }: Hidden,
): AlarmState {
  if (isOutOfService) return 'outOfService';
  if (isShelved) return 'shelved';
  return isSuppressed && state !== 'cleared' ? 'suppressed' : state;
}

/**
 * Whether the alarm is hidden from the list of alarms that call for attention; hidden ones can be looked at in a list
 * of their own.
 */
export const isHidden = ({ state }: Pick<Alarm, 'state'>): boolean =>
  state === 'shelved' || state === 'suppressed' || state === 'outOfService';

/** Whether its condition holds and it is not hidden. */
export const isStanding = ({ state }: Pick<Alarm, 'state'>): boolean => state === 'active' || state === 'acknowledged';

/** Whether the alarm calls for a person: active or returned to normal, and acknowledged by nobody. */
export const isUnacknowledged = ({ state }: Pick<Alarm, 'state'>): boolean =>
  state === 'active' || state === 'returned';
