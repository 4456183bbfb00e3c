import { add, distance, type Point, polar } from '../geometry/plane.ts';
import { wobblyRadius } from '../geometry/polygon.ts';
import { nearestPoint, type Polyline } from '../geometry/polyline.ts';
import type { Random } from '../random/Random.ts';
import { namePlaces } from './names.ts';
import type { Sizes } from './sizes.ts';
import type { Terrain } from './terrain.ts';

export type Place = {
  name: string;
  kind: 'seat' | 'town' | 'quarter' | 'village';
  center: Point;
  radius: number;
  /** The direction of its main street. */
  angle: number;
  /** The distance from the centre to the place's edge in a direction. */
  reach: (angle: number) => number;
};

export const placeRank = { seat: 3, town: 2, quarter: 1, village: 1 } as const satisfies Record<Place['kind'], number>;

/** The place's outline as a closed ring, `margin` metres beyond its streets. */
export function outlineOf(place: Place, margin: number): Point[] {
  const ring = Array.from({ length: 48 }, (_, i) =>
    add(place.center, polar((i / 48) * 2 * Math.PI, place.reach((i / 48) * 2 * Math.PI) + margin)),
  );
  return [...ring, ring[0] ?? place.center];
}

/**
 * Places the seat in the middle, its outer quarters around it, then towns and villages, each where there is enough
 * space and dry ground.
 */
export function makePlaces(sizes: Sizes, terrain: Terrain, freeway: Polyline, random: Random): Place[] {
  const names = namePlaces(random.fork(1), {
    towns: sizes.townRadiiM.length,
    quarters: sizes.quarterRadiiM.length,
    villages: sizes.villages,
  });
  const places = [makePlace(names.seat, 'seat', [0, 0], sizes.seatRadiusM, random)];
  const settle = (name: string, kind: Place['kind'], radius: number, room: number, candidates: () => Point): void => {
    const center = bestSite(candidates, radius, room, places, terrain, freeway);
    if (center !== undefined) places.push(makePlace(name, kind, center, radius, random));
  };
  const anywhere = (radius: number) => (): Point => {
    const [w, h] = [sizes.halfWidthM - radius - 1100, sizes.halfHeightM - radius - 1100];
    return [random.between(-w, w), random.between(-h, h)];
  };
  sizes.quarterRadiiM.forEach((radius, i) => {
    settle(names.quarters[i] ?? '', 'quarter', radius, 260, () =>
      polar(random.between(0, 2 * Math.PI), sizes.seatRadiusM * random.between(1.35, 1.75)),
    );
  });
  sizes.townRadiiM.forEach((radius, i) =>
    settle(names.towns[i] ?? '', 'town', radius, 3400 * Math.min(1, sizes.halfWidthM / 19_000), anywhere(radius)),
  );
  names.villages.forEach((name) => {
    const radius = random.between(190, 330);
    settle(name, 'village', radius, 1500 * Math.min(1, sizes.halfWidthM / 19_000), anywhere(radius));
  });
  return places;
}

function makePlace(name: string, kind: Place['kind'], center: Point, radius: number, random: Random): Place {
  const wobble = wobblyRadius(random, kind === 'village' ? 0.2 : 0.12);
  // Downtowns were often built along the river or the railway, not by the compass.
  const angle = kind === 'seat' ? -0.21 : random.chance(0.4) ? 0 : random.between(-0.7, 0.7);
  return { name, kind, center, radius, angle, reach: (theta) => radius * wobble(theta) };
}

/** The candidate with the most free space around it; undefined where none is free. */
function bestSite(
  candidates: () => Point,
  radius: number,
  room: number,
  places: Place[],
  terrain: Terrain,
  freeway: Polyline,
): Point | undefined {
  let best: { center: Point; score: number } | undefined;
  for (let i = 0; i < 60; i++) {
    const center = candidates();
    const toPlaces = Math.min(...places.map((place) => distance(place.center, center) - place.radius * 1.15 - radius));
    const toFreeway = nearestPoint(freeway, center).metres - radius * 1.3;
    const toWater = nearestPoint(terrain.river, center).metres - radius * 0.25;
    const toLake =
      terrain.lake === undefined ? room : distance(terrain.lake.center, center) - terrain.lake.radius * 1.5 - radius;
    if (toPlaces < room || toFreeway < 350 || toWater < 120 || toLake < 150) continue;
    const score = Math.min(toPlaces, room * 3) - Math.max(0, toFreeway - 2500) * 0.03;
    if (best === undefined || score > best.score) best = { center, score };
  }
  return best?.center;
}
