import type { Meter } from '../../../../../shared/county/county.ts';

/** What is known of a register without any reading, in kWh or m³. */
export type RegisterFacts = {
  /** The most that the meter can pass in an hour. */
  mostPerHour: number;
  /** The register begins again at 0 when it reaches this; undefined where nobody has said how many digits it has. */
  modulus: number | undefined;
  /** What the last digit counts; undefined where it is to be learned. */
  resolution: number | undefined;
  /** What one digit counts before its multiplier; powers of ten of it are where a register may roll over. */
  unit: number;
  /** Energy may be fed back; water is not. */
  mayFall: boolean;
  /** The meter was put in at the one time and taken away at the other. */
  installedAtMs: number | undefined;
  removedAtMs: number | undefined;
};

/**
 * The most that a customer of a class can draw, m³/h and kW: by the largest service that is usual for the class (a pipe
 * of 25 mm and 400 A for a home), so that what is above it cannot have happened.
 */
const mostPerHour = {
  water: { singleFamily: 12, multiFamily: 60, commercial: 120, industrial: 400, institutional: 200 },
  electricity: { singleFamily: 100, multiFamily: 500, commercial: 2000, industrial: 20_000, institutional: 5000 },
} as const satisfies Record<Meter['commodity'], Record<Meter['customerClass'], number>>;

/** A fuse holds a short overload, and a meter a little more than its nominal flow. */
const OVERLOAD = 1.5;

/** The most that the meter can pass in an hour, m³ or kWh. */
export function mostOf(meter: Meter, nominalV: number): number {
  if (meter.commodity === 'water')
    return meter.maxFlowM3h === undefined ? mostPerHour.water[meter.customerClass] : OVERLOAD * meter.maxFlowM3h;
  return meter.fuseA === undefined
    ? mostPerHour.electricity[meter.customerClass]
    : (OVERLOAD * meter.fuseA * nominalV * (meter.phases ?? 1)) / 1000;
}

/** `unit`: what one count of a bare counter is; 1 for a register that is already in kWh or m³. */
export function registerFacts(meter: Meter, nominalV: number, unit: number): RegisterFacts {
  const { digits, multiplier = 1, resolution } = meter;
  return {
    mostPerHour: mostOf(meter, nominalV),
    modulus: digits === undefined ? undefined : 10 ** digits * unit * multiplier,
    resolution: resolution === undefined ? undefined : resolution * multiplier,
    unit: unit * multiplier,
    mayFall: meter.commodity === 'electricity',
    installedAtMs: meter.installed,
    removedAtMs: meter.removed,
  };
}
