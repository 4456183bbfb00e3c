import { METRES_PER_DEGREE } from '../../shared/base/geometry/metresPerDegree.ts';

const RADIANS = Math.PI / 180;

/** Degrees clockwise from north, 0..360, on the same plane. */
export function bearingDeg(lonA: number, latA: number, lonB: number, latB: number): number {
  const east = (lonB - lonA) * Math.cos(((latA + latB) / 2) * RADIANS);
  return (Math.atan2(east, latB - latA) / RADIANS + 360) % 360;
}

/** The point `metres` ahead in the direction `headingDeg`, as [lon, lat]. */
export function ahead(lon: number, lat: number, headingDeg: number, metres: number): [number, number] {
  const degrees = metres / METRES_PER_DEGREE;
  const heading = headingDeg * RADIANS;
  return [lon + (degrees * Math.sin(heading)) / Math.cos(lat * RADIANS), lat + degrees * Math.cos(heading)];
}

/** Turns from one heading to another by the shorter way; `share` is 0..1. */
export function turn(fromDeg: number, toDeg: number, share: number): number {
  const difference = ((toDeg - fromDeg + 540) % 360) - 180;
  return (fromDeg + difference * share + 360) % 360;
}
