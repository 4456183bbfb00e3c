import { z } from 'zod';
import { nothing } from '../../commands/declare.ts';
import { unitStatuses } from '../../base/values.ts';
import { engagementAfter, withEngagement } from '../engagement.ts';
import type { Engagement, Incident } from '../incident.ts';
import { UNIT_SOURCE, withMilestone } from '../milestones.ts';
import { about, handledCommand, incidentRef, ownEvent, whileOpen } from './incidentCommand.ts';
import type { IncidentChange } from './incidentCommand.ts';

/** The commands with which people order units. */
export const unitCommands = {
  /** Orders a unit to the incident. `divertFrom`: the incident that it may be taken from, as the dispatcher saw it. */
  'incident.orderUnit': handledCommand({
    needs: 'unit.dispatch',
    allowedIn: whileOpen,
    input: z.object({
      ...incidentRef,
      unitId: z.string().max(100),
      order: z.enum(['go', 'standDown']),
      divertFrom: incidentRef.incidentId.optional(),
    }),
    output: nothing,
    /** `fromId`: the incident that the unit is taken from by the same event. */
    event: z.object({
      kind: z.literal('incident.unitOrdered'),
      ...about,
      unitId: z.string(),
      order: z.enum(['go', 'standDown']),
      fromId: z.string().optional(),
    }),
    // The first order is the dispatch (T3). An order that takes the unit from another incident stands it down there.
    change: (incident, { event: { incidentId, unitId, order }, atMs, by }) => {
      const isHere = incident.id === incidentId;
      const state = isHere && order === 'go' ? 'ordered' : 'stoodDown';
      const units = withEngagement(incident.engagements, { unitId, state, atMs });
      return state === 'ordered' && incident.milestones.T3 === undefined
        ? { ...units, ...withMilestone(incident, 'T3', { atMs, by, source: `order to ${unitId}` }) }
        : units;
    },
    line: (incident, { event: { incidentId, unitId, order } }) => {
      if (incident.id !== incidentId) return `${unitId} diverted to ${incidentId}`;
      return order === 'standDown' ? `${unitId} stood down` : `${unitId} ordered to go`;
    },
  }),
} as const;

const unitWords = {
  dispatched: 'has the order',
  accepted: 'has accepted',
  enRoute: 'is on its way',
  onScene: 'is on scene',
  returning: 'has left',
  available: 'is available',
  offDuty: 'is off duty',
} as const;

/** Applies a unit's report: the arrival of the first unit is T4, the departure of the last is T6. */
function changeReport(incident: Incident, unitId: string, state: Engagement['state'], atMs: number): IncidentChange {
  const units = withEngagement(incident.engagements, { unitId, state, atMs });
  const said = { atMs, by: unitId, source: `${UNIT_SOURCE}${unitId}` };
  if (state === 'onScene') return { ...units, ...withMilestone(incident, 'T4', said) };
  const isLastToLeave =
    state === 'left' &&
    incident.milestones.T4 !== undefined &&
    units.engagements.every((engagement) => engagement.state === 'left');
  return { ...units, ...(isLastToLeave && withMilestone(incident, 'T6', said)) };
}

/** The events that come from the reports of units. */
export const unitEvents = {
  /** `atMs` is the unit's own time. */
  reported: ownEvent({
    event: z.object({
      kind: z.literal('incident.unitReported'),
      ...about,
      unitId: z.string(),
      status: z.enum(unitStatuses),
      atMs: z.number(),
    }),
    change: (incident, { event: { unitId, status, atMs } }) => {
      const known = incident.engagements?.find((engagement) => engagement.unitId === unitId);
      const state = known === undefined ? undefined : engagementAfter(known.state, status);
      return state === undefined ? {} : changeReport(incident, unitId, state, atMs);
    },
    line: (_incident, { event: { unitId, status } }) => `${unitId} ${unitWords[status]}`,
  }),
} as const;
