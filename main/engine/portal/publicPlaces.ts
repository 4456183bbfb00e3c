import type { County } from '../../../shared/county/county.ts';
import { MOST_LINE_POINTS, MOST_NAME } from '../../../shared/public/fact.ts';
import { indexRoads } from '../registry/indexRoads.ts';
import type { Registry } from '../registry/Registry.ts';

type Point = readonly [number, number];

/** What the county's files say about the things that facts name, within the bounds of the public contract. */
export type PublicPlaces = {
  roadOf: (lon: number, lat: number) => string | undefined;
  linkPath: (linkId: string) => readonly Point[];
  linkName: (linkId: string) => string | undefined;
  routeName: (routeId: string) => string | undefined;
  /** All routes of the timetable. */
  routeIds: () => readonly string[];
  zone: (id: string) => { name: string; center: Point } | undefined;
};

/** A name that a fact can have. */
const cut = (name: string | undefined): string | undefined => name?.slice(0, MOST_NAME);

/** A line of as many points as a fact can have, evenly chosen, with both ends. */
function thinned(path: readonly Point[]): readonly Point[] {
  const count = Math.min(path.length, MOST_LINE_POINTS);
  const step = (path.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, at) => path[Math.round(at * step)]).filter((point) => point !== undefined);
}

/** Names and lines of the county's map. Its files may have longer ones than the public contract allows. */
export function publicPlaces(county: County, registry: Registry): PublicPlaces {
  const roadOf = indexRoads(county.links);
  return {
    roadOf: (lon, lat) => cut(roadOf(lon, lat)),
    linkPath: (linkId) => thinned(registry.link(linkId)?.path ?? []),
    linkName: (linkId) => cut(registry.link(linkId)?.name),
    // The timetable may be replaced while the engine runs.
    routeName: (routeId) => cut(county.timetable?.routes.get(routeId)?.shortName),
    routeIds: () => [...(county.timetable?.routes.keys() ?? [])],
    zone(id) {
      const zone = registry.zone(id);
      return zone && { name: zone.name.slice(0, MOST_NAME), center: zone.center };
    },
  };
}
