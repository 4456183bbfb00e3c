import { z } from 'zod';
import { call, nothing } from '../commands/declare.ts';
import { impactCommands } from '../impact/commands/impactCommands.ts';
import { auditSchema } from '../impact/audit.ts';
import { evaluationSchema } from '../impact/evaluation.ts';
import { planSchema } from '../impact/plan.ts';

const measureSchema = z.object({
  id: z.string(),
  version: z.number(),
  name: z.string(),
  formula: z.string(),
  unit: z.string(),
  window: z.string(),
  exclusions: z.array(z.string()),
  leastShare: z.number(),
  better: z.enum(['higher', 'lower']),
  source: z.string(),
  /** Its values are in the ledger, so a plan can use it. */
  isKept: z.boolean(),
  hash: z.string(),
  /** Whether the county took this very definition as its own. */
  isAdopted: z.boolean(),
});

/** The requests about measures, plans and their results. */
export const impactRequests = {
  ...impactCommands,
  'impact.measures': call(nothing, z.object({ measures: z.array(measureSchema) }), 'impact.read'),
  'impact.plans': call(nothing, z.object({ plans: z.array(planSchema) }), 'impact.read'),
  /** Where to act first, as of yesterday. */
  'impact.audit': call(nothing, auditSchema, 'impact.read'),
  /** The report of an evaluation; it is kept at the workstation that made it. */
  'impact.evaluation': call(z.object({ hash: z.string().max(64) }), evaluationSchema, 'impact.read'),
} as const;
