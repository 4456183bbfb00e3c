type Place = { lon: number; lat: number };

const METRES_PER_DEGREE = 111_320;

/** Distance over ground of two places in one county, on a plane: good to a thousandth at that size. */
export const metresApart = (a: Place, b: Place): number =>
  METRES_PER_DEGREE * Math.hypot((a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180), a.lat - b.lat);
