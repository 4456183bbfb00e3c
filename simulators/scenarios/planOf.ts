import { planBunching } from './planBunching.ts';
import { planBurst } from './planBurst.ts';
import { planCrash } from './planCrash.ts';
import { planLeaks, planTamper } from './planMeterFaults.ts';
import { planBranchOutage, planFeederOutage } from './planOutage.ts';
import { planBrokerLoss, planDeadDetectors, planNoAnswer, planReports } from './planSmall.ts';
import type { Cue } from './programme.ts';
import type { Scenario, Stage } from './Scenario.ts';

const plans = {
  crash: planCrash,
  burst: planBurst,
  outage: planFeederOutage,
  bunching: planBunching,
  leaks: planLeaks,
  tamper: planTamper,
  deadDetectors: planDeadDetectors,
  brokerLoss: planBrokerLoss,
  reports: planReports,
  noAnswer: planNoAnswer,
};

/**
 * The scenarios that a cue starts. In a demonstration every second outage, beginning with the first, affects only a
 * branch.
 */
export function planOf(cue: Cue, stage: Stage): Scenario[] {
  const plan = cue.name === 'outage' && cue.isDemo && cue.round % 2 === 0 ? planBranchOutage : plans[cue.name];
  return plan(stage, cue.atMs);
}
