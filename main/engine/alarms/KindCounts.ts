import type { Alarm } from '../../../shared/alarms/alarm.ts';

type Kind = Pick<Alarm, 'rule' | 'priority'>;

/**
 * The most alarms of one rule and one priority. Beyond it one alarm says how many more there are, so that no source
 * fills the list, its file and the memory of every screen, and none crowds out the alarms of other rules.
 */
export const MOST_OF_A_KIND = 1000;

/** Counts alarms by their rule and priority. */
export class KindCounts {
  readonly #byRule = new Map<string, Map<number, number>>();

  add({ rule, priority }: Kind): void {
    const counts = this.#byRule.get(rule) ?? new Map<number, number>();
    this.#byRule.set(rule, counts);
    counts.set(priority, (counts.get(priority) ?? 0) + 1);
  }

  of({ rule, priority }: Kind): number {
    return this.#byRule.get(rule)?.get(priority) ?? 0;
  }
}
