import { always } from './commands/incidentCommand.ts';
import type { IncidentPhase } from './commands/incidentCommand.ts';
import { incidentCommands } from './commands/incidentCommands.ts';
import type { IncidentCommandName } from './commands/incidentCommands.ts';
import type { Incident } from './incident.ts';

type ActionOf<N> = N extends `incident.${infer A}` ? A : never;
/** An action on an incident: the name of a command without the word before the point. */
export type IncidentAction = ActionOf<IncidentCommandName>;
type Phased = Pick<Incident, 'status' | 'review' | 'mergedInto'>;

/** The phase of an incident, on which commands depend. */
function phaseOf({ status, review, mergedInto }: Phased): IncidentPhase {
  if (mergedInto !== undefined) return 'merged';
  if (review !== undefined) return 'closed';
  if (status === 'resolved') return 'resolved';
  return status === 'reported' ? 'reported' : 'underWay';
}

/** The actions that the declarations allow in each phase. */
export function actionsByPhase<N extends string>(
  commands: Readonly<Record<N, { allowedIn: readonly IncidentPhase[] }>>,
): Readonly<Record<IncidentPhase, readonly ActionOf<N>[]>> {
  const names = Object.keys(commands) as N[];
  const allowedIn = (phase: IncidentPhase): ActionOf<N>[] =>
    names
      .filter((name) => commands[name].allowedIn.includes(phase))
      .map((name) => name.slice(name.indexOf('.') + 1) as ActionOf<N>);
  return Object.fromEntries(always.map((phase) => [phase, allowedIn(phase)])) as Record<IncidentPhase, ActionOf<N>[]>;
}

const incidentActions = actionsByPhase(incidentCommands);

/**
 * The actions that are allowed on an incident now; the screen offers nothing else and the engine accepts nothing else.
 */
export const allowedActions = (incident: Phased): readonly IncidentAction[] => incidentActions[phaseOf(incident)];

/** Why a command may not be given for an incident now; undefined where it may. */
export function refusalOf(incident: Incident, name: IncidentCommandName): string | undefined {
  const command: { allowedIn: readonly IncidentPhase[]; refusal?: (incident: Incident) => string } =
    incidentCommands[name];
  const phase = phaseOf(incident);
  if (command.allowedIn.includes(phase)) return undefined;
  if (phase === 'merged')
    return `${incident.id} was merged into ${incident.mergedInto ?? 'another'}. Work there, or undo it first.`;
  if (command.refusal !== undefined) return command.refusal(incident);
  if (phase === 'closed') return `${incident.id} has been reviewed and closed.`;
  return phase === 'resolved' ? `${incident.id} is resolved. Reopen it first.` : `${incident.id} is not resolved.`;
}
