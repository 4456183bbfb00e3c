import type { Alarm } from './alarm.ts';

/** Things that pull others with them: what is wrong at one of them has one cause. */
const causal = new Set<Alarm['subject']['kind']>(['feeder', 'zone', 'link', 'route', 'feed']);

/** The cause group of what a silent feed brings about. */
export const causeGroupOfFeed = (feedId: string): string => `feed:${feedId}`;

/** Whether what is grouped so follows from the silence of a feed. */
export const isGroupOfFeed = (causeGroup: string): boolean => causeGroup.startsWith('feed:');

/** What a flood groups an alarm by: the thing that pulled others with it, else its rule and place. */
export const causeGroupOf = ({ rule, subject, place }: Pick<Alarm, 'rule' | 'subject' | 'place'>): string =>
  causal.has(subject.kind) ? `${subject.kind}:${subject.id}` : `${rule}|${place}`;
