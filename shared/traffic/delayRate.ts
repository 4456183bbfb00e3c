/**
 * The slowest speed that counts: nothing slower is really measured, and the delay of standing traffic would be
 * unbounded.
 */
const SLOWEST_MPS = 0.5;

/**
 * Vehicle-hours lost per hour on a stretch: flow × length × (1/speed − 1/free-flow speed), never negative (FHWA Urban
 * Congestion Report). `flowVph` in vehicles per hour, `lengthM` in metres, speeds in m/s.
 */
export function delayRate(flowVph: number, lengthM: number, speedMps: number, freeFlowMps: number): number {
  const lostS = lengthM / Math.max(speedMps, SLOWEST_MPS) - lengthM / freeFlowMps;
  return (flowVph * Math.max(0, lostS)) / 3600;
}

/** Traffic that is slower than this share of free flow counts as congested (FHWA Urban Congestion Report). */
export const CONGESTED_RATIO = 0.9;
