import type { Alarm } from '../../../shared/alarms/alarm.ts';

/**
 * What a domain finds to be so at this moment. Domains report the whole set of their present conditions each time; the alarm book makes
 * alarms of them, with delays, states and identity. Same `rule` and `subject`: the same condition.
 */
export type Condition = Pick<Alarm, 'rule' | 'domain' | 'priority' | 'subject' | 'title' | 'place' | 'lon' | 'lat' | 'cause' | 'consequence' | 'action' | 'evidence'> & {
  /** Must have held this long before it becomes an alarm; it stops after having been absent for `offDelayMs`. */
  onDelayMs: number;
  offDelayMs: number;
};
