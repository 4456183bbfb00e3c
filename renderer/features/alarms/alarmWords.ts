import type { Alarm } from '../../../shared/alarms/alarm.ts';
import type { LocalTime } from '../../ui/formatTime.ts';
import { formatAge } from '../../ui/formatTime.ts';
import type { AlarmView } from './alarmViews.ts';

export const viewLabels: Record<AlarmView, { label: string; empty: string; emptyDetail: string }> = {
  current: { label: 'Current', empty: 'No alarms.', emptyDetail: 'New ones appear here by themselves.' },
  maintenance: {
    label: 'Maintenance',
    empty: 'No device calls for maintenance.',
    emptyDetail: 'Sick sensors appear here, apart from what is wrong in the county.',
  },
  shelved: {
    label: 'Shelved',
    empty: 'Nothing is shelved.',
    emptyDetail: 'S shelves an alarm for a time, with a reason.',
  },
  suppressed: {
    label: 'Suppressed',
    empty: 'Nothing is suppressed by design.',
    emptyDetail: 'Alarms that only tell once more what another one tells appear here.',
  },
  outOfService: {
    label: 'Out of service',
    empty: 'No alarm is out of service.',
    emptyDetail: 'A supervisor takes an alarm out of service when its device cannot be believed.',
  },
};

/** The state of an alarm in few words; empty for one that is new. */
export function stateWords(alarm: Alarm, isSent: boolean): string {
  const { state, acknowledgedBy, incidentId, chatter, activations } = alarm;
  const standing = isSent
    ? 'acknowledging …'
    : state === 'returned'
      ? 'back to normal'
      : state === 'acknowledged'
        ? acknowledgedWords(acknowledgedBy)
        : undefined;
  const often = activations === undefined ? undefined : `× ${activations} in an hour`;
  return [standing, incidentId === undefined ? undefined : 'has incident', chatter, often]
    .filter((word) => word !== undefined)
    .join(' · ');
}

const acknowledgedWords = (by: string | undefined): string => (by === undefined ? 'acknowledged' : `seen by ${by}`);

/** The time that is left to respond, in words; undefined when no response is needed any more. */
export function respondWords(
  { state, raisedAtMs, respondWithinMs }: Alarm,
  nowMs: number,
): { text: string; isOver: boolean } | undefined {
  if (state !== 'active') return undefined;
  const leftMs = raisedAtMs + respondWithinMs - nowMs;
  return leftMs >= 0
    ? { text: `${formatAge(leftMs)} left`, isOver: false }
    : { text: `${formatAge(-leftMs)} over`, isOver: true };
}

/** Why an alarm does not call for the operator, until when, and who decided so; undefined for one that calls. */
export function hiddenWords(
  { state, shelved, suppressedBy, outOfService }: Alarm,
  time: LocalTime,
): { why: string; until: string; by: string } | undefined {
  if (state === 'shelved' && shelved !== undefined) {
    const end =
      shelved.mode === 'oneShot'
        ? `until normal, ${time.short(shelved.untilMs)} at the latest`
        : `until ${time.short(shelved.untilMs)}`;
    return { why: shelved.reason, until: end, by: shelved.by };
  }
  if (state === 'outOfService' && outOfService !== undefined)
    return { why: outOfService.reason, until: `since ${time.yearTime(outOfService.atMs)}`, by: outOfService.by };
  if (state === 'suppressed') return { why: suppressedBy ?? '', until: 'while its cause stands', by: 'by design' };
  return undefined;
}
