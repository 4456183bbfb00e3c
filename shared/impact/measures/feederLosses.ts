import type { Measure } from '../measure.ts';

/** Energy that enters a feeder and reaches no meter. */
export const feederLosses: Measure = {
  id: 'feederLosses',
  version: 1,
  name: 'Feeder losses',
  formula: '(energy into the feeder + energy fed in − energy at its meters) ÷ energy into the feeder',
  unit: '1',
  window: 'month, by feeder',
  exclusions: ['meters without reads over the month, whose share is shown'],
  leastShare: 0.9,
  better: 'lower',
  source: 'Beacon: an energy balance of the feeder',
};

/** The share that is lost. A negative one is returned as it is: a meter is missing or counts wrongly. */
export const feederLossShare = (inKwh: number, fedInKwh: number, metersKwh: number): number =>
  (inKwh + fedInKwh - metersKwh) / inKwh;
