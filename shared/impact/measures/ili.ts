import type { Measure } from '../measure.ts';
import { uarlFault, uarlLitresPerDay } from './uarl.ts';
import type { Network } from './uarl.ts';

/** How far leakage is from what cannot be avoided. */
export const ili: Measure = {
  id: 'ili',
  version: 1,
  name: 'Infrastructure leakage index (ILI)',
  formula: 'current annual real losses ÷ unavoidable annual real losses',
  unit: '1',
  window: 'year',
  exclusions: ['systems for which the unavoidable losses do not hold, single zones among them'],
  leastShare: 0.9,
  better: 'lower',
  source: 'Lambert et al. 1999; AWWA Manual M36',
};

/** The index, or why there is none for this network. */
export function iliOf(realLossLitresPerDay: number, network: Network): { ili: number } | { fault: string } {
  const fault = uarlFault(network);
  return fault === undefined ? { ili: realLossLitresPerDay / uarlLitresPerDay(network) } : { fault };
}
