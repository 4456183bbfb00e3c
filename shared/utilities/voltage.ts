/** The lower limit of ANSI C84.1 range A, service voltage, as a share of nominal. */
export const VOLTAGE_LOW_PU = 0.95;
/** The upper limit of ANSI C84.1 range A, service voltage, as a share of nominal. */
export const VOLTAGE_HIGH_PU = 1.05;
/** Excursions longer than this count: two minutes (Illinois, 83 Ill. Adm. Code 410.300). */
export const VOLTAGE_HOLD_MS = 120_000;
/** Below this there is no supply, only what capacitors and neighbours induce. */
const GONE_PU = 0.3;

/** The dead-band, half of a percent of nominal: as much as a tap changer's step leaves and as meters disagree. */
const DEADBAND_PU = 0.005;

/** Whether a voltage is within the range, but not yet by the dead-band. */
export const isNearVoltageLimit = (perUnit: number): boolean =>
  perUnit >= VOLTAGE_LOW_PU &&
  perUnit <= VOLTAGE_HIGH_PU &&
  (perUnit < VOLTAGE_LOW_PU + DEADBAND_PU || perUnit > VOLTAGE_HIGH_PU - DEADBAND_PU);

/** Where a voltage lies. `gone`: there is no supply. */
export type VoltageBand = 'gone' | 'low' | 'normal' | 'high';

/** The band of a voltage. `perUnit`: measured over nominal voltage. */
export function voltageBand(perUnit: number): VoltageBand {
  if (perUnit < GONE_PU) return 'gone';
  if (perUnit < VOLTAGE_LOW_PU) return 'low';
  return perUnit > VOLTAGE_HIGH_PU ? 'high' : 'normal';
}
