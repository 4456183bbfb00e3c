/** About 250 km/h: nothing on a county's roads or rails is faster. */
const FASTEST_MPS = 70;

/** Returns whether a speed is given and is not a possible one. */
export const isImplausibleSpeed = (speedMps: number | null | undefined): boolean =>
  speedMps !== null && speedMps !== undefined && !(speedMps >= 0 && speedMps <= FASTEST_MPS);

/** Returns whether these are WGS84 degrees of a place. Receivers without a fix report 0, 0. */
export const isPlace = (lon: number | null | undefined, lat: number | null | undefined): boolean =>
  typeof lon === 'number' &&
  typeof lat === 'number' &&
  Math.abs(lon) <= 180 &&
  Math.abs(lat) <= 90 &&
  (lon !== 0 || lat !== 0);
