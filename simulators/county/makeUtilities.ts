import type { Commodity } from '../../shared/county/county.ts';
import type { Point } from '../geometry/plane.ts';
import type { Random } from '../random/Random.ts';
import { type Cell, divideZones, labelPoint, nearestOf } from './divideZones.ts';
import type { Land } from './makeLand.ts';
import type { CustomerClass, Premise } from './makePremises.ts';
import { outlineOf } from './places.ts';

export type PlannedZone = {
  id: string;
  kind: 'dma' | 'feeder';
  name: string;
  outline: readonly Point[];
  label: Point;
  meterCount: number;
};
export type PlannedMeter = {
  id: string;
  commodity: Commodity;
  at: Point;
  zoneId: string;
  transformerId: string;
  premise: Premise;
  customerClass: CustomerClass;
};
export type Utilities = { zones: PlannedZone[]; meters: PlannedMeter[] };

/**
 * Divides the whole county into feeders, and the places that have a water network into district metered areas; then
 * places the meters of all customers.
 */
export function makeUtilities(land: Land, premises: readonly Premise[], random: Random): Utilities {
  const feeders = makeFeeders(land, premises, random.fork(1));
  const dmas = makeDmas(land, premises, random.fork(2));
  const electricity = electricityMeters(premises, feeders, random.fork(3));
  const water = waterMeters(premises, dmas, land.sizes.waterMeters);
  const meters = [...electricity, ...water];
  const counts = new Map<string, number>();
  for (const { zoneId } of meters) counts.set(zoneId, (counts.get(zoneId) ?? 0) + 1);
  return {
    zones: [...dmas.map(({ zone }) => zone), ...feeders.map(({ zone }) => zone)].map((zone) => ({
      ...zone,
      meterCount: counts.get(zone.id) ?? 0,
    })),
    meters,
  };
}

type Named = { zone: PlannedZone; cell: Cell; place: number };

function makeFeeders(land: Land, premises: readonly Premise[], random: Random): Named[] {
  const cells = divideZones(
    land.terrain.boundary,
    premises.map(({ at }) => at),
    land.sizes.feeders,
    random,
  );
  return cells.map((cell, i) => {
    const place =
      land.places[
        nearestOf(
          land.places.map(({ center }) => center),
          cell.center,
        )
      ];
    const id = `F${String(i + 1).padStart(2, '0')}`;
    return {
      cell,
      place: -1,
      zone: {
        id,
        kind: 'feeder',
        name: `${id} ${place?.name ?? ''}${sideOf(place?.center, cell.center)}`,
        outline: cell.outline,
        label: labelPoint(cell),
        meterCount: 0,
      },
    };
  });
}

/**
 * Plans the district metered areas: the places with the most premises get one each, and the largest of them, the seat,
 * is divided into all the areas that are left.
 */
function makeDmas(land: Land, premises: readonly Premise[], random: Random): Named[] {
  const byPlace = land.places.map((_, place) => premises.filter((premise) => premise.place === place));
  const order = byPlace
    .map((own, place) => ({ own, place }))
    .filter(({ own }) => own.length > 0)
    .toSorted((a, b) => b.own.length - a.own.length)
    .slice(0, Math.max(1, Math.round(land.sizes.dmas * 0.72)));
  const spare = Math.max(0, land.sizes.dmas - order.length);
  const named = order.flatMap(({ own, place }, rank) => {
    const town = land.places[place];
    if (town === undefined) return [];
    const cells = divideZones(
      outlineOf(town, 70),
      own.map(({ at }) => at),
      rank === 0 ? 1 + spare : 1,
      random,
    );
    return cells.map((cell) => ({
      cell,
      place,
      name: cells.length === 1 ? town.name : `${town.name}${sideOf(town.center, cell.center)}`,
    }));
  });
  return named.map(({ cell, place, name }, i) => {
    const id = `DMA${String(i + 1).padStart(2, '0')}`;
    return {
      cell,
      place,
      zone: { id, kind: 'dma', name, outline: cell.outline, label: labelPoint(cell), meterCount: 0 },
    };
  });
}

/** The side of the place as " North", " South-East" …; an empty text in the middle. */
function sideOf(center: Point | undefined, at: Point): string {
  if (center === undefined) return '';
  const [x, y] = [at[0] - center[0], at[1] - center[1]];
  if (Math.hypot(x, y) < 350) return ' Centre';
  const sector = Math.round(Math.atan2(y, x) / (Math.PI / 4));
  return (
    [' West', ' South-West', ' South', ' South-East', ' East', ' North-East', ' North', ' North-West', ' West'][
      sector + 4
    ] ?? ''
  );
}

function electricityMeters(premises: readonly Premise[], feeders: readonly Named[], random: Random): PlannedMeter[] {
  const centers = feeders.map(({ cell }) => cell.center);
  const onFeeder = feeders.map((): Premise[] => []);
  for (const premise of premises) onFeeder[nearestOf(centers, premise.at)]?.push(premise);
  let serial = 0;
  return onFeeder.flatMap((own, i) => {
    const feeder = feeders[i]?.zone.id ?? '';
    let [transformer, left] = [0, 0];
    return own.flatMap((premise) =>
      Array.from({ length: premise.dwellings }, (): PlannedMeter => {
        if (left-- <= 0) {
          transformer++;
          left = (premise.place < 0 ? random.integer(1, 5) : random.integer(11, 24)) - 1;
        }
        const transformerId = `T${feeder.slice(1)}-${String(transformer).padStart(3, '0')}`;
        return {
          id: `E${String(++serial).padStart(6, '0')}`,
          commodity: 'electricity',
          at: premise.at,
          zoneId: feeder,
          transformerId,
          premise,
          customerClass: premise.customerClass,
        };
      }),
    );
  });
}

/** Water meters stand in the district metered areas; a building with many dwellings has a meter for each. */
function waterMeters(premises: readonly Premise[], dmas: readonly Named[], target: number): PlannedMeter[] {
  const candidates = premises.flatMap((premise): PlannedMeter[] => {
    const own = dmas.filter(({ place }) => place === premise.place);
    const zone =
      own[
        nearestOf(
          own.map(({ cell }) => cell.center),
          premise.at,
        )
      ]?.zone;
    if (zone === undefined || !premise.hasWater) return [];
    return Array.from({ length: premise.dwellings }, () => ({
      id: '',
      commodity: 'water',
      at: premise.at,
      zoneId: zone.id,
      transformerId: '',
      premise,
      customerClass: premise.customerClass,
    }));
  });
  // Where there are more candidates than wanted, every zone leaves out a few.
  const share = Math.min(1, target / Math.max(1, candidates.length));
  const metered = candidates.filter((_, i) => Math.floor((i + 1) * share) > Math.floor(i * share));
  return metered.map((meter, i) => ({ ...meter, id: `W${String(i + 1).padStart(6, '0')}` }));
}
