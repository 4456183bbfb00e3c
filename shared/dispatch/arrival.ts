import { z } from 'zod';
import { engagementSchema } from '../incidents/incident.ts';
import { arrivalBand } from './rules.ts';

/** When a unit is expected and how sure that is: the likeliest time, and the earliest and the latest one, UTC ms. */
const arrivalSchema = z.object({
  atMs: z.number(),
  earliestMs: z.number(),
  latestMs: z.number(),
  distanceM: z.number(),
  /** The rest of its way by road, as lon and lat. */
  route: z.array(z.tuple([z.number(), z.number()])),
});
export type Arrival = z.infer<typeof arrivalSchema>;

/** A unit that was sent: where it is, when it was last heard there, and when it arrives. */
const unitProgressSchema = z.object({
  unitId: z.string(),
  name: z.string(),
  state: engagementSchema.shape.state,
  lon: z.number().optional(),
  lat: z.number().optional(),
  /** The time of its position. */
  heardAtMs: z.number().optional(),
  /** Absent where it is on scene, and where nobody can say when it arrives: then `unknown` says why. */
  arrival: arrivalSchema.optional(),
  unknown: z.string().optional(),
});
export type UnitProgress = z.infer<typeof unitProgressSchema>;

/** The units that work for an incident, each with its way and its arrival. Times are UTC ms. */
export const progressSchema = z.object({
  incidentId: z.string(),
  atMs: z.number(),
  units: z.array(unitProgressSchema),
});
export type Progress = z.infer<typeof progressSchema>;

/** What is known of a drive, in seconds: `freeS` is its time on empty roads, `ageS` the age of the position. */
type Drive = { turnoutS: number; travelS: number; freeS: number; ageS: number };

/**
 * How long a drive takes at the likeliest, at least and at most. At least: on empty roads, and from a place that the
 * unit has left since it was heard. At most: `arrivalBand.slowerShare` slower than others drive now.
 */
export function bandOf({ turnoutS, travelS, freeS, ageS }: Drive): {
  etaS: number;
  earliestS: number;
  latestS: number;
} {
  const etaS = turnoutS + travelS;
  const { slowerShare, leastS } = arrivalBand;
  return {
    etaS,
    earliestS: Math.max(0, Math.min(turnoutS + freeS, etaS - leastS) - ageS),
    latestS: etaS + slowerShare * travelS + leastS,
  };
}
