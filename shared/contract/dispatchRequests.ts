import { z } from 'zod';
import { recommendationSchema } from '../dispatch/recommendation.ts';
import { call } from '../commands/declare.ts';

/** The requests about the choice of units for an incident. */
export const dispatchRequests = {
  'dispatch.recommend': call(z.object({ incidentId: z.string().min(1).max(100) }), recommendationSchema),
} as const;
