import type { AlarmPriority } from '../../../../shared/alarms/alarm.ts';
import { describeCount, describeMany, describeDuration } from '../../../../shared/base/display.ts';
import { isNearVoltageLimit, VOLTAGE_HIGH_PU, VOLTAGE_LOW_PU } from '../../../../shared/utilities/voltage.ts';
import type { Condition } from '../kit/Condition.ts';
import { whereIs } from './whereIs.ts';
import type { UtilitiesState } from './UtilitiesState.ts';
import type { ZoneState } from './ZoneState.ts';

/** Among this many customers there are people on life support, traffic signals and lifts. */
const MANY_CUSTOMERS = 500;
const FEW_CUSTOMERS = 10;
/** The last gasps of one event arrive within some seconds. */
const GATHER_MS = 15_000;
const FEWEST_BAD_VOLTAGE = 3;
/** Dead-band of the number above. */
const STILL_BAD_VOLTAGE = 2;
/** When this share of a feeder's transformers is out, the whole feeder counts as out. */
const WHOLE_SHARE = 0.5;

export type Outage = {
  zone: ZoneState;
  customers: number;
  isWhole: boolean;
  cause: string;
  evidence: Condition['evidence'];
};

function gasps(state: UtilitiesState, zone: ZoneState): Condition['evidence'] {
  const count = state.table.countOf(zone.index, 'noVoltage');
  return count === 0
    ? []
    : [{ label: 'Last gasps', text: `${describeCount(count)} of ${describeCount(zone.meterRows.length)} meters` }];
}

function wholeOutage(state: UtilitiesState, zone: ZoneState): Outage | undefined {
  const isDead = zone.trouble?.kind === 'outage';
  if (!zone.isBreakerOpen && !isDead) return undefined;
  const load = zone.value === undefined ? [] : [{ label: 'Load', text: `${describeCount(zone.value.value)} kW` }];
  const breaker = zone.isBreakerOpen ? [{ label: 'Breaker', text: 'open' }] : [];
  const cause = zone.isBreakerOpen
    ? 'The feeder’s breaker is open: a fault on the line tripped it, or it was switched.'
    : 'Load and voltage of the feeder are gone while its breaker is not reported open: loss of supply above it.';
  return {
    zone,
    customers: zone.meterRows.length,
    isWhole: true,
    cause,
    evidence: [...breaker, ...load, ...gasps(state, zone)],
  };
}

function partialOutage(state: UtilitiesState, zone: ZoneState): Outage | undefined {
  const out = state.table.countOf(zone.index, 'noVoltage') === 0 ? undefined : state.transformers.out(zone.index);
  if (out === undefined) return undefined;
  const isWhole = out.transformers.length >= 3 && out.transformers.length >= WHOLE_SHARE * out.of;
  const names = out.transformers.slice(0, 5).join(', ') + (out.transformers.length > 5 ? ', …' : '');
  return {
    zone,
    customers: isWhole ? zone.meterRows.length : out.customers,
    isWhole,
    cause: isWhole
      ? 'Last gasps from all over the feeder: a fault near its beginning.'
      : 'All meters of the same transformers fell silent together: a fuse, the transformer, or the line to it.',
    evidence: [
      { label: 'Transformers', text: `${out.transformers.length} of ${out.of} (${names})` },
      { label: 'Last gasps', text: `${out.gasps} of ${out.customers} meters` },
    ],
  };
}

/** Feeders, or parts of them, that are without power now. */
export function findOutages(state: UtilitiesState): Outage[] {
  return state.zones.flatMap((zone) =>
    zone.zone.kind === 'feeder' ? (wholeOutage(state, zone) ?? partialOutage(state, zone) ?? []) : [],
  );
}

const outagePriority = ({ customers }: Outage): AlarmPriority =>
  customers >= MANY_CUSTOMERS ? 1 : customers >= FEW_CUSTOMERS ? 2 : 3;

function outageCondition(outage: Outage): Condition {
  const { zone, customers, isWhole, cause, evidence } = outage;
  const where = whereIs(zone);
  const part = isWhole ? 'out' : 'partly out';
  return {
    rule: 'electricity.outage',
    domain: 'electricity',
    priority: outagePriority(outage),
    ...where.at,
    title: `${where.name} ${part} – ${describeMany(customers, 'customer')}`,
    cause,
    consequence: 'No power: signals, lifts, pumps and people on medical devices are affected.',
    action: 'Open an incident, send a line crew, tell the public; police to dark signals.',
    evidence: [{ label: 'Customers affected', text: describeCount(customers) }, ...evidence],
    onDelayMs: zone.isBreakerOpen ? 0 : GATHER_MS,
    offDelayMs: 30_000,
  };
}

