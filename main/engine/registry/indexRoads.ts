import Flatbush from 'flatbush';
import type { Link } from '../../../shared/county/county.ts';

/** About a kilometre: the name of a road farther away does not help anybody to find the place. */
const NEAR_DEGREES = 0.01;
/** Searched first, as in a town a road is rarely farther away. */
const FIRST_DEGREES = 0.001;
/** Rounding must not leave out a road at the edge of what is searched. */
const MARGIN = 1.000_001;

type Middle = { name: string; lon: number; lat: number };
type Nearest = { middle: Middle; distance: number };

/** Of roads that are equally near, the one that the county's files name first. */
function nearestOf(
  middles: readonly Middle[],
  found: readonly number[],
  at: Omit<Middle, 'name'>,
): Nearest | undefined {
  const shrink = Math.cos((at.lat * Math.PI) / 180);
  let best: (Nearest & { index: number }) | undefined;
  for (const index of found) {
    const middle = middles[index];
    if (middle === undefined) continue;
    const distance = Math.hypot((middle.lon - at.lon) * shrink, middle.lat - at.lat);
    const isNearer = best === undefined ? distance < NEAR_DEGREES : distance < best.distance;
    if (isNearer || (distance === best?.distance && index < best.index)) best = { middle, distance, index };
  }
  return best;
}

/**
 * Makes an index of the roads with a name; the function returned gives the name of the nearest one, which is how people
 * say where something is. The distance is measured to the middle of each link, in degrees that are scaled to be equally
 * long in both directions.
 */
export function indexRoads(links: readonly Link[]): (lon: number, lat: number) => string | undefined {
  const middles = links.flatMap(({ name, path }): Middle[] => {
    const [lon, lat] = path[Math.floor(path.length / 2)] ?? [Number.NaN, Number.NaN];
    return name === '' || Number.isNaN(lon) || Number.isNaN(lat) ? [] : [{ name, lon, lat }];
  });
  if (middles.length === 0) return () => undefined;
  const index = new Flatbush(middles.length);
  for (const { lon, lat } of middles) index.add(lon, lat);
  index.finish();
  const within = (lon: number, lat: number, degrees: number): Nearest | undefined => {
    const high = degrees * MARGIN;
    const wide = high / Math.abs(Math.cos((lat * Math.PI) / 180));
    return nearestOf(middles, index.search(lon - wide, lat - high, lon + wide, lat + high), { lon, lat });
  };
  return (lon, lat) => {
    const near = within(lon, lat, FIRST_DEGREES);
    // What was found near a corner of the square may be farther away than a road outside.
    const best = near !== undefined && near.distance <= FIRST_DEGREES ? near : within(lon, lat, NEAR_DEGREES);
    return best?.middle.name;
  };
}
