import type { Alarm } from './alarm.ts';

/** Kinds of things whose failure makes others fail: alarms about one of them have one cause. */
const causal = new Set<Alarm['subject']['kind']>(['feeder', 'zone', 'link', 'route', 'feed']);

/** The cause group of all alarms that follow from the silence of a feed. */
export const causeGroupOfFeed = (feedId: string): string => `feed:${feedId}`;

/** Whether alarms of this cause group follow from the silence of a feed. */
export const isGroupOfFeed = (causeGroup: string): boolean => causeGroup.startsWith('feed:');

/** The group that an alarm belongs to in a flood: the failed thing that made others fail, else its rule and place. */
export const causeGroupOf = ({ rule, subject, place }: Pick<Alarm, 'rule' | 'subject' | 'place'>): string =>
  causal.has(subject.kind) ? `${subject.kind}:${subject.id}` : `${rule}|${place}`;
