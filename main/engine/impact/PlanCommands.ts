import type { CountyMs } from '../../../shared/base/clock.ts';
import { createLocalDays } from '../../../shared/base/localDays.ts';
import type { LocalDays } from '../../../shared/base/localDays.ts';
import { foldPlans, isPlanEntry } from '../../../shared/folds/foldPlans.ts';
import { dayOfText, textOfDay } from '../../../shared/impact/dayText.ts';
import { evaluationSchema } from '../../../shared/impact/evaluation.ts';
import type { Evaluation } from '../../../shared/impact/evaluation.ts';
import type { Measure } from '../../../shared/impact/measure.ts';
import { measures } from '../../../shared/impact/measures.ts';
import type { Finding, Plan, PlanText } from '../../../shared/impact/plan.ts';
import { planFault } from '../../../shared/impact/planFault.ts';
import type { Person } from '../../../shared/people/person.ts';
import { entryId } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import { RequestError } from '../base/RequestError.ts';
import type { EventLog } from '../log/EventLog.ts';
import { findingOf, judge, smallestOf } from './evaluatePlan.ts';
import type { PlanSamples } from './evaluatePlan.ts';
import { findImpactFile, keepImpactFile } from './impactShelf.ts';
import { canonicalHash, measureHash } from './measureHash.ts';
import { readSamples } from './readSamples.ts';
import type { AskLedger } from './readSamples.ts';
import { readValues } from './readValues.ts';

type PlanOptions = {
  log: EventLog;
  ask: AskLedger;
  dataDir: string;
  countyDir: string;
  /** The county's time zone: values are of local days. */
  timeZone: string;
  nowMs: () => CountyMs;
};

/**
 * Plans of evaluation: a projection of the log, and the commands on them. Registering freezes a plan with the baseline,
 * which is kept as a file named by its hash; evaluating keeps a report that anybody can compute again.
 */
