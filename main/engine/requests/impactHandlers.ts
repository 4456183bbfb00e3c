import { measures } from '../../../shared/impact/measures.ts';
import type { impactRequests } from '../../../shared/contract/impactRequests.ts';
import type { Handlers } from '../base/Handlers.ts';
import type { CountyAudit } from '../impact/audit/CountyAudit.ts';
import { measureHash } from '../impact/measureHash.ts';
import type { PlanCommands } from '../impact/PlanCommands.ts';

/** Answers requests about measures, plans and their results. */
export function impactHandlers(plans: PlanCommands, audit: CountyAudit): Pick<Handlers, keyof typeof impactRequests> {
  return {
    'impact.measures': () => ({
      measures: measures.map(({ ledger, ...measure }) => {
        const hash = measureHash({ ...measure, ...(ledger && { ledger }) });
        const { exclusions } = measure;
        return {
          ...measure,
          ...{ exclusions: [...exclusions], isKept: ledger !== undefined, hash, isAdopted: plans.isAdopted(hash) },
        };
      }),
    }),
    'impact.audit': () => audit.audit(),
    'impact.plans': () => ({ plans: plans.plans() }),
    'impact.evaluation': ({ hash }) => plans.evaluation(hash),
    'plan.write': async ({ plan }, person) => ({ planId: await plans.write(person, plan) }),
    'plan.amend': async ({ planId, plan, reason }, person) => {
      await plans.amend(person, planId, plan, reason);
      return {};
    },
    'plan.register': async ({ planId }, person) => {
      await plans.register(person, planId);
      return {};
    },
    'plan.evaluate': ({ planId }, person) => plans.evaluate(person, planId),
    'measure.adopt': async ({ measureId }, person) => {
      await plans.adopt(person, measureId);
      return {};
    },
  };
}
