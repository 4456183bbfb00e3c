import { distanceM } from '../../shared/base/geometry/distanceM.ts';

type Place = { lon: number; lat: number };

/** Distance over ground of two places in one county: good to a thousandth at that size. */
export const metresApart = (a: Place, b: Place): number => distanceM(a.lon, a.lat, b.lon, b.lat);
