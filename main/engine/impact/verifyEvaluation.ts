import { createLocalDays } from '../../../shared/base/localDays.ts';
import { dayOfText, textOfDay } from '../../../shared/impact/dayText.ts';
import { evaluationSchema } from '../../../shared/impact/evaluation.ts';
import type { Evaluation, PlaceSamples } from '../../../shared/impact/evaluation.ts';
import { measures } from '../../../shared/impact/measures.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import { judge } from './evaluatePlan.ts';
import { findImpactFile } from './impactShelf.ts';
import { canonicalHash, measureHash } from './measureHash.ts';
import { planHashOf } from './PlanCommands.ts';
import { readSamples } from './readSamples.ts';
import type { AskLedger } from './readSamples.ts';

type Sources = { entries: readonly LogEntry[]; ask: AskLedger; dataDir: string };

/** Most days that are named of one place. */
const MOST_NAMED = 3;
/** Results may differ by the rounding of another processor. */
const ROUNDING = 1e-9;

function definitionFaults({ measure, measureHash: hash, registration }: Evaluation): string[] {
  const known = measures.find(({ id }) => id === measure['id']);
  return [
    ...(canonicalHash(measure) === hash ? [] : ['The definition in the report is not the one that its hash names.']),
    ...(known !== undefined && known.version === measure['version'] && measureHash(known) !== hash
      ? [`The definition of ${known.id} differs from that of this program in the same version.`]
      : []),
    ...(known === undefined || known.version !== measure['version']
      ? [`This program does not have the measure ${String(measure['id'])} in version ${String(measure['version'])}.`]
      : []),
    ...(registration !== undefined && registration.measureHash !== hash
      ? ['The plan was registered with another definition of the measure.']
      : []),
  ];
}

function logFaults(report: Evaluation, hash: string, entries: readonly LogEntry[]): string[] {
  const own = entries.map(({ event }) => event).filter((event) => 'planId' in event && event.planId === report.planId);
  const isKnown = own.some((event) => event.kind === 'plan.evaluated' && event.reportHash === hash);
  const { registration, plan } = report;
  return [
    ...(isKnown ? [] : [`The log has no evaluation of plan ${report.planId} with the hash ${hash} of this report.`]),
    ...(registration === undefined
      ? []
      : [
          ...(planHashOf(plan, registration) === registration.planHash
            ? []
            : ['The plan in the report is not the one that its hash names.']),
          ...(own.some((event) => event.kind === 'plan.registered' && event.planHash === registration.planHash)
            ? []
            : ['The log has no registration of this plan with its hash.']),
        ]),
  ];
}

/** The days on which two lists of samples differ, in words. */
function sampleFaults(name: string, told: PlaceSamples, found: PlaceSamples | undefined, until: number): string[] {
  const [a, b] = [told, found].map(
    (each) => new Map((each?.samples ?? []).filter(({ day }) => day <= until).map(({ day, value }) => [day, value])),
  ) as [Map<number, number>, Map<number, number>];
  const days = [...new Set([...a.keys(), ...b.keys()])]
    .sort((x, y) => x - y)
    .filter((day) => a.get(day) !== b.get(day));
  const where = told.place === '' ? 'the county' : told.place;
  const named = days.slice(0, MOST_NAMED).map((day) => {
    const [report, other] = [a.get(day), b.get(day)].map((value) => (value === undefined ? 'no value' : String(value)));
    return `${textOfDay(day)} of ${where}: the report has ${report ?? ''}, ${name} has ${other ?? ''}.`;
  });
  return days.length > MOST_NAMED ? [...named, `${days.length - MOST_NAMED} more days of ${where} differ.`] : named;
}

function baselineFaults(report: Evaluation, dataDir: string): string[] {
  const { registration, plan } = report;
  if (registration === undefined) return [];
  const baseline = findImpactFile(dataDir, registration.baselineHash);
  if (baseline === undefined)
    return [`The file of the baseline (${registration.baselineHash}) is missing, or was changed.`];
  const { place, comparison } = baseline as Pick<Evaluation, 'place' | 'comparison'>;
  const until = dayOfText(plan.startDay) - 1;
  return [report.place, ...report.comparison].flatMap((told) =>
    sampleFaults(
      'the frozen baseline',
      told,
      [place, ...comparison].find((each) => each.place === told.place),
      until,
    ),
  );
}

async function ledgerFaults(report: Evaluation, ask: AskLedger): Promise<string[]> {
  const { plan, timeZone, toDay } = report;
  const measure = measures.find(({ id }) => id === plan.measureId);
  if (measure === undefined) return [];
  const days = createLocalDays(timeZone);
  const span = { fromDay: dayOfText(plan.baselineFrom), toDay: dayOfText(toDay) };
  const faults: string[] = [];
  for (const told of [report.place, ...report.comparison]) {
    const samples = await readSamples(ask, days, measure, told.place, span);
    faults.push(...sampleFaults('the ledger', told, { place: told.place, samples }, span.toDay));
  }
  return faults;
}

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= ROUNDING * Math.max(1, Math.abs(a), Math.abs(b));

/** The paths at which two values differ. */
function differences(told: unknown, found: unknown, path: string): string[] {
  if (typeof told === 'number' && typeof found === 'number') return isNear(told, found) ? [] : [path];
  if (typeof told !== 'object' || typeof found !== 'object' || told === null || found === null)
    return told === found ? [] : [path];
  const names = new Set([...Object.keys(told), ...Object.keys(found)]);
  const at = (value: object, name: string): unknown => (value as Record<string, unknown>)[name];
  return [...names].flatMap((name) =>
    differences(at(told, name), at(found, name), path === '' ? name : `${path}.${name}`),
  );
}

function resultFaults(report: Evaluation): string[] {
  const { plan, place, comparison, samplesHash, result, naive, amount, worth, values } = report;
  const samples = { place, comparison };
  const told = { result, naive, worth, ...(amount !== undefined && { amount }) };
  return [
    ...(canonicalHash(samples) === samplesHash ? [] : ['The samples in the report are not those that its hash names.']),
    ...differences(told, judge(plan, samples, values), '').map((path) => `Computed again, ${path} differs.`),
  ];
}

/**
 * Computes a report again from the ledger, the definitions, the plan and the log, and names everything that differs.
 * Returns no sentence where all agrees.
 */
export async function verifyEvaluation(text: string, { entries, ask, dataDir }: Sources): Promise<string[]> {
  let read, hash;
  try {
    const parsed = JSON.parse(text) as object;
    // The hash is over the file itself, as what the schema passes over would not be noticed.
    hash = canonicalHash(parsed);
    read = evaluationSchema.safeParse(parsed);
  } catch {
    return ['The file is no JSON.'];
  }
  if (!read.success) {
    const [issue] = read.error.issues;
    return [`The file is no report of an evaluation: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`];
  }
  const report = read.data;
  return [
    ...definitionFaults(report),
    ...logFaults(report, hash, entries),
    ...resultFaults(report),
    ...baselineFaults(report, dataDir),
    ...(await ledgerFaults(report, ask)),
  ];
}
