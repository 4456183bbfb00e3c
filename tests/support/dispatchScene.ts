import { Reach } from '../../main/engine/routing/Reach.ts';
import { RoadNetwork } from '../../main/engine/routing/RoadNetwork.ts';
import type { IncidentNow, Situation, UnitNow } from '../../main/engine/dispatch/situation.ts';
import { freeFlowTimes } from '../../main/engine/routing/TravelTimes.ts';
import type { Link, Unit } from '../../shared/county/county.ts';
import type { UnitStatus } from '../../shared/base/values.ts';
import { atKm, gridRoads } from './gridRoads.ts';

export const NOW_MS = Date.UTC(2026, 4, 4, 12);
const MINUTE_MS = 60_000;

/**
 * A straight street of 20 km along the equator, driven at 1 km per minute, with a place called West at its beginning
 * and one called East at its end.
 */
export const street: Link[] = gridRoads(
  Object.fromEntries(Array.from({ length: 21 }, (_, km) => [`k${km}`, [km, 0] as const])),
  Array.from({ length: 20 }, (_, km) => ({ from: `k${km}`, to: `k${km + 1}`, seconds: 60 })),
);

type UnitParts = Partial<Omit<UnitNow, 'unit' | 'place'>> & {
  km: number;
  kind?: Unit['kind'];
  capabilities?: Unit['capabilities'];
  shift?: [from: number, to: number];
};

/** A unit that stands on the street, free and just heard, unless the arguments say otherwise. Shifts are in hours. */
export function unitAt(
  id: string,
  { km, kind = 'ambulance', capabilities, shift, status = 'available', ...more }: UnitParts,
): UnitNow {
  const { lon, lat } = atKm(km, 0);
  const unit: Unit = {
    id,
    kind,
    name: id,
    baseLon: lon,
    baseLat: lat,
    ...(capabilities && { capabilities }),
    ...(shift && { shift: { fromMin: shift[0] * 60, toMin: shift[1] * 60 } }),
  };
  return { unit, status: status satisfies UnitStatus, place: { lon, lat }, seenAtMs: NOW_MS - 5000, ...more };
}

/**
 * An incident at a kilometre of the street that needs an ambulance, opened ten minutes ago, unless the arguments say
 * otherwise.
 */
export const incidentAt = (id: string, km: number, more: Partial<IncidentNow> = {}): IncidentNow => ({
  id,
  priority: 2,
  openedAtMs: NOW_MS - 10 * MINUTE_MS,
  place: atKm(km, 0),
  needs: [{ kind: 'ambulance', count: 1 }],
  engagements: [],
  ...more,
});

/** The scene on the street at noon. */
export function scene(
  units: UnitNow[],
  incidents: IncidentNow[],
  more: Partial<Situation> & { links?: Link[] } = {},
): Situation {
  const { links = street, ...parts } = more;
  const network = new RoadNetwork(links);
  const times = freeFlowTimes(links);
  const cover = (name: string, km: number): Situation['coverPlaces'][number] => ({
    name,
    reach: new Reach({
      network,
      targets: network.spotsNear(atKm(km, 0)),
      secondsOn: (link) => times.secondsOn(link, NOW_MS),
    }),
  });
  return {
    nowMs: NOW_MS,
    localMinute: 720,
    units,
    incidents,
    network,
    times,
    closed: new Set(),
    coverPlaces: [cover('West', 0), cover('East', 20)],
    displayUnits: 'us',
    ...parts,
  };
}
