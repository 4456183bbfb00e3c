import { daysBetween } from '../../../shared/county/timetableFeed.ts';
import type { TimetableFeed } from '../../../shared/county/timetableFeed.ts';

/** On which days a feed is used, where it takes turns with others of its agency. */
export function usedDays({ used }: Pick<TimetableFeed, 'used'>): string {
  if (used.length === 0) return 'never';
  const spans = used.map(({ from, until }) => daysBetween(from, until));
  return spans.every((span) => span === '') ? 'always' : spans.join(', ');
}