/** Meters without power that no outage explains: a house connection, or the first of something larger. */
function singles(state: UtilitiesState, zone: ZoneState): Condition[] {
  const count = state.table.countOf(zone.index, 'noVoltage');
  if (count === 0) return [];
  const where = whereIs(zone);
  return [
    {
      rule: 'electricity.singleMeters',
      domain: 'electricity',
      priority: 4,
      ...where.at,
      title: `${describeMany(count, 'single customer')} without power on ${where.name}`,
      cause: 'Last gasps that do not belong together: house connections or main switches.',
      consequence: 'Single customers are without power.',
      action: 'Compare with calls; send a line crew where a call confirms it.',
      evidence: [{ label: 'Meters', text: state.marked.names(zone, 'noVoltage') }],
      onDelayMs: 120_000,
      offDelayMs: 60_000,
      isLatching: false,
    },
  ];
}

function voltageTitle(where: string, band: string | undefined, meters: number): string {
  if (band !== undefined) return `Voltage of ${where} too ${band}`;
  return meters === 0
    ? `Voltage of ${where} close to the end of its range`
    : `Voltage out of range at ${describeMany(meters, 'meter')} on ${where}`;
}

function voltage(state: UtilitiesState, zone: ZoneState, nowMs: number): Condition[] {
  const meters = state.table.countOf(zone.index, 'voltage');
  const isBusBad = zone.isVoltageBad(nowMs) && state.isFresh(zone, nowMs);
  const isNear =
    meters >= STILL_BAD_VOLTAGE || (zone.voltagePu !== undefined && isNearVoltageLimit(zone.voltagePu.value));
  const isBad = isBusBad || meters >= FEWEST_BAD_VOLTAGE;
  if (!isBad && !isNear) return [];
  const where = whereIs(zone);
  const bus =
    zone.voltagePu === undefined
      ? []
      : [{ label: 'At the substation', text: `${(zone.voltagePu.value * 100).toFixed(1)} % of nominal` }];
  return [
    {
      rule: 'electricity.voltage',
      domain: 'electricity',
      priority: isBusBad ? 2 : 3,
      ...where.at,
      title: voltageTitle(where.name, isBusBad ? zone.band?.name : undefined, meters),
      cause: isBusBad
        ? 'Regulator or tap changer, or the supply above.'
        : 'A long or overloaded line, a loose neutral, or solar power fed in.',
      consequence: 'Appliances and motors may be damaged.',
      action: 'Check the regulator; send a line crew to the meters named.',
      evidence: [
        ...bus,
        {
          label: 'Meters out of range',
          text: meters === 0 ? 'none' : `${meters}: ${state.marked.names(zone, 'voltage')}`,
        },
        { label: 'Range', text: `${VOLTAGE_LOW_PU * 100}–${VOLTAGE_HIGH_PU * 100} % of nominal` },
      ],
      onDelayMs: 0,
      offDelayMs: 120_000,
      ...(!isBad && { isInDeadband: true }),
    },
  ];
}

function lostLoad(state: UtilitiesState, zone: ZoneState, nowMs: number): Condition[] {
  if (zone.trouble?.kind !== 'loadLost' || zone.value === undefined) return [];
  const where = whereIs(zone);
  const typical = state.usualOf(zone, nowMs)?.typical;
  return [
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
  ];
}

/**
 * All conditions of the feeders. An outage explains everything else on its feeder, so nothing more is raised there;
 * conditions that existed before are suppressed by it, because they have not returned to normal.
 */
export function electricityConditions(state: UtilitiesState, outages: readonly Outage[], nowMs: number): Condition[] {
  const out = new Set(outages.map(({ zone }) => zone));
  const others = state.zones.filter((zone) => zone.zone.kind === 'feeder' && !out.has(zone));
  const standing = outages
    .flatMap(({ zone }) => singles(state, zone))
    .map((condition) => ({ ...condition, isInDeadband: true }));
  return [
    ...outages.map(outageCondition),
    ...standing,
    ...others.flatMap((zone) => [
      ...singles(state, zone),
      ...voltage(state, zone, nowMs),
      ...lostLoad(state, zone, nowMs),
    ]),
  ];
}
