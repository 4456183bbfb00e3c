import { incidentReadings } from './readings.ts';
import type { EventReadings } from './readings.ts';

/** The names by which people know what events name by its id; undefined where there is none. */
export type ThingNames = {
  unit: (unitId: string) => string | undefined;
  route: (routeId: string) => string | undefined;
};

type Naming = { unitId?: string; routeIds?: readonly string[] };

/** The readings of all events with lines that name units and routes by name. The events keep the ids. */
export function namedReadings(names: ThingNames): EventReadings {
  const named = (event: Naming): Naming => ({
    ...event,
    ...(event.unitId !== undefined && { unitId: names.unit(event.unitId) ?? event.unitId }),
    ...(event.routeIds !== undefined && { routeIds: event.routeIds.map((id) => names.route(id) ?? id) }),
  });
  return new Map(
    [...incidentReadings].map(([kind, reading]) => [
      kind,
      {
        ...reading,
        // The event keeps its kind, so that the reading of the kind still knows it.
        line: (incident, said) => reading.line(incident, { ...said, event: named(said.event) as typeof said.event }),
      },
    ]),
  );
}
