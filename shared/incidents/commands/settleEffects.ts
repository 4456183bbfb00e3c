import { commandEvent } from '../commandEvents.ts';
import type { Incident } from '../incident.ts';
import { openEffects } from '../openEffects.ts';
import type { DecidedEffect } from '../openEffects.ts';
import type { CommandContext } from './incidentCommand.ts';
import type { IncidentEvent } from './incidentCommands.ts';

/** What has to be done about an effect before its incident is resolved: an order to a unit, or events of the log. */
export type Settlement = { kind: 'order'; unitId: string; toId?: string } | { kind: 'events'; events: IncidentEvent[] };

type Taking = { source: CommandContext; target: CommandContext | undefined };

/**
 * What follows from the decisions about the open effects of an incident; effects that have ended meanwhile need
 * nothing. An effect that is handed on begins at the other incident before it ends at this one, so that it is never at
 * neither of them.
 */
export function settleEffects(
  decided: readonly DecidedEffect[],
  source: CommandContext,
  target: CommandContext | undefined,
): Settlement[] {
  const open = openEffects(source.incident);
  return decided
    .filter(({ kind, id, fate }) => fate !== 'keep' && open.some((each) => each.kind === kind && each.id === id))
    .map((effect): Settlement => {
      const to = effect.fate === 'handOn' ? target : undefined;
      if (effect.kind === 'unit')
        return { kind: 'order', unitId: effect.id, ...(to !== undefined && { toId: to.incident.id }) };
      return { kind: 'events', events: [...begun(effect, { source, target: to }), ...ended(effect, source, to)] };
    });
}

/** The end of an effect; where it is handed on, the event names the incident that has it now. */
function ended({ kind, id }: DecidedEffect, context: CommandContext, to: CommandContext | undefined): IncidentEvent[] {
  const { incident } = context;
  const about = { incidentId: incident.id };
  const handedOnTo = to === undefined ? {} : { handedOnTo: to.incident.id };
  switch (kind) {
    case 'unit':
      return [];
    case 'closure':
      return [{ ...commandEvent('incident.openRoad', { ...about, linkId: id }, context), ...handedOnTo }];
    case 'diversion':
      return [{ ...commandEvent('incident.endDiversion', { ...about, diversionId: id }, context), ...handedOnTo }];
    case 'alert':
      return [{ ...commandEvent('incident.endAlert', { ...about, alertId: id }, context), ...handedOnTo }];
    case 'outage':
      return [{ ...commandEvent('incident.stateOutage', { ...about, customers: 0 }, context), ...handedOnTo }];
    case 'publicMessage': {
      const text = incident.publicMessage?.text ?? '';
      const withdrawn = { ...about, text, state: 'withdrawn' as const };
      return [{ ...commandEvent('incident.setPublicMessage', withdrawn, context), ...handedOnTo }];
    }
  }
}

/** Until when the effect lasts; an end that is over says nothing about how long it lasts from now on. */
const stillUntil = ({ untilMs }: { untilMs?: number | undefined }, { nowMs }: CommandContext): { untilMs?: number } =>
  untilMs === undefined || untilMs <= nowMs ? {} : { untilMs };

/** The same effect at the incident that takes it over, unless that has it already. */
function begun({ kind, id }: DecidedEffect, { source: { incident }, target }: Taking): IncidentEvent[] {
  if (target === undefined) return [];
  const about = { incidentId: target.incident.id };
  switch (kind) {
    case 'unit':
      return [];
    case 'closure':
      return takenClosure(incident, id, target);
    case 'diversion': {
      const diversion = incident.diversions?.find((each) => each.id === id);
      if (diversion === undefined) return [];
      const { text, linkIds } = diversion;
      return [
        commandEvent('incident.setDiversion', { ...about, text, linkIds, ...stillUntil(diversion, target) }, target),
      ];
    }
    case 'alert': {
      const alert = incident.alerts?.find((each) => each.id === id);
      if (alert === undefined) return [];
      const { text, routeIds } = alert;
      return [commandEvent('incident.setAlert', { ...about, text, routeIds, ...stillUntil(alert, target) }, target)];
    }
    case 'outage':
      return takenOutage(incident, target);
    case 'publicMessage': {
      if (target.incident.publicMessage?.state === 'released')
        target.refuse(`${target.incident.id} has a public message of its own. Withdraw one of them first.`);
      const text = incident.publicMessage?.text ?? '';
      return [commandEvent('incident.setPublicMessage', { ...about, text, state: 'released' }, target)];
    }
  }
}

/** What was stated at the other incident may count the same customers, and stands. */
function takenOutage({ outage }: Incident, target: CommandContext): IncidentEvent[] {
  if ((target.incident.outage?.customers ?? 0) > 0) return [];
  const input = { incidentId: target.incident.id, customers: outage?.customers ?? 0 };
  return [commandEvent('incident.stateOutage', input, target)];
}

function takenClosure(incident: Incident, linkId: string, target: CommandContext): IncidentEvent[] {
  const closure = incident.closures?.find((each) => each.linkId === linkId);
  if (closure === undefined || target.incident.closures?.some((each) => each.linkId === linkId) === true) return [];
  const { lanes } = closure;
  const about = { incidentId: target.incident.id, linkId };
  const input = { ...about, ...(lanes !== undefined && { lanes }), ...stillUntil(closure, target) };
  return [commandEvent('incident.closeRoad', input, target)];
}
