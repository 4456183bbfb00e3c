import { z } from 'zod';
import { command, nothing, text } from '../../commands/declare.ts';
import { dayTextSchema } from '../dayText.ts';
import { findingSchema, frozenSchema, planTextSchema } from '../plan.ts';

const planId = z.string().min(1).max(40);
const named = { planId };

/**
 * The commands on plans of evaluation. `foldPlans` makes plans of the events. A plan is written by one person and
 * registered by another one; an evaluation names its report by hash.
 */
export const impactCommands = {
  'plan.write': {
    ...command(z.object({ plan: planTextSchema }), z.object(named), 'impact.plan'),
    event: z.object({ kind: z.literal('plan.written'), ...named, plan: planTextSchema }),
  },
  'plan.amend': {
    ...command(z.object({ ...named, plan: planTextSchema, reason: text(1000) }), nothing, 'impact.plan'),
    event: z.object({ kind: z.literal('plan.amended'), ...named, plan: planTextSchema, reason: z.string() }),
  },
  'plan.register': {
    ...command(z.object(named), nothing, 'impact.plan'),
    event: z.object({ kind: z.literal('plan.registered'), ...named, ...frozenSchema.shape }),
  },
  'plan.evaluate': {
    ...command(z.object(named), z.object({ reportHash: z.string(), finding: findingSchema }), 'impact.plan'),
    /** With measure and place, because their data have then been seen for every other plan as well. */
    event: z.object({
      kind: z.literal('plan.evaluated'),
      ...named,
      measureId: z.string(),
      place: z.string(),
      toDay: dayTextSchema,
      reportHash: z.string().regex(/^[0-9a-f]{64}$/),
      finding: findingSchema,
    }),
  },
  /** The county takes a definition as its own; the whole definition stands in the log. */
  'measure.adopt': {
    ...command(z.object({ measureId: z.string().max(60) }), nothing, 'impact.plan'),
    event: z.object({
      kind: z.literal('measure.adopted'),
      measureId: z.string(),
      version: z.number().int(),
      hash: z.string().regex(/^[0-9a-f]{64}$/),
      definition: z.record(z.string(), z.unknown()),
    }),
  },
} as const;
