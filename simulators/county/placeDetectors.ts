import type { Link } from '../../shared/county/county.ts';
import type { Plane, Point } from '../geometry/plane.ts';
import { distancesAlong, offset, placeAt } from '../geometry/polyline.ts';
import type { Random } from '../random/Random.ts';

export type PlannedDetector = { id: string; link: Link; lon: number; lat: number; periodS: number; name: string };

type Spot = { link: Link; share: number };

/**
 * Places the detectors: half of them stand along the freeway, then nearly every ramp has one, and the rest are spread
 * over arterials and, if any are left, collectors.
 */
export function placeDetectors(links: readonly Link[], plane: Plane, count: number, random: Random): PlannedDetector[] {
  const spots = (roadClass: Link['roadClass'], share: number): Spot[] =>
    random
      .shuffled(links.filter((link) => link.roadClass === roadClass && link.lengthM > 90))
      .map((link) => ({ link, share }));
  const freeway = alongFreeway(
    links.filter(({ roadClass }) => roadClass === 'freeway'),
    Math.round(count * 0.5),
  );
  const ramps = spots('ramp', 0.5).slice(0, Math.round(count * 0.12));
  const streets = [...spots('arterial', 0.55), ...spots('collector', 0.5)].slice(
    0,
    Math.max(0, count - freeway.length - ramps.length),
  );
  return [...freeway, ...ramps, ...streets].map(({ link, share }, i) => {
    const line: Point[] = offset(
      link.path.map(plane.toPlane),
      link.roadClass === 'freeway' || link.roadClass === 'ramp' ? 0 : 3,
    );
    const along = distancesAlong(line);
    const [lon, lat] = plane.toLonLat(placeAt(line, along, (along.at(-1) ?? 0) * share).point);
    return { id: `D${String(i + 1).padStart(4, '0')}`, link, lon, lat, periodS: 30, name: link.name };
  });
}

/** The longest links get a detector first; when all links have one, the longest get a second. */
function alongFreeway(links: readonly Link[], count: number): Spot[] {
  const long = links.toSorted((a, b) => b.lengthM - a.lengthM);
  const first = long.map((link) => ({ link, share: count > long.length ? 0.3 : 0.5 }));
  return [...first, ...long.map((link) => ({ link, share: 0.8 }))].slice(0, count);
}
