import { z } from 'zod';
import { progressSchema } from '../dispatch/arrival.ts';
import { diversionsSchema } from '../dispatch/diversion.ts';
import { recommendationSchema } from '../dispatch/recommendation.ts';
import { call } from '../commands/declare.ts';

const incident = z.object({ incidentId: z.string().min(1).max(100) });

/**
 * The requests about the choice of units for an incident, about those that were sent, and about ways round closures.
 */
export const dispatchRequests = {
  'dispatch.recommend': call(incident, recommendationSchema),
  'dispatch.progress': call(incident, progressSchema),
  'dispatch.diversions': call(incident, diversionsSchema),
} as const;
