import type { County } from '../../../shared/county/county.ts';
import type { PlaceNames } from '../../../shared/public/countyPage.ts';

const MOST_NAMES = 20_000;
const MOST_ZONES = 5000;
const MOST_ROUTES = 2000;

/** The names of the map and the timetable, each once. */
export function namesOf({ links, zones, timetable }: County): PlaceNames {
  const unique = (names: Iterable<string>): string[] => [...new Set(names)].filter((name) => name !== '');
  return {
    roads: unique(links.map(({ name }) => name)).slice(0, MOST_NAMES),
    stops: unique([...(timetable?.stops.values() ?? [])].map(({ name }) => name)).slice(0, MOST_NAMES),
    zones: unique(zones.map(({ name }) => name)).slice(0, MOST_ZONES),
    routes: unique([...(timetable?.routes.values() ?? [])].map(({ shortName }) => shortName)).slice(0, MOST_ROUTES),
  };
}
