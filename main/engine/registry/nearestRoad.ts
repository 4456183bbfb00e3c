import type { Link } from '../../../shared/county/county.ts';

/** About a kilometre: the name of a road farther away does not help anybody to find the place. */
const NEAR_DEGREES = 0.01;

/**
 * The nearest road with a name, which is how people say where something is. The distance is measured to the middle of
 * each link, in degrees that are scaled to be equally long in both directions.
 */
export function nearestRoad(links: readonly Link[], lon: number, lat: number): string | undefined {
  const shrink = Math.cos((lat * Math.PI) / 180);
  let best: { name: string; distance: number } | undefined;
  for (const { name, path } of links) {
    const [linkLon, linkLat] = path[Math.floor(path.length / 2)] ?? [Number.NaN, Number.NaN];
    const distance = Math.hypot((linkLon - lon) * shrink, linkLat - lat);
    if (name !== '' && distance < (best?.distance ?? NEAR_DEGREES)) best = { name, distance };
  }
  return best?.name;
}
