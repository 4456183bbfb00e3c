import type { ReactNode } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { isUnacknowledged } from '../../../shared/alarms/alarmStates.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { isUrgent } from './alarmOrder.ts';

const veils = { shelved: 'clock', suppressed: 'hatched', outOfService: 'struck' } as const;

/**
 * Shows an alarm's priority and state in one mark: full while the alarm is new, pulsing only if it is urgent too,
 * hollow when it has been seen or is over.
 */
export function AlarmMark({
  alarm,
  isNew = isUnacknowledged(alarm),
}: {
  alarm: Alarm;
  /** An alarm of the group waits for an acknowledgement. */ isNew?: boolean;
}): ReactNode {
  const { state, priority } = alarm;
  const veil = state === 'shelved' || state === 'suppressed' || state === 'outOfService' ? veils[state] : undefined;
  return (
    <PriorityMark
      priority={priority}
      isHollow={!isNew || state === 'returned'}
      isPulsing={isNew && isUrgent(alarm) && state === 'active'}
      veil={veil}
    />
  );
}
