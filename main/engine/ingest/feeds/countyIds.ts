import type { Trip } from '../../../../shared/county/county.ts';
import { keptId, tripsNamed } from '../../registry/gtfs/feedNames.ts';
import type { Registry } from '../../registry/Registry.ts';

/** What the county's timetable calls the routes and stops of an agency, and its trips. */
export type CountyIds = {
  route: (id: string) => string;
  stop: (id: string) => string;
  trip: (id: string) => Trip | undefined;
};

/** The ids of the county's timetable for what an agency's messages name. */
export function countyIds({ timetable }: Pick<Registry, 'timetable'>, agency: string | undefined): CountyIds {
  if (timetable === undefined) return { route: (id) => id, stop: (id) => id, trip: () => undefined };
  return {
    route: (id) => keptId(timetable, timetable.routes, agency, id),
    stop: (id) => keptId(timetable, timetable.stops, agency, id),
    trip: (id) => tripsNamed(timetable, agency, id)[0],
  };
}
