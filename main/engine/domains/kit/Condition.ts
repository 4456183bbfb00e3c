import type { Alarm } from '../../../../shared/alarms/alarm.ts';
import type { AlarmRule } from '../../../../shared/alarms/alarmRules.ts';

/**
 * A state that a domain finds to hold at this moment. Domains report the whole set of their present conditions each
 * time; the alarm evaluator turns them into alarms with delays, states and identity. Two conditions with the same
 * `rule` and `subject` are the same condition. Rule and priority are defined in shared/alarms/alarmRules.ts.
 */
export type Condition = Pick<
  Alarm,
  | 'domain'
  | 'priority'
  | 'subject'
  | 'title'
  | 'place'
  | 'lon'
  | 'lat'
  | 'cause'
  | 'consequence'
  | 'action'
  | 'evidence'
> & {
  rule: AlarmRule;
  /** Set where the condition is about an incident: its alarm belongs to that one, and nobody opens a second. */
  incidentId?: string;
  /**
   * The condition must have held this long before it becomes an alarm; the alarm ends after the condition has been
   * absent for `offDelayMs`.
   */
  onDelayMs: number;
  offDelayMs: number;
  /**
   * The value is back on the good side of its limit, but not yet beyond the dead-band, or no better value is known:
   * this keeps an existing alarm as it is and raises none.
   */
  isInDeadband?: boolean;
  /**
   * Since when there has been no new evidence: like `isInDeadband` this keeps an existing alarm and raises none; its
   * words change to those of the condition, which say so.
   */
  unjudgedSinceMs?: number;
  /** False: an alarm that cleared by itself needs no acknowledgement. */
  isLatching?: boolean;
  /** Set where the trouble of something other than the subject causes this condition too (see `causeGroupOf`). */
  causeGroup?: string;
};
