import { z } from 'zod';
import { alarmCommands } from '../alarms/commands/alarmCommands.ts';
import { citizenCommands, ownCitizenEvents } from '../citizens/commands/citizenCommands.ts';
import { eventsOf } from '../commands/declare.ts';
import { incidentCommands, ownIncidentEvents } from '../incidents/commands/incidentCommands.ts';
import { playbookCommands } from '../incidents/commands/playbookCommands.ts';
import { impactCommands } from '../impact/commands/impactCommands.ts';
import { ownPeopleEvents, peopleCommands } from '../people/commands/peopleCommands.ts';
import { proposalCommands, proposalSplit } from '../proposals/commands/proposalCommands.ts';
import { shiftCommands } from '../shifts/commands/shiftCommands.ts';
import { deskEvents, ownDeskEvents } from './deskEvents.ts';

/** The events that Beacon writes by itself; people never write them unless a command says so. */
const ownEvents = [...ownDeskEvents, ...ownPeopleEvents, ...eventsOf(ownIncidentEvents), ...ownCitizenEvents] as const;

/**
 * The events of the log: everything that people did, and what must be recorded beside it. The log is append-only; a
 * correction is a new event.
 */
export const recordEventSchema = z.discriminatedUnion('kind', [
  ...ownEvents,
  ...deskEvents,
  ...eventsOf(peopleCommands),
  ...eventsOf(alarmCommands),
  ...eventsOf(incidentCommands),
  ...eventsOf(playbookCommands),
  ...eventsOf(shiftCommands),
  ...eventsOf(proposalCommands),
  ...eventsOf(citizenCommands),
  ...eventsOf(impactCommands),
  proposalSplit,
]);
export type RecordEvent = z.infer<typeof recordEventSchema>;

/** The kinds of events that Beacon writes by itself. */
export const ownKinds: readonly RecordEvent['kind'][] = ownEvents.map(({ shape }) => shape.kind.value);