export class PlanCommands {
  readonly #options: PlanOptions;
  readonly #days: LocalDays;
  readonly #entries = new Map<string, LogEntry>();
  readonly #adopted = new Set<string>();
  #plans: readonly Plan[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  /** Takes the entries that the log publishes from now on: the log is loaded afterwards. */
  constructor(options: PlanOptions) {
    this.#options = options;
    this.#days = createLocalDays(options.timeZone);
    options.log.onEntries((entries) => this.#take(entries));
  }

  /** All plans, the newest first, also those that came to nothing. */
  plans(): Plan[] {
    return this.#plans.toReversed();
  }

  /** Whether the county took a definition as its own. */
  isAdopted(hash: string): boolean {
    return this.#adopted.has(hash);
  }

  write(author: Person, plan: PlanText): Promise<string> {
    return this.#inTurn(async () => {
      this.#check(plan);
      const planId = `P${this.#plans.length + 1}-${canonicalHash(plan).slice(0, 6)}`;
      await this.#options.log.perform(author, { kind: 'plan.written', planId, plan });
      return planId;
    });
  }

  amend(author: Person, planId: string, plan: PlanText, reason: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#get(planId);
      this.#check(plan);
      await this.#options.log.perform(author, { kind: 'plan.amended', planId, plan, reason });
    });
  }

  register(author: Person, planId: string): Promise<void> {
    return this.#inTurn(async () => {
      const { plan, written, registered } = this.#get(planId);
      if (registered !== undefined)
        throw new RequestError('refused', `Plan ${planId} was registered by ${registered.by.name} already.`);
      if (written.by.id === author.id)
        throw new RequestError('refused', 'A plan is registered by somebody else than the person who wrote it.');
      const measure = this.#check(plan);
      const baseline = await this.#samples(plan, measure, dayOfText(plan.startDay) - 1);
      if (baseline.place.samples.length === 0)
        throw new RequestError('refused', 'The ledger has no values of this measure and place before the start.');
      const heads = Object.entries((await this.#options.log.heads()).heads).map(([sequence, { seq, hash }]) => ({
        sequence,
        seq,
        hash,
      }));
      const frozen = {
        measureHash: measureHash(measure),
        baselineHash: await keepImpactFile(this.#options.dataDir, baseline),
        heads,
        onDay: textOfDay(this.#days.dayOf(this.#options.nowMs())),
      };
      const smallestEffect = smallestOf(plan, baseline);
      await this.#options.log.perform(author, {
        kind: 'plan.registered',
        planId,
        planHash: planHashOf(plan, frozen),
        ...frozen,
        ...(smallestEffect !== undefined && { smallestEffect }),
      });
    });
  }

  evaluate(author: Person, planId: string): Promise<{ reportHash: string; finding: Finding }> {
    return this.#inTurn(async () => {
      const { plan } = this.#get(planId);
      const measure = this.#check(plan);
      const { dataDir, log, nowMs } = this.#options;
      const today = this.#days.dayOf(nowMs());
      const toDay = Math.min(dayOfText(plan.lastDay), today - 1);
      if (toDay < dayOfText(plan.startDay)) throw new RequestError('refused', 'The change has not begun yet.');
      const report = await this.#report(this.#get(planId), measure, toDay);
      const reportHash = await keepImpactFile(dataDir, report);
      const finding = findingOf(report);
      const { measureId, place } = plan;
      await log.perform(author, {
        kind: 'plan.evaluated',
        ...{ planId, measureId, place, reportHash, finding },
        toDay: textOfDay(toDay),
      });
      return { reportHash, finding };
    });
  }

  /** Takes the present definition of a measure as the county's. */
  async adopt(author: Person, measureId: string): Promise<void> {
    const measure = measureOf(measureId);
    const { version, ...rest } = measure;
    await this.#options.log.perform(author, {
      kind: 'measure.adopted',
      ...{ measureId, version, hash: measureHash(measure), definition: { ...rest, version } },
    });
  }

  /** The report of an evaluation. Throws a RequestError where it is not at this workstation, or was changed. */
  evaluation(hash: string): Evaluation {
    const read = evaluationSchema.safeParse(findImpactFile(this.#options.dataDir, hash));
    if (!read.success)
      throw new RequestError('notFound', 'The report is not at this workstation, or its file was changed.');
    return read.data;
  }

  async #report(found: Plan, measure: Measure, toDay: number): Promise<Evaluation> {
    const { plan, registered, exploratoryBecause } = found;
    const { countyDir, timeZone } = this.#options;
    const samples = await this.#samples(plan, measure, toDay);
    const values = readValues(countyDir);
    const { by: _by, atMs: _atMs, ...frozen } = registered ?? { by: undefined, atMs: undefined };
    const because = registered === undefined ? 'The plan is not registered.' : exploratoryBecause;
    return {
      format: 1,
      ...{ planId: found.id, plan, timeZone, toDay: textOfDay(toDay) },
      ...('planHash' in frozen && { registration: frozen }),
      ...(because !== undefined && { exploratoryBecause: because }),
      ...{ measure: { ...measure }, measureHash: measureHash(measure) },
      place: samples.place,
      comparison: [...samples.comparison],
      samplesHash: canonicalHash(samples),
      ...judge(plan, samples, values),
      values,
    };
  }

  async #samples(plan: PlanText, measure: Measure, toDay: number): Promise<PlanSamples> {
    const { ask } = this.#options;
    const span = { fromDay: dayOfText(plan.baselineFrom), toDay };
    const of = async (place: string): Promise<PlanSamples['place']> => ({
      place,
      samples: await readSamples(ask, this.#days, measure, place, span),
    });
    return { place: await of(plan.place), comparison: await Promise.all(plan.comparison.map(of)) };
  }

  #check(plan: PlanText): Measure {
    const fault = planFault(plan);
    if (fault !== undefined) throw new RequestError('refused', fault);
    return measureOf(plan.measureId);
  }

  #get(planId: string): Plan {
    const plan = this.#plans.find(({ id }) => id === planId);
    if (plan === undefined) throw new RequestError('notFound', `There is no plan ${planId}.`);
    return plan;
  }

  #take(entries: readonly LogEntry[]): void {
    for (const { event } of entries) if (event.kind === 'measure.adopted') this.#adopted.add(event.hash);
    const own = entries.filter(isPlanEntry);
    if (own.length === 0) return;
    for (const entry of own) this.#entries.set(entryId(entry), entry);
    this.#plans = foldPlans(this.#entries.values());
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

function measureOf(id: string): Measure {
  const measure = measures.find((each) => each.id === id);
  if (measure === undefined) throw new RequestError('notFound', `There is no measure ${id}.`);
  return measure;
}

/** The hash that freezes a plan: over its text, the definition, the baseline, the ends of the log and the day. */
export const planHashOf = (
  plan: PlanText,
  {
    measureHash: measure,
    baselineHash,
    heads,
    onDay,
  }: Pick<NonNullable<Evaluation['registration']>, 'measureHash' | 'baselineHash' | 'heads' | 'onDay'>,
): string => canonicalHash({ plan, measureHash: measure, baselineHash, heads, onDay });
