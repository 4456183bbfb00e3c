import { z } from 'zod';

/** What a kind of loss is counted in per year, and what may be done. */
export const stakeKinds = {
  delay: {
    label: 'Delay on a link',
    unit: 'veh·h',
    measureId: 'trafficDelay',
    nextStep: 'Retime the signals, or look at what narrows the road; write a plan first.',
  },
  leakage: {
    label: 'Night flow of a zone',
    unit: 'm³',
    measureId: 'nightFlow',
    nextStep: 'Search for leaks in this zone by night, and check its legitimate night use.',
  },
  lateRoute: {
    label: 'Late route',
    unit: 'vehicle·h',
    measureId: 'routeDelay',
    nextStep: 'Compare the running times with the timetable, and change it where no trip can be on time.',
  },
} as const;
export type StakeKind = keyof typeof stakeKinds;
const kindSchema = z.enum(Object.keys(stakeKinds) as [StakeKind, ...StakeKind[]]);

const moneySchema = z.object({ perYear: z.number(), low: z.number(), high: z.number() });

/** One place where something can be won, and how sure that is. */
export const stakeSchema = z.object({
  kind: kindSchema,
  place: z.string(),
  name: z.string(),
  /** What is lost per year in the unit of the kind, shrunk towards the like, with its 90 % range. */
  perYear: z.number(),
  low: z.number(),
  high: z.number(),
  /** The mean of the place's own data, before it was shrunk. */
  measured: z.number(),
  money: moneySchema.optional(),
  /** The chance that it is really among the first ten. */
  firstTen: z.number(),
  /** On what it rests: weeks with data, the share of the year, and how much weight its own data have. */
  weeks: z.number(),
  share: z.number(),
  ownWeight: z.number(),
});
export type Stake = z.infer<typeof stakeSchema>;

/** The ranked list, and what could not be judged with what is missing. */
export const auditSchema = z.object({
  /** The newest day that it rests on. */
  toDay: z.string(),
  currency: z.string().optional(),
  /** Why there is no money in it; absent where there is. */
  moneyFault: z.string().optional(),
  stakes: z.array(stakeSchema),
  unjudged: z.array(z.object({ kind: kindSchema, place: z.string(), name: z.string(), reason: z.string() })),
});
export type Audit = z.infer<typeof auditSchema>;
