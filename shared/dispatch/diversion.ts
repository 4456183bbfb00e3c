import { z } from 'zod';

/** A road of a diversion, with the traffic that comes to it. */
const filledRoadSchema = z.object({
  road: z.string(),
  /** Vehicles per hour that come from the closed road. */
  addedVph: z.number(),
  /** Traffic over capacity where the road is narrowest, with what comes to it. */
  load: z.number(),
  /** Whether both flows were measured; otherwise usual ones are assumed. */
  isMeasured: z.boolean(),
});
const diversionSchema = z.object({
  /** The road and direction that is closed. */
  closed: z.string(),
  /** The roads of the diversion in the order in which they are driven. */
  text: z.string(),
  linkIds: z.array(z.string()),
  /** How much longer it is than the closed road, in metres and in seconds; negative where it is shorter. */
  extraM: z.number(),
  extraS: z.number(),
  fills: z.array(filledRoadSchema),
});
/** A way round a closed stretch of road in one direction. */
export type Diversion = z.infer<typeof diversionSchema>;

/** The ways round the closures of an incident, and in words where there is none. */
export const diversionsSchema = z.object({
  incidentId: z.string(),
  diversions: z.array(diversionSchema),
  refusals: z.array(z.string()),
});
export type Diversions = z.infer<typeof diversionsSchema>;
