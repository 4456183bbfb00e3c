import type { Alarm, AlarmState, StandingState } from './alarm.ts';

type Standing = { isActive: boolean; isAcknowledged: boolean; isLatching: boolean };

/** The state of ISA-18.2 that follows from the facts, before anything hides it. */
export function standingState({ isActive, isAcknowledged, isLatching }: Standing): StandingState | 'cleared' {
  if (isActive) return isAcknowledged ? 'acknowledged' : 'active';
  return isAcknowledged || !isLatching ? 'cleared' : 'returned';
}

type Hidden = { isOutOfService: boolean; isShelved: boolean; isSuppressed: boolean };

/** What people see: what a person did hides before what was designed, and the longer of the two first. */
export function shownState(
  state: StandingState | 'cleared',
  { isOutOfService, isShelved, isSuppressed }: Hidden,
): AlarmState {
  if (isOutOfService) return 'outOfService';
  if (isShelved) return 'shelved';
  return isSuppressed && state !== 'cleared' ? 'suppressed' : state;
}

/** Hidden from the list of what calls for attention; all of it can be looked at apart. */
export const isHidden = ({ state }: Pick<Alarm, 'state'>): boolean =>
  state === 'shelved' || state === 'suppressed' || state === 'outOfService';

/** Whether its condition holds and it is not hidden. */
export const isStanding = ({ state }: Pick<Alarm, 'state'>): boolean => state === 'active' || state === 'acknowledged';

/** Calls for a person: active or gone again, and acknowledged by nobody. */
export const isUnacknowledged = ({ state }: Pick<Alarm, 'state'>): boolean =>
  state === 'active' || state === 'returned';
