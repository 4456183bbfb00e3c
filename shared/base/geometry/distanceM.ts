import { METRES_PER_DEGREE } from './metresPerDegree.ts';

const RADIANS = Math.PI / 180;

/** Distance in metres between two WGS84 positions, on a local plane; within 0.1 % over the width of a county. */
export function distanceM(lonA: number, latA: number, lonB: number, latB: number): number {
  const east = (lonB - lonA) * Math.cos(((latA + latB) / 2) * RADIANS);
  return Math.hypot(east, latB - latA) * METRES_PER_DEGREE;
}
