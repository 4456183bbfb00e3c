import { z } from 'zod';
import { command, nothing, text } from './declare.ts';

const proposalId = z.string().min(1).max(300);
const alarmIds = z.array(z.string().max(300)).max(1000);

/**
 * The answers to what Beacon proposes. A proposal is named as the stream `proposals` does; one that is no longer there
 * is refused.
 */
export const proposalRequests = {
  /**
   * Opens, adds to or merges, as proposed, with the alarms named; those of the proposal that are left out are kept
   * apart from then on.
   */
  'proposal.accept': command(z.object({ proposalId, alarmIds }), z.object({ incidentId: z.string() }), 'operator'),
  'proposal.refuse': command(z.object({ proposalId, reason: text(1000) }), nothing, 'operator'),
} as const;
