import type { customerClassSchema } from '../../shared/county/county.ts';
import type { z } from 'zod';
import { add, distance, type Point, rightOf, scale } from '../geometry/plane.ts';
import { distancesAlong, placeAt } from '../geometry/polyline.ts';
import type { Random } from '../random/Random.ts';
import type { Land } from './makeLand.ts';
import type { Road } from './RoadBuilder.ts';

export type CustomerClass = z.infer<typeof customerClassSchema>;

/** A lot on a street: a house has one meter of each commodity, an apartment building has several dwellings. */
export type Premise = {
  id: string;
  at: Point;
  address: string;
  place: number;
  customerClass: CustomerClass;
  dwellings: number;
  hasWater: boolean;
};

const LOT_M = { town: 19, country: 420 };

/**
 * Lots along both sides of the streets, as many as the county has electricity meters. Downtown has shops and
 * apartments, industrial works stand at the edge, and houses everywhere else; country premises have wells.
 */
export function makePremises(land: Land, random: Random): Premise[] {
  const lots = land.book.roads
    .filter(({ roadClass }) => roadClass !== 'freeway' && roadClass !== 'ramp')
    .flatMap((road) => lotsOf(road, land, random));
  const target = land.sizes.electricityMeters;
  // Lots near the centre tend to be taken first, but any lot has some chance.
  const ranked = lots
    .map((lot) => ({ ...lot, rank: lot.share * 0.55 + random.between(0, 1) }))
    .toSorted((a, b) => a.rank - b.rank);
  const built: Premise[] = [];
  let meters = 0;
  for (const lot of ranked) {
    if (meters >= target) break;
    const { customerClass, dwellings } = useOf(lot, random);
    const count = Math.min(dwellings, target - meters);
    meters += count;
    built.push({
      id: '',
      at: lot.at,
      address: lot.address,
      place: lot.place,
      customerClass,
      dwellings: count,
      hasWater: lot.place >= 0,
    });
  }
  return numbered(built);
}

/** Premises in the order of their streets, so that neighbours have neighbouring numbers. */
function numbered(premises: Premise[]): Premise[] {
  const sorted = premises.toSorted(
    (a, b) => a.place - b.place || (a.address < b.address ? -1 : a.address > b.address ? 1 : a.at[0] - b.at[0]),
  );
  return sorted.map((premise, i) => ({ ...premise, id: `P${String(i + 1).padStart(6, '0')}` }));
}

type Lot = { at: Point; address: string; place: number; share: number; isMainStreet: boolean };

function lotsOf(road: Road, land: Land, random: Random): Lot[] {
  const place = land.places[road.place];
  const step = place === undefined ? LOT_M.country : LOT_M.town;
  const along = distancesAlong(road.path);
  const total = along.at(-1) ?? 0;
  const lots: Lot[] = [];
  for (
    let metres = step * random.between(0.6, 1);
    metres < total - step * 0.4;
    metres += step * random.between(0.9, 1.1)
  ) {
    const { point, heading } = placeAt(road.path, along, metres);
    for (const side of [1, -1]) {
      const setback = place === undefined ? random.between(35, 120) : random.between(17, 26);
      const at = add(point, scale(rightOf(heading), side * setback));
      const share = place === undefined ? 0.75 : Math.min(1, distance(at, place.center) / place.radius);
      if (place === undefined && !random.chance(0.55)) continue;
      lots.push({
        at,
        address: addressOf(road, metres / total, side, place?.name),
        place: road.place,
        share,
        isMainStreet: road.roadClass === 'arterial',
      });
    }
  }
  return lots;
}

/** Each block has a hundred house numbers, with the even ones on the right. */
function addressOf(road: Road, share: number, side: number, placeName: string | undefined): string {
  const hundred =
    road.place >= 0 ? (road.block >= 0 ? 2 * road.block + 1 : -2 * road.block) * 100 : (road.from % 180) * 100 + 1000;
  const number = hundred + 2 * Math.floor(share * 48) + (side > 0 ? 0 : 1);
  return placeName === undefined ? `${number} ${road.name}` : `${number} ${road.name}, ${placeName}`;
}

function useOf(lot: Lot, random: Random): { customerClass: CustomerClass; dwellings: number } {
  const isCore = lot.place >= 0 && lot.share < 0.3;
  if (lot.place >= 0 && random.chance(lot.isMainStreet ? 0.45 : isCore ? 0.18 : 0.012))
    return { customerClass: 'commercial', dwellings: 1 };
  if (random.chance(lot.share > 0.8 ? 0.012 : 0.001)) return { customerClass: 'industrial', dwellings: 1 };
  if (lot.place >= 0 && random.chance(0.006)) return { customerClass: 'institutional', dwellings: 1 };
  if (lot.place >= 0 && random.chance(isCore ? 0.16 : 0.025))
    return { customerClass: 'multiFamily', dwellings: random.integer(4, isCore ? 16 : 8) };
  return { customerClass: 'singleFamily', dwellings: 1 };
}
