/** One publication period of a traffic detector; undefined is what it did not say. */
export type DetectorPeriod = {
  speedMps: number | undefined;
  flowVph: number | undefined;
  occupancyRatio: number | undefined;
};

/**
 * What is wrong with a period. `chatter`: more hits than vehicles can make. `implausible`: a value that cannot be, or
 * values that contradict each other.
 */
export type PeriodFault = 'chatter' | 'implausible';

/** IRIS (Minnesota DOT): more than 38 hits in 30 s on one lane is a chattering detector. */
export const CHATTER_VPH_PER_LANE = (38 * 3600) / 30;
/** IRIS: covered without a break for this long is locked on. */
export const LOCKED_ON_MS = 120_000;
/** IRIS: no hit for this long, by day, is a dead detector. */
export const NO_HITS_MS = 4 * 3_600_000;
/** Three publication periods without a message. */
export const STALE_PERIODS = 3;

/** 252 km/h: nothing on a county's road is faster. */
const FASTEST_MPS = 70;
/** Vehicles standing on the loop and passing at speed exclude each other. */
const DENSE_RATIO = 0.8;
const BRISK_MPS = 25;
/** At 600 vehicles an hour and lane a loop is covered for some seconds of every minute. */
const BUSY_VPH_PER_LANE = 600;

/** Whether one period contradicts itself; a detector is called faulty only when several periods in a row do. */
export function judgePeriod(
  { speedMps, flowVph, occupancyRatio }: DetectorPeriod,
  lanes: number,
): PeriodFault | undefined {
  if (flowVph !== undefined && flowVph > CHATTER_VPH_PER_LANE * lanes) return 'chatter';
  if (speedMps !== undefined && (speedMps < 0 || speedMps > FASTEST_MPS)) return 'implausible';
  if (occupancyRatio !== undefined && (occupancyRatio < 0 || occupancyRatio > 1)) return 'implausible';
  // Over a period without a vehicle the speed is only held, and contradicts nothing.
  if (
    flowVph !== 0 &&
    speedMps !== undefined &&
    occupancyRatio !== undefined &&
    occupancyRatio > DENSE_RATIO &&
    speedMps > BRISK_MPS
  )
    return 'implausible';
  if (flowVph !== undefined && occupancyRatio === 0 && flowVph > BUSY_VPH_PER_LANE * lanes) return 'implausible';
  return undefined;
}

/** A loop that is covered at least this share of the time while nothing passes has a vehicle standing on it. */
const STANDING_RATIO = 0.3;

/**
 * What a period says about speed. With no vehicle counted there is no speed to measure (sources hold the last one):
 * undefined, unless the loop is covered, when vehicles stand on it and the speed is 0.
 */
export function measuredSpeed({ speedMps, flowVph, occupancyRatio }: DetectorPeriod): number | undefined {
  if (flowVph !== 0) return speedMps;
  return occupancyRatio !== undefined && occupancyRatio >= STANDING_RATIO ? 0 : undefined;
}
