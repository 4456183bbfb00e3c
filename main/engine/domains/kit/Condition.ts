import type { Alarm } from '../../../../shared/alarms/alarm.ts';
import type { AlarmRule } from '../../../../shared/alarms/alarmRules.ts';

/**
 * What a domain finds to be so at this moment. Domains report the whole set of their present conditions each time; the
 * alarm book makes alarms of them, with delays, states and identity. Same `rule` and `subject`: the same condition.
 * Rule and priority are in shared/alarms/alarmRules.ts.
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
  /** Must have held this long before it becomes an alarm; it stops after having been absent for `offDelayMs`. */
  onDelayMs: number;
  offDelayMs: number;
  /**
   * The value is back on the good side of its limit, but not yet by the dead-band, or nothing better is known of it:
   * keeps an alarm that stands as it is, and raises none.
   */
  isInDeadband?: boolean;
  /** False: an alarm that went away by itself needs nobody to have seen it. */
  isLatching?: boolean;
  /** Where another thing than the subject pulls it along (see `causeGroupOf`). */
  causeGroup?: string;
};
