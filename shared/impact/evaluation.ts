import { z } from 'zod';
import { frozenSchema, planTextSchema } from './plan.ts';
import { valuesReadSchema } from './values.ts';

const sampleSchema = z.object({
  /** The local day, numbered since 1970-01-01. */
  day: z.number().int(),
  value: z.number(),
  /** It came by file, from before Beacon. */
  isImported: z.literal(true).optional(),
});
/** The value of a place on a local day. */
export type Sample = z.infer<typeof sampleSchema>;

const resultSchema = z.union([
  z.object({
    method: z.string(),
    share: z.number(),
    low90: z.number(),
    high90: z.number(),
    chance: z.number(),
    isSeen: z.boolean(),
    before: z.number(),
    after: z.number(),
    doubts: z.array(z.string()),
  }),
  z.object({ fault: z.string() }),
]);

/** The samples of one place. */
export const placeSamplesSchema = z.object({ place: z.string(), samples: z.array(sampleSchema) });
export type PlaceSamples = z.infer<typeof placeSamplesSchema>;

/** A report of an evaluation: everything that is needed to compute it again, and what came of it. */
export const evaluationSchema = z.object({
  format: z.literal(1),
  planId: z.string(),
  plan: planTextSchema,
  registration: frozenSchema.optional(),
  exploratoryBecause: z.string().optional(),
  measure: z.record(z.string(), z.unknown()),
  measureHash: z.string(),
  timeZone: z.string(),
  toDay: z.string(),
  place: placeSamplesSchema,
  comparison: z.array(placeSamplesSchema),
  samplesHash: z.string(),
  result: resultSchema,
  naive: resultSchema,
  /** The effect in the unit of the measure: the change of its daily mean. */
  amount: z.number().optional(),
  worth: z.union([
    z.object({
      perYear: z.number(),
      currency: z.string(),
      priceYear: z.number(),
      isCashable: z.boolean(),
      values: z.array(z.string()),
      isExample: z.boolean(),
      /**
       * Where the plan names a cost: when it is paid, and what is left of ten years (with the county's discount
       * rate).
       */
      paybackYears: z.number().optional(),
      netPresentValue: z.number().optional(),
    }),
    z.object({ fault: z.string() }),
  ]),
  /** The county's values as they were used. */
  values: valuesReadSchema,
});
export type Evaluation = z.infer<typeof evaluationSchema>;
