import type { Finding, Plan } from '../../../shared/impact/plan.ts';
import { formatNumber } from '../../ui/formatNumber.ts';

/** A number with three significant digits. */
export function roughly(value: number): string {
  const size = Math.abs(value);
  return formatNumber(value, size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

/** A share as a change in percent, with its sign. */
export const change = (share: number): string => `${share < 0 ? '−' : '+'}${formatNumber(Math.abs(share) * 100, 1)} %`;

/** Money of a year without cents. */
export const moneyOf = (value: number, currency: string): string => `${formatNumber(value, 0)} ${currency}`;

/** What an evaluation found, in one sentence: an effect, none, or too little data. */
export function findingWords({ share, low90, high90, isSeen, fault }: Finding): string {
  if (fault !== undefined) return `No result: ${fault}`;
  if (share === undefined || low90 === undefined || high90 === undefined) return 'No result.';
  const range = `90 % interval ${change(low90)} to ${change(high90)}`;
  return isSeen ? `${change(share)}, ${range}` : `No effect seen (${change(share)}, ${range})`;
}

/** How far a plan has come. */
export function stateOf({ registered, evaluations, plan }: Plan, today: string): string {
  if (evaluations.length > 0) return 'Evaluated';
  if (registered === undefined) return 'To be registered by another person';
  if (today < plan.startDay) return `Registered; begins on ${plan.startDay}`;
  return today <= plan.lastDay ? `Under way until ${plan.lastDay}` : 'Can be evaluated';
}

/** Why the plain comparison may say something else than the method. */
export function whyNaive(naiveShare: number | undefined, { share, low90, high90 }: Finding): string {
  if (naiveShare === undefined) return '';
  if (share === undefined || low90 === undefined || high90 === undefined)
    return 'It takes everything that changed meanwhile for an effect.';
  return naiveShare < low90 || naiveShare > high90
    ? 'It misleads here: the season, the weather or what moved everywhere is in it.'
    : 'It happens to agree here; it takes everything that changed meanwhile for an effect.';
}
