import { describeDuration, describeMany } from '../../../../shared/base/display.ts';
import { isNearVoltageLimit } from '../../../../shared/utilities/voltage.ts';
import type { Condition } from '../kit/Condition.ts';
import { whileJudged } from '../kit/whileJudged.ts';
import type { UtilitiesState } from './UtilitiesState.ts';
import { whereIs } from './whereIs.ts';
import type { ZoneState } from './ZoneState.ts';

const FEWEST_BAD_VOLTAGE = 3;
/** Dead-band of the number above. */
const STILL_BAD_VOLTAGE = 2;

const percent = (share: number): number => Math.round(share * 1000) / 10;

function title(where: string, band: string | undefined, meters: number): string {
  if (band !== undefined) return `Voltage of ${where} too ${band}`;
  return meters === 0
    ? `Voltage of ${where} close to the end of its range`
    : `Voltage out of range at ${describeMany(meters, 'meter')} on ${where}`;
}

function evidence(state: UtilitiesState, zone: ZoneState, meters: number): Condition['evidence'] {
  const { lowPu, highPu, holdMs } = state.voltageLimits;
  const isJudged = meters === state.table.countOf(zone.index, 'voltage');
  const names = state.marked.names(zone, 'voltage', isJudged ? 'judged' : 'all');
  return [
    ...(zone.voltagePu === undefined
      ? []
      : [{ label: 'At the substation', text: `${(zone.voltagePu.value * 100).toFixed(1)} % of nominal` }]),
    { label: 'Meters out of range', text: meters === 0 ? 'none' : String(meters) },
    ...(meters === 0 ? [] : [{ label: 'These are', text: names, isOfHouseholds: true as const }]),
    {
      label: 'Range',
      text: `${percent(lowPu)}–${percent(highPu)} % of nominal, for ${describeDuration(holdMs / 1000)}`,
    },
  ];
}

function make(state: UtilitiesState, zone: ZoneState, meters: number, isBusBad: boolean): Condition {
  const where = whereIs(zone);
  return {
    rule: 'electricity.voltage',
    domain: 'electricity',
    priority: isBusBad ? 2 : 3,
    ...where.at,
    title: title(where.name, isBusBad ? zone.band?.name : undefined, meters),
    cause: isBusBad
      ? 'Regulator or tap changer, or the supply above.'
      : 'A long or overloaded line, a loose neutral, or solar power fed in.',
    consequence: 'Appliances and motors may be damaged.',
    action: 'Check the regulator; send a line crew to the meters named.',
    evidence: evidence(state, zone, meters),
    onDelayMs: 0,
    offDelayMs: 120_000,
  };
}

/** The voltage of a feeder at the substation and at its meters. */
export function voltageCondition(state: UtilitiesState, zone: ZoneState, nowMs: number): Condition[] {
  const { table, voltageLimits } = state;
  const meters = table.countOf(zone.index, 'voltage');
  const isBusBad = zone.isVoltageBad(nowMs);
  const isBusJudged = isBusBad && state.isFresh(zone, nowMs);
  if (isBusJudged || meters >= FEWEST_BAD_VOLTAGE) return [make(state, zone, meters, isBusJudged)];
  const bus = zone.voltagePu?.value ?? Number.NaN;
  if (meters >= STILL_BAD_VOLTAGE || isNearVoltageLimit(bus, voltageLimits))
    return [{ ...make(state, zone, meters, false), isInDeadband: true }];
  const all = meters + table.unjudgedOf(zone.index, 'voltage');
  if (!isBusBad && all < FEWEST_BAD_VOLTAGE) return [];
  const seenAtMs = isBusBad ? zone.voltagePu?.atMs : table.silentSinceMs(zone.meterRows, 'voltage');
  return whileJudged(make(state, zone, all, isBusBad), seenAtMs ?? nowMs, 0, nowMs);
}
