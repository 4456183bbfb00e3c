import { quantities } from '../../../../shared/base/quantities.ts';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import { DAY_MS, HOUR_MS, QUARTER_HOUR_MS } from '../../../../shared/base/durations.ts';
import { HOURS_KEPT } from '../../../../shared/utilities/continuousFlow.ts';
import { BASELINE_DAYS } from '../kit/DailyBaseline.ts';
import type { LearningPlan } from '../kit/Domain.ts';

const isOfTraffic = (quantity: Quantity): boolean =>
  quantity === 'speedMps' || quantity === 'flowVph' || quantity === 'occupancyRatio';
const isGauge = (quantity: Quantity): boolean => quantities[quantity].kind !== 'counter' && !isOfTraffic(quantity);
/** The usual day is learned for these quantities alone. */
const usual = new Set<Quantity>(['flowM3h', 'pressureKpa', 'powerKw']);

const isRegister: LearningPlan['wants'] = (quantity, device) =>
  quantities[quantity].kind === 'counter' && device?.kind === 'meter';
const isOfWater: LearningPlan['wants'] = (quantity, device) =>
  quantity === 'registerM3' && isRegister(quantity, device);
const isOfElectricity: LearningPlan['wants'] = (quantity, device) =>
  quantity !== 'registerM3' && isRegister(quantity, device);

const HALF_DAY_MS = DAY_MS / 2;
/** An interval more than a rule needs, so that its first hour has the read before it. */
const MARGIN_DAYS = 0.1;

/**
 * As much is learned as the rules look back. The usual days of zones are the two weeks that a baseline holds. Of
 * meters, registers by half days show those that are stuck (StillRuns): a water meter after seven days without
 * movement, for which the days of use before have to be known. Registers of water by the hour show leaks, and the
 * longest rule for them needs all the hours that MeterTable keeps; a day of electricity by the hour shows the longest
 * stillness of a day.
 */
export const learns: readonly LearningPlan[] = [
  {
    wants: (quantity, device) => usual.has(quantity) && device?.kind !== 'meter',
    days: BASELINE_DAYS,
    stepMs: QUARTER_HOUR_MS,
    isForPast: true,
  },
  {
    wants: (quantity, device) => isGauge(quantity) && !usual.has(quantity) && device?.kind !== 'meter',
    days: 7,
    stepMs: QUARTER_HOUR_MS,
    isForPast: false,
  },
  { wants: isOfElectricity, days: 3.6, stepMs: HALF_DAY_MS, isForPast: true },
  { wants: isOfWater, days: 15, stepMs: HALF_DAY_MS, isForPast: true },
  { wants: isOfElectricity, days: 1 + MARGIN_DAYS, stepMs: HOUR_MS, isForPast: true },
  { wants: isOfWater, days: HOURS_KEPT / 24 + MARGIN_DAYS, stepMs: HOUR_MS, isForPast: true },
];
