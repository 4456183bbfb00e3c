import type { Measure } from '../measure.ts';

/** The share of readings within the voltage that is owed to customers. */
export const voltageInRange: Measure = {
  id: 'voltageInRange',
  version: 1,
  name: 'Voltage in range',
  formula: 'readings within the limits of the county (ANSI C84.1 range A, or EN 50160) ÷ readings',
  unit: '1',
  window: 'week, by feeder',
  exclusions: ['readings during interruptions'],
  leastShare: 0.75,
  better: 'higher',
  source: 'ANSI C84.1; EN 50160',
};

/** The share of voltages within limits; NaN of none. */
export const voltageShare = (volts: readonly number[], lowV: number, highV: number): number =>
  volts.filter((voltV) => voltV >= lowV && voltV <= highV).length / volts.length;
