import type { Polyline } from '../geometry/polyline.ts';
import { Random } from '../random/Random.ts';
import { layCarriageways, layInterchanges, planFreeway } from './layFreeway.ts';
import { layStreets, type Town } from './layStreets.ts';
import { makePlaces, type Place } from './places.ts';
import { planHighways } from './planHighways.ts';
import { planSectionRoads } from './planSectionRoads.ts';
import { RoadBuilder } from './RoadBuilder.ts';
import type { Sizes } from './sizes.ts';
import { makeTerrain, type Terrain } from './terrain.ts';
import { weaveWays } from './weaveWays.ts';

export type Land = {
  sizes: Sizes;
  terrain: Terrain;
  freeway: Polyline;
  places: Place[];
  towns: Town[];
  book: RoadBuilder;
};

/** Water, places and the whole road network of a county. */
export function makeLand(sizes: Sizes, seed: number): Land {
  const random = new Random(seed);
  const terrain = makeTerrain(sizes, random.fork(1));
  const freeway = planFreeway(sizes, terrain, random.fork(2));
  const places = makePlaces(sizes, terrain, freeway, random.fork(3));
  const book = new RoadBuilder();
  const towns = places.map((_, index) => layStreets(book, places, index, terrain, seed, random.fork(100 + index)));
  const highways = planHighways(places, towns, terrain, sizes, random.fork(4));
  const sectionRoads = planSectionRoads(book, places, terrain, freeway, sizes, random.fork(5));
  layCarriageways(book, freeway, layInterchanges(book, freeway, highways));
  weaveWays(book, [...highways, ...sectionRoads]);
  book.tidy(([x, y]) => Math.abs(x) > sizes.halfWidthM - 10 || Math.abs(y) > sizes.halfHeightM - 10);
  return { sizes, terrain, freeway, places, towns, book };
}
