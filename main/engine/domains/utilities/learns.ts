import { quantities } from '../../../../shared/base/quantities.ts';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import type { LearningPlan } from '../kit/Domain.ts';

const isOfTraffic = (quantity: Quantity): boolean =>
  quantity === 'speedMps' || quantity === 'flowVph' || quantity === 'occupancyRatio';
const isGauge = (quantity: Quantity): boolean => quantities[quantity].kind !== 'counter' && !isOfTraffic(quantity);
/** The usual week is learned for these quantities alone. */
const usual = new Set<Quantity>(['flowM3h', 'pressureKpa', 'powerKw']);

/** The usual week is learned from zones; from meters, only one day of registers is learned. */
export const learns: readonly LearningPlan[] = [
  {
    wants: (quantity, device) => usual.has(quantity) && device?.kind !== 'meter',
    days: 7,
    stepMs: 900_000,
    isUsual: true,
  },
  {
    wants: (quantity, device) => isGauge(quantity) && !usual.has(quantity) && device?.kind !== 'meter',
    days: 7,
    stepMs: 900_000,
    isUsual: false,
  },
  {
    wants: (quantity, device) => quantities[quantity].kind === 'counter' && device?.kind === 'meter',
    days: 1.1,
    stepMs: 3_600_000,
    isUsual: false,
  },
];
