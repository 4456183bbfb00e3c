import type { Meter } from '../../../../../shared/county/county.ts';
import { mostPerHourOf } from '../../../../../shared/utilities/mostPerHourOf.ts';

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

/** `unit`: what one count of a bare counter is; 1 for a register that is already in kWh or m³. */
export function registerFacts(meter: Meter, nominalV: number, unit: number): RegisterFacts {
  const { digits, multiplier = 1, resolution } = meter;
  return {
    mostPerHour: mostPerHourOf(meter, nominalV),
    modulus: digits === undefined ? undefined : 10 ** digits * unit * multiplier,
    resolution: resolution === undefined ? undefined : resolution * multiplier,
    unit: unit * multiplier,
    mayFall: meter.commodity === 'electricity',
    installedAtMs: meter.installed,
    removedAtMs: meter.removed,
  };
}
