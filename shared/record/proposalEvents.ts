import { z } from 'zod';
import { proposedAlarmSchema } from '../proposals/proposal.ts';

const alarms = z.array(proposedAlarmSchema);

/** What people answered to proposals. `targetId` is the incident that it became, or was added to. */
export const proposalEvents = [
  z.object({ kind: z.literal('proposal.accepted'), proposalId: z.string(), targetId: z.string(), alarms }),
  z.object({
    kind: z.literal('proposal.refused'),
    proposalId: z.string(),
    title: z.string(),
    alarms,
    incidentIds: z.array(z.string()),
    reason: z.string(),
  }),
  /** Accepted without some: those `apart` do not belong to the incident. */
  z.object({
    kind: z.literal('proposal.split'),
    proposalId: z.string(),
    targetId: z.string(),
    kept: alarms,
    apart: alarms,
  }),
] as const;
