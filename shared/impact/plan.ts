import { z } from 'zod';
import { text } from '../commands/declare.ts';
import { sequenceHeadSchema } from '../people/sequenceHead.ts';
import { personSchema } from '../people/person.ts';
import { dayTextSchema } from './dayText.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A place as the ledger names it: a link, route, zone or feeder; empty for the whole county. */
const placeSchema = z.string().max(200);

/** How a change will be judged, written down before it happens. */
export const planTextSchema = z.object({
  question: text(500),
  measureId: z.string().max(60),
  measureVersion: z.number().int(),
  place: placeSchema,
  /** Places that have no change, from which the comparison is chosen by likeness before the start. */
  comparison: z.array(placeSchema).max(200),
  baselineFrom: dayTextSchema,
  /** The first day of the change, the first day after the change-over (which is left out), and the last day judged. */
  startDay: dayTextSchema,
  afterDay: dayTextSchema,
  lastDay: dayTextSchema,
  method: z.enum(['interruptedSeries', 'differenceInDifferences']),
  /** Days from which on another sensor measures. */
  sensorDays: z.array(dayTextSchema).max(20),
  /** What the change costs once, in the money of the county's values; absent where nobody knows. */
  cost: z.number().nonnegative().optional(),
  /** What else may move the measure at that time. */
  mayMove: z.string().max(2000),
});
export type PlanText = z.infer<typeof planTextSchema>;

/** What an evaluation found, in short; `fault` where it could find nothing. */
export const findingSchema = z.object({
  share: z.number().optional(),
  low90: z.number().optional(),
  high90: z.number().optional(),
  isSeen: z.boolean(),
  naiveShare: z.number().optional(),
  /** The effect in the unit of the measure, and in money per year where the county has values for it. */
  amount: z.number().optional(),
  moneyPerYear: z.number().optional(),
  currency: z.string().max(10).optional(),
  fault: z.string().max(500).optional(),
});
export type Finding = z.infer<typeof findingSchema>;

/** What freezes a plan: the ends of the log, the definition of the measure, and the values of the baseline. */
export const frozenSchema = z.object({
  planHash: sha256,
  measureHash: sha256,
  baselineHash: sha256,
  heads: z.array(sequenceHeadSchema).max(1000),
  /** The local day of the registration. */
  onDay: dayTextSchema,
  /** The smallest effect (a share) that would be seen in nine of ten cases; absent where the baseline is too short. */
  smallestEffect: z.number().optional(),
});
export type Frozen = z.infer<typeof frozenSchema>;

const actionSchema = z.object({ by: personSchema, atMs: z.number() });

/** A plan as the log makes it, from idea to result. */
export const planSchema = z.object({
  id: z.string(),
  plan: planTextSchema,
  written: actionSchema,
  registered: frozenSchema.extend(actionSchema.shape).optional(),
  /** Earlier texts, the oldest first, each with why it was changed and whether results had been seen by then. */
  earlier: z.array(
    z.object({ plan: planTextSchema, reason: z.string(), hadSeen: z.boolean() }).extend(actionSchema.shape),
  ),
  evaluations: z.array(
    z.object({ reportHash: sha256, toDay: dayTextSchema, finding: findingSchema }).extend(actionSchema.shape),
  ),
  /** Why a result is exploratory and proves nothing; absent for a plan that was fixed before anybody looked. */
  exploratoryBecause: z.string().optional(),
});
export type Plan = z.infer<typeof planSchema>;
