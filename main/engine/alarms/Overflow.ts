import { describeCount } from '../../../shared/base/display.ts';
import type { Condition } from '../domains/kit/Condition.ts';

const MOST_NAMED = 5;
/** The number of alarms swings around its bound, and the alarm about it must not come and go with it. */
const OFF_DELAY_MS = 60_000;

const MORE = 'more:';

/** Whether the alarm is one that says how many others are not listed. It is never one of those that are counted. */
export const isOverflow = ({ subject }: Pick<Condition, 'subject'>): boolean =>
  subject.kind === 'system' && subject.id.startsWith(MORE);

/** Conditions that hold but get no alarm of their own, because there are too many of their rule and priority. */
export class Overflow {
  readonly #byKind = new Map<string, { first: Condition; titles: string[]; count: number }>();

  add(condition: Condition): void {
    const key = `${condition.rule} ${condition.priority}`;
    const known = this.#byKind.get(key) ?? { first: condition, titles: [], count: 0 };
    this.#byKind.set(key, known);
    known.count++;
    if (known.titles.length < MOST_NAMED) known.titles.push(condition.title);
  }

  /** One condition per rule and priority, which says how many there are. */
  conditions(): Condition[] {
    return [...this.#byKind.values()].map(({ first: { rule, domain, priority }, titles, count }) => ({
      rule,
      domain,
      priority,
      subject: { kind: 'system', id: `${MORE}${priority}` },
      title: `${describeCount(count)} more ${count === 1 ? 'alarm' : 'alarms'} like “${titles[0] ?? rule}”`,
      place: 'Not listed singly',
      cause: 'So many alarms of this kind and priority stand that no more of them are listed.',
      consequence: 'Trouble among them is not seen before the list has room.',
      action: 'Look for the one cause of all; acknowledge what is known, so that the list has room.',
      evidence: titles.map((text) => ({ label: 'Not listed', text })),
      onDelayMs: 0,
      offDelayMs: OFF_DELAY_MS,
      isLatching: false,
    }));
  }
}
