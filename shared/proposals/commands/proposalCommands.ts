import { z } from 'zod';
import { command, nothing, text } from '../../commands/declare.ts';
import { proposedAlarmSchema } from '../proposal.ts';

const proposalId = z.string().min(1).max(300);
const alarms = z.array(proposedAlarmSchema);

/**
 * The commands with which people answer what Beacon proposes. A proposal is named by its id in the stream `proposals`;
 * one that no longer exists is refused. `targetId` of an event is the incident that it became, or was added to.
 */
export const proposalCommands = {
  /**
   * Opens, adds to or merges incidents as proposed, with the alarms named; alarms of the proposal that are left out are
   * kept apart from then on. Accepting a proposal to merge needs the right to merge.
   */
  'proposal.accept': {
    ...command(
      z.object({ proposalId, alarmIds: z.array(z.string().max(300)).max(1000) }),
      z.object({ incidentId: z.string() }),
      'incident.handle',
    ),
    event: z.object({ kind: z.literal('proposal.accepted'), proposalId: z.string(), targetId: z.string(), alarms }),
    alsoWrites: ['proposal.split', 'incident.opened', 'incident.linked'],
  },
  'proposal.refuse': {
    ...command(z.object({ proposalId, reason: text(1000) }), nothing, 'incident.handle'),
    event: z.object({
      kind: z.literal('proposal.refused'),
      proposalId: z.string(),
      title: z.string(),
      alarms,
      incidentIds: z.array(z.string()),
      reason: z.string(),
    }),
  },
} as const;

/** The proposal was accepted without some of its alarms: those in `apart` do not belong to the incident. */
export const proposalSplit = z.object({
  kind: z.literal('proposal.split'),
  proposalId: z.string(),
  targetId: z.string(),
  kept: alarms,
  apart: alarms,
});
