import { dayOfText } from './dayText.ts';
import { measures } from './measures.ts';
import type { PlanText } from './plan.ts';

const FEWEST_DAYS = 56;

/** What is wrong with a plan by itself, in a sentence; undefined where it can be carried out. */
export function planFault(plan: PlanText): string | undefined {
  const measure = measures.find(({ id }) => id === plan.measureId);
  if (measure === undefined) return `There is no measure ${plan.measureId}.`;
  if (measure.version !== plan.measureVersion)
    return `${measure.name} has version ${measure.version} now, and the plan names ${plan.measureVersion}.`;
  const [from, start, after, last] = [plan.baselineFrom, plan.startDay, plan.afterDay, plan.lastDay].map(dayOfText) as [
    number,
    number,
    number,
    number,
  ];
  if (!(from < start && start <= after && after < last))
    return 'The days are not in order: baseline, start, end of the change-over, last day.';
  if (start - from < FEWEST_DAYS || last - after < FEWEST_DAYS)
    return 'Eight weeks before the start and eight weeks after the change-over are the least.';
  if (plan.method === 'differenceInDifferences' && plan.comparison.length === 0)
    return 'Difference in differences needs places to compare with.';
  if (plan.method === 'differenceInDifferences' && plan.sensorDays.length > 0)
    return 'Difference in differences knows no change of a sensor. Take a time without one, or an interrupted time series.';
  if (plan.comparison.includes(plan.place)) return 'The place is its own comparison.';
  return undefined;
}
