const EARTH_RADIUS_M = 6_371_008.8;

/** Metres per degree of latitude on a sphere of the earth's mean radius (IUGG), which is within 0.6 % everywhere. */
export const METRES_PER_DEGREE = (EARTH_RADIUS_M * Math.PI) / 180;

/** Metres per degree of longitude at a latitude. */
export const metresPerDegreeLon = (lat: number): number => METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
