/** The values of one publication period of a traffic detector; undefined where it gave none. */
export type DetectorPeriod = {
  speedMps: number | undefined;
  flowVph: number | undefined;
  occupancyRatio: number | undefined;
};

/**
 * What is wrong with a period. `chatter`: more hits than vehicles can make. `implausible`: a value that cannot be, or
 * values that exclude each other. `contradiction`: flow, speed and occupancy together make vehicles that are too
 * short.
 */
export type PeriodFault = 'chatter' | 'implausible' | 'contradiction';

/** IRIS (Minnesota DOT): more than 38 hits in 30 s on one lane is a chattering detector. */
export const CHATTER_VPH_PER_LANE = (38 * 3600) / 30;
/** IRIS: a detector that is covered without a break for this long is locked on. */
export const LOCKED_ON_MS = 120_000;
/** IRIS: a detector without a hit for this long, by day, is dead. */
export const NO_HITS_MS = 4 * 3_600_000;
/** A detector is stale after this many publication periods without a message. */
export const STALE_PERIODS = 3;

/** The fastest plausible speed, 252 km/h: no vehicle on a county's road is faster. */
const FASTEST_MPS = 70;
/**
 * Such a high occupancy and such a high speed exclude each other: vehicles cannot stand on the loop and pass at speed.
 */
const DENSE_RATIO = 0.8;
const BRISK_MPS = 25;
/**
 * Above 600 vehicles per hour and lane an occupancy of zero is implausible: a loop is then covered for some seconds of
 * every minute.
 */
const BUSY_VPH_PER_LANE = 600;
/**
 * Occupancy × speed / flow is the mean length of a vehicle and the loop: no traffic has a shorter one (a longer one
 * is seen where vehicles stand). With fewer vehicles per lane than this, chance decides in a single period.
 */
const SHORTEST_M = 1.5;
const COUNTED_VPH_PER_LANE = 100;

/** Whether flow, speed and occupancy contradict each other: together they make vehicles that are too short. */
export function isTooShort(coveredMps: number, flowVph: number, lanes: number): boolean {
  return (coveredMps * 3600 * lanes) / flowVph < SHORTEST_M;
}

/**
 * What is wrong with one period, undefined where nothing is; a detector is called faulty only when several periods in a
 * row have a fault.
 */
export function judgePeriod(
  { speedMps, flowVph, occupancyRatio }: DetectorPeriod,
  lanes: number,
): PeriodFault | undefined {
  if (flowVph !== undefined && flowVph > CHATTER_VPH_PER_LANE * lanes) return 'chatter';
  if (speedMps !== undefined && (speedMps < 0 || speedMps > FASTEST_MPS)) return 'implausible';
  if (occupancyRatio !== undefined && (occupancyRatio < 0 || occupancyRatio > 1)) return 'implausible';
  // In a period without a vehicle the speed is the last one, held by the source, so it contradicts nothing.
  if (
    flowVph !== 0 &&
    speedMps !== undefined &&
    occupancyRatio !== undefined &&
    occupancyRatio > DENSE_RATIO &&
    speedMps > BRISK_MPS
  )
    return 'implausible';
  if (flowVph !== undefined && occupancyRatio === 0 && flowVph > BUSY_VPH_PER_LANE * lanes) return 'implausible';
  return isContradiction({ speedMps, flowVph, occupancyRatio }, lanes) ? 'contradiction' : undefined;
}

function isContradiction({ speedMps, flowVph, occupancyRatio }: DetectorPeriod, lanes: number): boolean {
  if (speedMps === undefined || flowVph === undefined || occupancyRatio === undefined) return false;
  if (flowVph < COUNTED_VPH_PER_LANE * lanes || occupancyRatio === 0) return false;
  return isTooShort(occupancyRatio * speedMps, flowVph, lanes);
}

/** A vehicle stands on a loop that is covered for at least this share of the time while nothing passes. */
const STANDING_RATIO = 0.3;

/**
 * The speed that a period measured. With no vehicle counted there is no speed to measure (sources hold the last one):
 * then it is undefined, unless the loop is covered, when vehicles stand on it and the speed is 0.
 */
export function measuredSpeed({ speedMps, flowVph, occupancyRatio }: DetectorPeriod): number | undefined {
  if (flowVph !== 0) return speedMps;
  return occupancyRatio !== undefined && occupancyRatio >= STANDING_RATIO ? 0 : undefined;
}
