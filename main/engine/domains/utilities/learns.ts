import { quantities } from '../../../../shared/base/quantities.ts';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import type { LearningPlan } from '../kit/Domain.ts';

const isOfTraffic = (quantity: Quantity): boolean =>
  quantity === 'speedMps' || quantity === 'flowVph' || quantity === 'occupancyRatio';
const isGauge = (quantity: Quantity): boolean => quantities[quantity].kind !== 'counter' && !isOfTraffic(quantity);
/** The usual week is learned for these quantities alone. */
const usual = new Set<Quantity>(['flowM3h', 'pressureKpa', 'powerKw']);

const isRegister: LearningPlan['wants'] = (quantity, device) =>
  quantities[quantity].kind === 'counter' && device?.kind === 'meter';

/**
 * The usual week is learned from zones. Of meters, one day of registers by the hour shows leaks, and the days that it
 * takes to know how long a register usually stands still (StillRuns), by half days, show those that are stuck.
 */
export const learns: readonly LearningPlan[] = [
  {
    wants: (quantity, device) => usual.has(quantity) && device?.kind !== 'meter',
    days: 7,
    stepMs: 900_000,
    isForPast: true,
  },
  {
    wants: (quantity, device) => isGauge(quantity) && !usual.has(quantity) && device?.kind !== 'meter',
    days: 7,
    stepMs: 900_000,
    isForPast: false,
  },
  { wants: isRegister, days: 3.6, stepMs: 43_200_000, isForPast: true },
  { wants: isRegister, days: 1.1, stepMs: 3_600_000, isForPast: true },
];
