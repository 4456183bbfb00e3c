import type { AlarmPriority } from '../../../../shared/alarms/alarm.ts';
import { describeCount, describeMany, describeDuration } from '../../../../shared/base/display.ts';
import type { Condition } from '../kit/Condition.ts';
import { isForgotten, whileJudged } from '../kit/whileJudged.ts';
import { customerMinutes } from './OutageCourses.ts';
import { whereIs } from './whereIs.ts';
import type { UtilitiesState } from './UtilitiesState.ts';
import { voltageCondition } from './voltageCondition.ts';
import type { ZoneState } from './ZoneState.ts';

/** Among this many customers there are people on life support, traffic signals and lifts. */
const MANY_CUSTOMERS = 500;
const FEW_CUSTOMERS = 10;
/** The last gasps of one event arrive within some seconds. */
const GATHER_MS = 15_000;
const MOST_NAMED = 5;
/** When this share of a feeder's transformers is out, the whole feeder counts as out. */
const WHOLE_SHARE = 0.5;
/** What is reported once and not again, such as a last gasp or an open breaker, is news for so long. */
const EVENT_LASTS_MS = 86_400_000;

export type Outage = {
  zone: ZoneState;
  customers: number;
  isWhole: boolean;
  sinceMs: number;
  /** When it was last seen to be so, and how long that says something. */
  seenAtMs: number;
  lastsMs: number;
  cause: string;
  evidence: Condition['evidence'];
};

function gasps(state: UtilitiesState, zone: ZoneState): Condition['evidence'] {
  const count = state.table.countOf(zone.index, 'noVoltage');
  return count === 0
    ? []
    : [{ label: 'Last gasps', text: `${describeCount(count)} of ${describeCount(zone.meterRows.length)} meters` }];
}

function wholeOutage(state: UtilitiesState, zone: ZoneState, nowMs: number): Outage | undefined {
  if (!zone.isOut) return undefined;
  const { isBreakerOpen, trouble } = zone;
  const load = zone.value === undefined ? [] : [{ label: 'Load', text: `${describeCount(zone.value.value)} kW` }];
  const breaker = isBreakerOpen ? [{ label: 'Breaker', text: 'open' }] : [];
  const cause = isBreakerOpen
    ? 'The feeder’s breaker is open: a fault on the line tripped it, or it was switched.'
    : 'Load and voltage of the feeder are gone while its breaker is not reported open: loss of supply above it.';
  const times = [zone.value?.atMs, zone.voltagePu?.atMs, zone.breaker?.atMs].filter((atMs) => atMs !== undefined);
  const starts = [isBreakerOpen ? zone.breaker?.sinceMs : undefined, trouble?.sinceMs].filter(
    (atMs) => atMs !== undefined,
  );
  return {
    zone,
    customers: zone.meterRows.length,
    isWhole: true,
    sinceMs: Math.min(...starts),
    seenAtMs: isBreakerOpen || !state.isFresh(zone, nowMs) ? Math.max(...times) : nowMs,
    lastsMs: isBreakerOpen ? EVENT_LASTS_MS : 0,
    cause,
    evidence: [...breaker, ...load, ...gasps(state, zone)],
  };
}

function partialOutage(state: UtilitiesState, zone: ZoneState): Outage | undefined {
  const out = state.table.countOf(zone.index, 'noVoltage') === 0 ? undefined : state.transformers.out(zone.index);
  if (out === undefined) return undefined;
  const isWhole = out.transformers.length >= 3 && out.transformers.length >= WHOLE_SHARE * out.of;
  const names = out.transformers.slice(0, 5).join(', ') + (out.transformers.length > 5 ? ', …' : '');
  const isNested = out.sinceMs < zone.restoredAtMs;
  return {
    zone,
    customers: isWhole ? zone.meterRows.length : out.customers,
    isWhole,
    sinceMs: out.sinceMs,
    seenAtMs: Math.max(out.lastMs, isNested ? zone.restoredAtMs : 0),
    lastsMs: EVENT_LASTS_MS,
    cause: causeOfPart(isWhole, isNested),
    evidence: [
      { label: 'Transformers', text: `${out.transformers.length} of ${out.of} (${names})` },
      { label: 'Last gasps', text: `${out.gasps} of ${out.customers} meters` },
    ],
  };
}

function causeOfPart(isWhole: boolean, isNested: boolean): string {
  if (isNested)
    return 'The feeder is back, and meters of these transformers have not reported since: a second fault behind it.';
  return isWhole
    ? 'Last gasps from all over the feeder: a fault near its beginning.'
    : 'All meters of the same transformers fell silent together: a fuse, the transformer, or the line to it.';
}

/** Feeders, or parts of them, that are without power now. */
export function findOutages(state: UtilitiesState, nowMs: number): Outage[] {
  const all = state.zones.flatMap((zone) =>
    zone.zone.kind === 'feeder' ? (wholeOutage(state, zone, nowMs) ?? partialOutage(state, zone) ?? []) : [],
  );
  return all.filter(({ seenAtMs, lastsMs }) => !isForgotten(seenAtMs, lastsMs, nowMs));
}

const outagePriority = ({ customers }: Outage): AlarmPriority =>
  customers >= MANY_CUSTOMERS ? 1 : customers >= FEW_CUSTOMERS ? 2 : 3;

