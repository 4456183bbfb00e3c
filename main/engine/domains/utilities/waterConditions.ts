import { describeDuration, describeMany, describeQuantity } from '../../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../../shared/base/display.ts';
import type { Condition } from '../kit/Condition.ts';
import { whileJudged } from '../kit/whileJudged.ts';
import type { UtilitiesState } from './UtilitiesState.ts';
import { whereIs } from './whereIs.ts';
import type { ZoneState } from './ZoneState.ts';

function supplyEvidence(
  state: UtilitiesState,
  zone: ZoneState,
  nowMs: number,
  units: DisplayUnits,
): Condition['evidence'] {
  const usual = state.usualOf(zone, nowMs);
  const usualPressure = state.usualPressure(zone, nowMs);
  const flow = (value: number): string => describeQuantity(value, 'm³/h', 2, units);
  const pressure = (value: number): string => describeQuantity(value, 'kPa', 0, units);
  return [
    ...(zone.value === undefined
      ? []
      : [
          {
            label: 'Inflow',
            text: `${flow(zone.value.value)}${usual === undefined ? '' : ` (typical ${flow(usual.typical)})`}`,
          },
        ]),
    ...(zone.pressureKpa === undefined
      ? []
      : [
          {
            label: 'Pressure',
            text: `${pressure(zone.pressureKpa.value)}${usualPressure === undefined ? '' : ` (typical ${pressure(usualPressure.typical)})`}`,
          },
        ]),
    ...(zone.trouble === undefined
      ? []
      : [{ label: 'For', text: describeDuration((nowMs - zone.trouble.sinceMs) / 1000) }]),
  ];
}

function supply(state: UtilitiesState, zone: ZoneState, nowMs: number, units: DisplayUnits): Condition[] {
  const kind = zone.trouble?.kind;
  if (kind !== 'burst' && kind !== 'highInflow') return [];
  const isBurst = kind === 'burst';
  const where = whereIs(zone);
  const seenAtMs = state.isFresh(zone, nowMs) ? nowMs : (zone.value?.atMs ?? nowMs);
  return whileJudged(
    {
      rule: isBurst ? 'water.burst' : 'water.highInflow',
      domain: 'water',
      priority: isBurst ? 2 : 3,
      ...where.at,
      title: isBurst ? `Probable main burst in ${where.name}` : `Inflow of ${where.name} far above usual`,
      cause: isBurst
        ? 'Inflow rose far above every remembered day while the pressure fell: water leaves the network at one place.'
        : 'More water goes in than on any remembered day at this hour, with the pressure held: a hydrant, filling, or a growing leak.',
      consequence: isBurst
        ? 'Low pressure, undermined roads and flooding; pressure loss can let dirty water in.'
        : 'Loss of water; it may become a burst.',
      action: isBurst
        ? 'Open an incident, send a water crew, look for reports of water on roads; prepare to isolate.'
        : 'Ask about hydrant use and filling; look at neighbouring zones.',
      evidence: supplyEvidence(state, zone, nowMs, units),
      onDelayMs: 0,
      offDelayMs: 120_000,
    },
    seenAtMs,
    0,
    nowMs,
  );
}

function nightLeak(state: UtilitiesState, zone: ZoneState, nowMs: number, units: DisplayUnits): Condition[] {
  const verdict = state.night(zone, nowMs);
  if (verdict?.isLeak !== true) return [];
  const where = whereIs(zone);
  return [
    {
      rule: 'water.nightFlow',
      domain: 'water',
      priority: 4,
      ...where.at,
      title: `Night flow of ${where.name} has risen`,
      cause:
        'Between 02:00 and 04:00, when nearly nobody draws water, more flows in than in the nights before: probably a new leak.',
      consequence: 'Water is lost all day; small leaks grow.',
      action: 'Plan leak detection in this zone.',
      evidence: [
        { label: 'Last night', text: describeQuantity(verdict.lastM3h, 'm³/h', 2, units) },
        {
          label: 'Median of the nights before',
          text: `${describeQuantity(verdict.usualM3h, 'm³/h', 2, units)} (${verdict.nights} nights)`,
        },
      ],
      onDelayMs: 0,
      offDelayMs: 0,
      isLatching: false,
    },
  ];
}

/**
 * Burst pipes behind meters: one alarm per zone, so that they do not hide a burst main. Dripping taps and toilets need
 * no operator: they are in the work list.
 */
function householdBursts(state: UtilitiesState, zone: ZoneState, nowMs: number): Condition[] {
  const { table, status, marked } = state;
  const silent = table.unjudgedOf(zone.index, 'highUse');
  const bursts = table.countOf(zone.index, 'highUse');
  if (bursts + silent === 0) return [];
  const where = whereIs(zone);
  const said = status.countIn(zone.index, 'burst').rows.length;
  const condition: Condition = {
    rule: 'water.continuousFlow',
    domain: 'water',
    priority: 3,
    ...where.at,
    title: `${describeMany(bursts || silent, 'customer')} with a burst pipe’s flow in ${where.name}`,
    cause:
      said === 0
        ? 'Water has flowed for eight hours as from a burst pipe behind the meter.'
        : 'The meter says that a pipe has burst, or water has flowed for eight hours as from a burst pipe behind it.',
    consequence: 'Damage at the customers; lost water.',
    action: 'Call the customers named, and send somebody where nobody answers.',
    evidence: [
      { label: 'Customers', text: marked.names(zone, 'highUse', bursts > 0 ? 'judged' : 'all'), isOfHouseholds: true },
      ...(said === 0 ? [] : [{ label: 'Reported by the meter', text: String(said) }]),
    ],
    onDelayMs: 60_000,
    offDelayMs: 3_600_000,
    isLatching: false,
  };
  return whileJudged(condition, bursts > 0 ? nowMs : table.silentSinceMs(zone.meterRows, 'highUse'), 0, nowMs);
}

/** All conditions of the water zones. */
export function waterConditions(state: UtilitiesState, nowMs: number, units: DisplayUnits): Condition[] {
  const zones = state.zones.filter(({ zone }) => zone.kind === 'dma');
  return zones.flatMap((zone) => [
    ...supply(state, zone, nowMs, units),
    ...nightLeak(state, zone, nowMs, units),
    ...householdBursts(state, zone, nowMs),
  ]);
}
