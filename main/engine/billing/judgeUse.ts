import type { BillFault } from '../../../shared/utilities/bills.ts';
import type { Meter } from '../../../shared/county/county.ts';
import { median } from '../../../shared/base/statistics/robust.ts';
import type { PeriodUse } from './determinants.ts';
import type { MeterDay } from '../store/ledger/meterDays.ts';

/** What is known of a meter's use in a period and before. `usualPerDay`: what may be expected; NaN where nothing is. */
export type KnownUse = {
  meter: Meter;
  days: readonly MeterDay[];
  period: PeriodUse;
  before: readonly MeterDay[];
  usualPerDay: number;
  /** The median of like customers' days; NaN where there are too few of them. */
  classPerDay: number;
};
export type Found = { fault: BillFault; evidence: string };

/** Limits of the rules; docs/billing.md explains them. */
export const limits = {
  missingShare: 0.05,
  estimatedShare: 0.3,
  spikeTimes: 8,
  spikeShare: 0.3,
  factor: 4.5,
  classFactor: 12,
  highTimes: 4,
  fedBackTimes: 2.5,
  stillDays: { electricity: 4, water: 16 },
  leastPerDay: { electricity: 0.5, water: 0.02 },
} as const;

/** Factors that multipliers and units go wrong by: powers of ten, gallons, cubic feet, and current transformers. */
const FACTORS = [10, 100, 1000, 3.785, 264.17, 35.31, 7.48, 20, 40];
const FACTOR_TOLERANCE = 0.2;
const PERCENT = 100;

const percent = (share: number): string => `${Math.round(share * PERCENT)} %`;
const digits = (value: number): string => value.toFixed(2);

/** The median of the days on which something was used; NaN where there is none. */
export function usedPerDay(days: readonly MeterDay[]): number {
  return median(days.flatMap(({ use, hours }) => (use > 0 && hours.missing === 0 ? [use] : [])));
}

function findGaps({ period: { share } }: KnownUse): Found[] {
  const estimated = share.linear + share.likeDays;
  return [
    ...(share.missing > limits.missingShare
      ? [{ fault: 'missing' as const, evidence: `${percent(share.missing)} of the hours have no read.` }]
      : []),
    ...(estimated > limits.estimatedShare
      ? [{ fault: 'estimated' as const, evidence: `${percent(estimated)} of the hours are estimated.` }]
      : []),
  ];
}

/** Electricity may be fed back; water that runs back is a fault of its meter. */
function findNegative({ meter: { commodity }, days, period: { use }, usualPerDay, classPerDay }: KnownUse): Found[] {
  const fed = commodity === 'water' ? 0 : limits.fedBackTimes * Math.max(usualPerDay || 0, classPerDay || 0);
  const lowest = days.reduce((least, day) => Math.min(least, day.use), 0);
  if (use >= 0 && lowest >= -limits.leastPerDay[commodity] - fed) return [];
  return [{ fault: 'negative', evidence: `The lowest day has ${digits(lowest)}.` }];
}

function findSpike({ meter, days, period, usualPerDay }: KnownUse): Found[] {
  const largest = days.reduce((most, { use }) => Math.max(most, use), 0);
  const usual = Math.max(limits.leastPerDay[meter.commodity], usedPerDay(days) || usualPerDay || 0);
  if (largest <= limits.spikeTimes * usual || largest <= limits.spikeShare * period.use) return [];
  return [{ fault: 'spike', evidence: `A day has ${digits(largest)}, and usual are ${digits(usual)}.` }];
}

const isKnownFactor = (ratio: number): boolean =>
  FACTORS.some((factor) => Math.abs(ratio / factor - 1) <= FACTOR_TOLERANCE);

/** A wrong constant shows in all days alike; a smaller use is one only where it fits a constant that people know. */
function findFactor({ meter, days, before, usualPerDay, classPerDay }: KnownUse): Found[] {
  const least = limits.leastPerDay[meter.commodity];
  const now = usedPerDay(days);
  const then = before.length === 0 ? Number.NaN : usualPerDay;
  const evidence = `A day has ${digits(now)}, and ${digits(Number.isNaN(then) ? classPerDay : then)} are usual.`;
  if (now > limits.classFactor * Math.max(classPerDay, least)) return [{ fault: 'factor', evidence }];
  const isMore = now > limits.factor * Math.max(then, least);
  const isLess = then > limits.factor * least && isKnownFactor(then / now) && then / now > limits.factor;
  return isMore || isLess ? [{ fault: 'factor', evidence }] : [];
}

function findStill({ meter: { commodity }, days, before }: KnownUse): Found[] {
  const inOrder = [...before, ...days];
  const noise = limits.leastPerDay[commodity] / PERCENT;
  const lastUsed = inOrder.findLastIndex(({ use }) => Math.abs(use) > noise);
  const still = inOrder.slice(lastUsed + 1).filter(({ hours }) => hours.missing === 0).length;
  if (lastUsed < 0 || still < limits.stillDays[commodity]) return [];
  return [{ fault: 'still', evidence: `The last ${still} days have no use.` }];
}

function findHigh({ meter, period, usualPerDay }: KnownUse): Found[] {
  const perDay = period.use / Math.max(1, period.days);
  if (!(perDay > limits.highTimes * Math.max(usualPerDay, limits.leastPerDay[meter.commodity]))) return [];
  return [{ fault: 'high', evidence: `${digits(perDay)} per day, and ${digits(usualPerDay)} are usual.` }];
}

/** What the days of a meter say against its bill, the most certain first. */
export function judgeUse(known: KnownUse): Found[] {
  const found = [findNegative, findSpike, findFactor, findStill, findGaps].flatMap((rule) => rule(known));
  // Use that is many times the usual is said by itself only where no rule has said why.
  return found.length > 0 ? found : findHigh(known);
}
