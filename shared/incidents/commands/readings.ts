import type { Incident } from '../incident.ts';
import type { ClaimValue, IncidentChange, IncidentEntry } from './incidentCommand.ts';
import { incidentCommands, ownIncidentEvents } from './incidentCommands.ts';

/** How the events of one kind are read. The kind keeps them apart: each is given its own events alone. */
type EventReading = {
  change?: (incident: Incident, entry: IncidentEntry<never>) => IncidentChange;
  line: (incident: Incident, entry: IncidentEntry<never>) => string;
  claims?: (event: never) => [field: string, value: ClaimValue][];
};
/** By kind of event: how it is read. */
export type EventReadings = ReadonlyMap<string, EventReading>;

type WithReading = EventReading & { event: { shape: { kind: { value: string } } } };

/** How the events of these declarations are read. */
export const readingsOf = (declarations: Readonly<Record<string, WithReading | object>>): EventReadings =>
  new Map(
    Object.values(declarations).flatMap((declared): [string, EventReading][] =>
      'event' in declared ? [[declared.event.shape.kind.value, declared]] : [],
    ),
  );

/** How every event about an incident is read. */
export const incidentReadings = readingsOf({ ...incidentCommands, ...ownIncidentEvents });
