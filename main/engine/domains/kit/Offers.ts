import type { UnitReport } from '../../../../shared/base/values.ts';
import type { TransitNow } from '../../../../shared/public/transitNow.ts';
import type { Unit } from '../../../../shared/county/county.ts';
import type { MeasuredRuns } from '../../store/ledger/ledger.ts';

/** A response unit at its last known position (its base until its first report), and its newest report. */
export type PresentUnit = { unit: Unit; lon: number; lat: number; report: UnitReport | undefined };

/** What one domain knows and other parts of the engine need; they do not depend on which domain provides it. */
export type Offers = {
  /** Measured speed on a link now, m/s, by its index in the county's list; NaN where nothing is measured. */
  linkSpeedMps: (linkIndex: number) => number;
  /** Measured flow on a link now, vehicles per hour; NaN where nothing is measured. */
  linkFlowVph: (linkIndex: number) => number;
  presentUnits: () => PresentUnit[];
  /** Public transport as passengers may know it; undefined without a timetable. */
  transitNow: (nowMs: number) => TransitNow | undefined;
  /** Of public transport. */
  measuredRuns: MeasuredRuns;
};

/** The defaults where no domain provides these. */
export const noOffers: Offers = {
  linkSpeedMps: () => Number.NaN,
  linkFlowVph: () => Number.NaN,
  presentUnits: () => [],
  transitNow: () => undefined,
  measuredRuns: { take: () => [], putBack: () => undefined, learn: () => undefined },
};