/** How long, for how many, and who is back: the figures of which reliability is made. */
function courseOf(state: UtilitiesState, { zone, sinceMs }: Outage, nowMs: number): Condition['evidence'] {
  const course = state.courses.of(zone);
  const minutes = course === undefined ? 0 : customerMinutes(course);
  const back = course === undefined ? 0 : course.most - course.customers;
  return [
    { label: 'For', text: describeDuration(60 * Math.floor((nowMs - sinceMs) / 60_000)) },
    ...(minutes > 0 ? [{ label: 'Customer minutes', text: describeCount(minutes) }] : []),
    ...(back > 0
      ? [{ label: 'Restored', text: `${describeCount(back)} of ${describeMany(course?.most ?? 0, 'customer')}` }]
      : []),
  ];
}

function outageCondition(state: UtilitiesState, outage: Outage, nowMs: number): Condition[] {
  const { zone, customers, isWhole, cause, evidence, seenAtMs, lastsMs } = outage;
  const where = whereIs(zone);
  const part = isWhole ? 'out' : 'partly out';
  const condition: Condition = {
    rule: 'electricity.outage',
    domain: 'electricity',
    priority: outagePriority(outage),
    ...where.at,
    title: `${where.name} ${part} – ${describeMany(customers, 'customer')}`,
    cause,
    consequence: 'No power: signals, lifts, pumps and people on medical devices are affected.',
    action: 'Open an incident, send a line crew, tell the public; police to dark signals.',
    evidence: [
      { label: 'Customers affected', text: describeCount(customers) },
      ...evidence,
      ...courseOf(state, outage, nowMs),
    ],
    onDelayMs: zone.isBreakerOpen ? 0 : GATHER_MS,
    offDelayMs: 30_000,
  };
  return whileJudged(condition, seenAtMs, lastsMs, nowMs);
}

/** Meters without power, or without one of their phases, that no outage explains. */
function singles(state: UtilitiesState, zone: ZoneState, nowMs: number): Condition[] {
  const { table, supply, status, marked } = state;
  const count = table.countOf(zone.index, 'noVoltage');
  const phases = status.countIn(zone.index, 'phaseLost');
  if (count + phases.rows.length === 0) return [];
  const where = whereIs(zone);
  const gaspsMs = count === 0 ? [] : [...zone.meterRows].map((row) => supply.gaspAtMs(row)).filter(Number.isFinite);
  const names = phases.rows
    .slice(0, MOST_NAMED)
    .map((row) => table.meters[row]?.address ?? table.meters[row]?.id ?? '');
  const condition: Condition = {
    rule: 'electricity.singleMeters',
    domain: 'electricity',
    priority: 4,
    ...where.at,
    title: `${describeMany(count + phases.rows.length, 'single customer')} without power on ${where.name}`,
    cause: 'Last gasps that do not belong together, or lost phases: house connections or main switches.',
    consequence: 'Single customers are without power.',
    action: 'Compare with calls; send a line crew where a call confirms it.',
    evidence: [
      ...(count === 0
        ? []
        : [{ label: 'Meters', text: marked.names(zone, 'noVoltage'), isOfHouseholds: true as const }]),
      ...(names.length === 0 ? [] : [{ label: 'A phase lost', text: names.join('; '), isOfHouseholds: true as const }]),
    ],
    onDelayMs: 120_000,
    offDelayMs: 60_000,
    isLatching: false,
  };
  return whileJudged(condition, Math.max(phases.lastMs, ...gaspsMs), EVENT_LASTS_MS, nowMs);
}

function lostLoad(state: UtilitiesState, zone: ZoneState, nowMs: number): Condition[] {
  if (zone.trouble?.kind !== 'loadLost' || zone.value === undefined) return [];
  const where = whereIs(zone);
  const typical = state.usualOf(zone, nowMs)?.typical;
  const seenAtMs = state.isFresh(zone, nowMs) ? nowMs : zone.value.atMs;
  return whileJudged(
    {
      rule: 'electricity.loadLost',
      domain: 'electricity',
      priority: 2,
      ...where.at,
      title: `${where.name} lost part of its load`,
      cause: 'A recloser or fuse behind the substation may have opened.',
      consequence: 'Part of the feeder is probably without power.',
      action: 'Look for last gasps and calls from the end of the feeder; send a line crew.',
      evidence: [
        {
          label: 'Load',
          text: `${describeCount(zone.value.value)} kW${typical === undefined ? '' : ` (typical ${describeCount(typical)} kW)`}`,
        },
        { label: 'For', text: describeDuration((nowMs - zone.trouble.sinceMs) / 1000) },
      ],
      onDelayMs: 0,
      offDelayMs: 60_000,
    },
    seenAtMs,
    0,
    nowMs,
  );
}

/**
 * All conditions of the feeders. An outage explains everything else on its feeder, so nothing more is raised there;
 * conditions that existed before are suppressed by it, because they have not returned to normal.
 */
export function electricityConditions(state: UtilitiesState, outages: readonly Outage[], nowMs: number): Condition[] {
  const out = new Set(outages.map(({ zone }) => zone));
  const others = state.zones.filter((zone) => zone.zone.kind === 'feeder' && !out.has(zone));
  const standing = outages
    .flatMap(({ zone }) => singles(state, zone, nowMs))
    .map((condition) => ({ ...condition, isInDeadband: true }));
  return [
    ...outages.flatMap((outage) => outageCondition(state, outage, nowMs)),
    ...standing,
    ...others.flatMap((zone) => [
      ...singles(state, zone, nowMs),
      ...voltageCondition(state, zone, nowMs),
      ...lostLoad(state, zone, nowMs),
    ]),
  ];
}
