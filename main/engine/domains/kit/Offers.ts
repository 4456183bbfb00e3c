import type { UnitReport } from '../../../../shared/base/values.ts';
import type { Unit } from '../../../../shared/county/county.ts';

/** A response unit where it was last (its base until it is heard), and its newest report. */
export type PresentUnit = { unit: Unit; lon: number; lat: number; report: UnitReport | undefined };

/** What one domain knows and other parts of the engine need, without knowing which domain gives it. */
export type Offers = {
  /** Measured speed on a link now, m/s, by its index in the county's list; NaN where nothing is measured. */
  linkSpeedMps: (linkIndex: number) => number;
  presentUnits: () => PresentUnit[];
};

/** Where no domain knows better. */
export const noOffers: Offers = { linkSpeedMps: () => Number.NaN, presentUnits: () => [] };
