import type { Incident } from '../incident.ts';
import type { ClaimValue, IncidentChange, IncidentEntry } from './incidentCommand.ts';
import { incidentCommands, ownIncidentEvents } from './incidentCommands.ts';

/** How the events of one kind are read. The kind keeps readings apart: each is given events of its own kind only. */
type EventReading = {
  change?: (incident: Incident, entry: IncidentEntry<never>) => IncidentChange;
  line: (incident: Incident, entry: IncidentEntry<never>) => string;
  claims?: (event: never) => [field: string, value: ClaimValue][];
};
/** The readings of events by their kind. */
export type EventReadings = ReadonlyMap<string, EventReading>;

type WithReading = EventReading & { event: { shape: { kind: { value: string } } } };

/** Collects the readings from these declarations. */
export const readingsOf = (declarations: Readonly<Record<string, WithReading | object>>): EventReadings =>
  new Map(
    Object.values(declarations).flatMap((declared): [string, EventReading][] =>
      'event' in declared ? [[declared.event.shape.kind.value, declared]] : [],
    ),
  );

/** The readings of all events about incidents. */
export const incidentReadings = readingsOf({ ...incidentCommands, ...ownIncidentEvents });
