import type { z } from 'zod';
import type { EventSchemaOf } from '../../commands/declare.ts';
import { courseCommands } from './courseCommands.ts';
import { effectCommands } from './effectCommands.ts';
import { kinCommands } from './kinCommands.ts';
import { milestoneCommands } from './milestoneCommands.ts';
import { notificationCommands, notificationEvents } from './notificationCommands.ts';
import { personCommands } from './personCommands.ts';
import { publicationCommands } from './publicationCommands.ts';
import { taskCommands } from './taskCommands.ts';
import { unitCommands, unitEvents } from './unitCommands.ts';

/** Every command on an incident. The contract, the log, the rights, the screen and the engine are derived from it. */
export const incidentCommands = {
  ...courseCommands,
  ...milestoneCommands,
  ...personCommands,
  ...unitCommands,
  ...kinCommands,
  ...taskCommands,
  ...notificationCommands,
  ...effectCommands,
  ...publicationCommands,
} as const;

/** Every event about an incident that Beacon writes by itself. */
export const ownIncidentEvents = { ...unitEvents, ...notificationEvents } as const;

type Commands = typeof incidentCommands;
/** The name of a command on an incident, as the contract has it. */
export type IncidentCommandName = keyof Commands;
/** The input of a command, after the check. */
export type IncidentInput<N extends IncidentCommandName> = z.infer<Commands[N]['input']>;
/** Commands that become one event each, as their declarations say. */
export type PlainCommand = {
  [N in IncidentCommandName]: Commands[N] extends { toEvent: unknown } ? N : never;
}[IncidentCommandName];
/** The names of these commands. Every other command needs a handler of its own in the engine. */
export const plainCommands = (Object.keys(incidentCommands) as IncidentCommandName[]).filter(
  (name): name is PlainCommand => 'toEvent' in incidentCommands[name],
);

/** An event of the log about an incident. */
export type IncidentEvent = z.infer<EventSchemaOf<Commands> | EventSchemaOf<typeof ownIncidentEvents>>;
