import { z } from 'zod';
import { unitKindSchema } from '../county/county.ts';

/** A unit that is proposed for an incident, with everything that speaks for and against it, in words. */
const proposalSchema = z.object({
  unitId: z.string(),
  name: z.string(),
  kind: unitKindSchema,
  /** The index in `needs` of the need that it is proposed for. */
  need: z.number(),
  /** True for the one that is proposed, false for those that could come in its place. */
  isFirst: z.boolean(),
  /** Time from the order to the arrival: turnout and travel, in seconds. */
  etaS: z.number(),
  distanceM: z.number(),
  reasons: z.array(z.string()),
  against: z.array(z.string()),
  /** The incident that it would be taken from. */
  divertFrom: z.string().optional(),
  /** Its way by road, as lon and lat. */
  route: z.array(z.tuple([z.number(), z.number()])),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** Which units Beacon recommends for an incident, and why; a dispatcher decides. Times are UTC ms. */
export const recommendationSchema = z.object({
  incidentId: z.string(),
  atMs: z.number(),
  /** `freeFlow`: computed from the speeds of empty roads. `live`: computed from measured speeds where there are any. */
  travelTimes: z.enum(['freeFlow', 'live']),
  /**
   * What people must know about the computation: that the incident has no place, that its side of the road is not
   * known.
   */
  notes: z.array(z.string()),
  needs: z.array(
    z.object({
      name: z.string(),
      count: z.number(),
      when: z.string().optional(),
      /** Units that are ordered, on their way or on scene for it. */ unitIds: z.array(z.string()),
    }),
  ),
  /** The proposed units in the order of `needs`, then the alternatives, the best first. */
  proposals: z.array(proposalSchema),
  /** All other units, and why each is not proposed. */
  others: z.array(z.object({ unitId: z.string(), name: z.string(), kind: unitKindSchema, reason: z.string() })),
  /** The needs for which no unit can be proposed. */
  missing: z.array(z.object({ name: z.string(), count: z.number(), text: z.string() })),
});
export type Recommendation = z.infer<typeof recommendationSchema>;
