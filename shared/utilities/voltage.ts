/** The limits of the voltage at customers: shares of nominal, and how long an excursion must last to count. */
export type VoltageLimits = { lowPu: number; highPu: number; holdMs: number };

/** Below this share of nominal there is no supply, only what capacitors and neighbours induce. */
const GONE_PU = 0.3;
/** The dead-band, half of a percent of nominal: as much as a tap changer's step leaves and as meters disagree. */
const DEADBAND_PU = 0.005;
/** Grids of 200 V and more follow the European standard. */
const EUROPEAN_V = 200;

/**
 * ANSI C84.1 range A, service voltage, for longer than two minutes (Illinois, 83 Ill. Adm. Code 410.300); EN 50160, 10
 * percent either way for means of ten minutes.
 */
const standards = {
  c84: { lowPu: 0.95, highPu: 1.05, holdMs: 120_000 },
  en50160: { lowPu: 0.9, highPu: 1.1, holdMs: 600_000 },
} as const satisfies Record<string, VoltageLimits>;

type Profile = {
  nominalVoltageV: number;
  voltageLowPu?: number | undefined;
  voltageHighPu?: number | undefined;
  voltageHoldS?: number | undefined;
};

/** The limits of a county: its own where its profile has some, otherwise those of the standard of its grid. */
export function voltageLimitsOf({
  nominalVoltageV,
  voltageLowPu,
  voltageHighPu,
  voltageHoldS,
}: Profile): VoltageLimits {
  const usual = nominalVoltageV >= EUROPEAN_V ? standards.en50160 : standards.c84;
  return {
    lowPu: voltageLowPu ?? usual.lowPu,
    highPu: voltageHighPu ?? usual.highPu,
    holdMs: voltageHoldS === undefined ? usual.holdMs : voltageHoldS * 1000,
  };
}

/** Whether there is supply at all. `perUnit`: measured over nominal voltage. */
export const hasSupply = (perUnit: number): boolean => perUnit >= GONE_PU;

/** Whether a voltage is within the range, but not yet by the dead-band. */
export const isNearVoltageLimit = (perUnit: number, { lowPu, highPu }: VoltageLimits): boolean =>
  perUnit >= lowPu && perUnit <= highPu && (perUnit < lowPu + DEADBAND_PU || perUnit > highPu - DEADBAND_PU);

/** Where a voltage lies. `gone`: there is no supply. */
export type VoltageBand = 'gone' | 'low' | 'normal' | 'high';

/** The band of a voltage. `perUnit`: measured over nominal voltage. */
export function voltageBand(perUnit: number, { lowPu, highPu }: VoltageLimits): VoltageBand {
  if (!hasSupply(perUnit)) return 'gone';
  if (perUnit < lowPu) return 'low';
  return perUnit > highPu ? 'high' : 'normal';
}
