import type { ClaimValue, CommandContext, Decision } from './commands/incidentCommand.ts';
import { incidentCommands } from './commands/incidentCommands.ts';
import type { IncidentCommandName, IncidentEvent, IncidentInput, PlainCommand } from './commands/incidentCommands.ts';

/** The part of a declaration that makes an event of a command, whatever its input is. */
type Making = {
  event: { shape: { kind: { value: string } } };
  toEvent: (input: never, context: CommandContext) => object;
};
type Settling = Making & {
  settles: {
    isFor: (field: string, value: ClaimValue) => boolean;
    toEvent: (decision: Decision, context: CommandContext) => object;
  };
};

/** Makes the event of a command, as its declaration says. Calls `refuse` where the command is not possible now. */
export const makeEvent = (declared: Making, input: unknown, context: CommandContext): object => ({
  kind: declared.event.shape.kind.value,
  ...declared.toEvent(input as never, context),
});

/** Makes the event of a command on an incident. Calls `refuse` where the command is not possible now. */
export const commandEvent = <N extends PlainCommand>(
  name: N,
  input: IncidentInput<N>,
  context: CommandContext,
): IncidentEvent => makeEvent(incidentCommands[name], input, context) as IncidentEvent;

const settling = new Map(
  Object.entries(incidentCommands).flatMap(([name, declared]): [IncidentCommandName, Settling][] =>
    'settles' in declared ? [[name as IncidentCommandName, declared as Settling]] : [],
  ),
);

/**
 * The command that sets a field to what a claim says: a person who may give it may decide for the claim. Undefined
 * where people cannot dispute the field.
 */
export const decidingCommand = (field: string, value: ClaimValue): IncidentCommandName | undefined =>
  [...settling].find(([, { settles }]) => settles.isFor(field, value))?.[0];

/** The event with which that command repeats what the claim said; undefined where there is no such command. */
export function decidedEvent(decision: Decision, context: CommandContext): IncidentEvent | undefined {
  const declared = settling.get(decidingCommand(decision.field, decision.value) ?? 'incident.decide');
  return declared === undefined
    ? undefined
    : ({ kind: declared.event.shape.kind.value, ...declared.settles.toEvent(decision, context) } as IncidentEvent);
}
