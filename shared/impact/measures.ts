import { alarmRate } from './measures/alarmRate.ts';
import { assistantAnswers } from './measures/assistantAnswers.ts';
import { billErrors } from './measures/billErrors.ts';
import { bufferIndex } from './measures/bufferIndex.ts';
import { caidi } from './measures/caidi.ts';
import { completionRate } from './measures/completionRate.ts';
import { costPerTransaction } from './measures/costPerTransaction.ts';
import { estimatedBills } from './measures/estimatedBills.ts';
import { excessWait } from './measures/excessWait.ts';
import { feederLosses } from './measures/feederLosses.ts';
import { firstAnswer } from './measures/firstAnswer.ts';
import { headwayRegularity } from './measures/headwayRegularity.ts';
import { ili } from './measures/ili.ts';
import { incidentTimes } from './measures/incidentTimes.ts';
import { loadEnergy } from './measures/loadEnergy.ts';
import { linkSpeed } from './measures/linkSpeed.ts';
import { lottr } from './measures/lottr.ts';
import { maifi } from './measures/maifi.ts';
import { majorEventDays } from './measures/majorEventDays.ts';
import { nightFlow } from './measures/nightFlow.ts';
import { onTimeShare } from './measures/onTimeShare.ts';
import { planningTimeIndex } from './measures/planningTimeIndex.ts';
import { promisesKept } from './measures/promisesKept.ts';
import { realLossPerConnection } from './measures/realLossPerConnection.ts';
import { reopenedShare } from './measures/reopenedShare.ts';
import { routeDelay } from './measures/routeDelay.ts';
import { saidi } from './measures/saidi.ts';
import { saifi } from './measures/saifi.ts';
import { satisfaction } from './measures/satisfaction.ts';
import { stepsPerTask } from './measures/stepsPerTask.ts';
import { takeUp } from './measures/takeUp.ts';
import { trafficDelay } from './measures/trafficDelay.ts';
import { travelTimeIndex } from './measures/travelTimeIndex.ts';
import { tripsRun } from './measures/tripsRun.ts';
import { uarl } from './measures/uarl.ts';
import { voltageInRange } from './measures/voltageInRange.ts';
import { waterBalance } from './measures/waterBalance.ts';
import { waterInflow } from './measures/waterInflow.ts';
import type { Measure } from './measure.ts';

/**
 * Every measure in its present version, by subject. A new version replaces the entry here; the log keeps the old one.
 */
export const measures: readonly Measure[] = [
  trafficDelay,
  linkSpeed,
  travelTimeIndex,
  planningTimeIndex,
  bufferIndex,
  lottr,
  onTimeShare,
  routeDelay,
  excessWait,
  headwayRegularity,
  tripsRun,
  incidentTimes,
  waterInflow,
  waterBalance,
  realLossPerConnection,
  uarl,
  ili,
  nightFlow,
  loadEnergy,
  saidi,
  saifi,
  caidi,
  maifi,
  majorEventDays,
  feederLosses,
  voltageInRange,
  estimatedBills,
  billErrors,
  promisesKept,
  reopenedShare,
  firstAnswer,
  completionRate,
  takeUp,
  costPerTransaction,
  satisfaction,
  assistantAnswers,
  alarmRate,
  stepsPerTask,
];
