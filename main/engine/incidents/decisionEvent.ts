import { decidedEvent, decidingCommand } from '../../../shared/incidents/commandEvents.ts';
import type { CommandContext } from '../../../shared/incidents/commands/incidentCommand.ts';
import { incidentCommands } from '../../../shared/incidents/commands/incidentCommands.ts';
import type { IncidentEvent, IncidentInput } from '../../../shared/incidents/commands/incidentCommands.ts';
import { lackingSentence, may } from '../../../shared/people/permissions.ts';

/**
 * The event that settles a conflict for one of its claims. It repeats what that claim said and is written by somebody
 * who has seen all of the claims, whether it changes anything or not. Refuses where there is no such claim, or where
 * the person may not make such a claim.
 */
export function decisionEvent(
  { incidentId, field, value }: IncidentInput<'incident.decide'>,
  context: CommandContext,
): IncidentEvent {
  const { incident, author, refuse } = context;
  const command = decidingCommand(field, value);
  const isClaimed =
    incident.conflicts?.some(
      (conflict) => conflict.field === field && conflict.claims.some((claim) => claim.value === value),
    ) ?? false;
  if (command === undefined || !isClaimed) return refuse(`This is no longer disputed in ${incidentId}.`);
  const { needs } = incidentCommands[command];
  if (!may(author.role, needs)) refuse(lackingSentence(author, needs));
  return decidedEvent({ incidentId, field, value, text: String(value) }, context) ?? refuse('Nobody can decide this.');
}
