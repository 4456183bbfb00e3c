import type { Measure } from '../measure.ts';

/** Water that was supplied and brought no money. */
export const waterBalance: Measure = {
  id: 'waterBalance',
  version: 1,
  name: 'Non-revenue water',
  formula:
    'non-revenue water = system input − billed authorised; losses = input − authorised; real losses = losses − apparent losses; shown in litres per connection and day',
  unit: 'm³',
  window: 'year',
  exclusions: ['months without a bill run', 'zones without their own inflow meter'],
  leastShare: 0.9,
  better: 'lower',
  source: 'AWWA Manual M36; IWA standard water balance',
};

/** What goes into the balance of a system, all over the same time. Apparent losses are meter errors and theft. */
export type WaterUse = { inputM3: number; billedM3: number; unbilledAuthorisedM3: number; apparentLossM3: number };

/** The balance. A negative loss is no loss: it says that a part is measured wrongly, and is returned as it is. */
export function waterBalanceOf({ inputM3, billedM3, unbilledAuthorisedM3, apparentLossM3 }: WaterUse): {
  nonRevenueM3: number;
  lossM3: number;
  realLossM3: number;
  fault: string | undefined;
} {
  const lossM3 = inputM3 - billedM3 - unbilledAuthorisedM3;
  const realLossM3 = lossM3 - apparentLossM3;
  const fault =
    lossM3 < 0
      ? 'More water was used than put in: an input meter reads too little, or times differ.'
      : realLossM3 < 0
        ? 'Apparent losses are greater than all losses.'
        : undefined;
  return { nonRevenueM3: inputM3 - billedM3, lossM3, realLossM3, fault };
}
