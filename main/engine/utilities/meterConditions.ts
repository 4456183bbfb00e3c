import { describeCount } from '../../../shared/display.ts';
import type { Condition } from '../alarms/condition.ts';
import { listMeters } from './electricityConditions.ts';
import type { MeterMark } from './MeterTable.ts';
import type { UtilitiesState } from './UtilitiesState.ts';
import { whereIs } from './whereIs.ts';
import type { ZoneState } from './ZoneState.ts';

type MeterRule = { mark: MeterMark; title: (count: number) => string; cause: string; consequence: string; action: string; least: number; leastShare: number };

const meters = (count: number): string => `${describeCount(count)} ${count === 1 ? 'meter' : 'meters'}`;

/** One item of work a zone and kind, however many meters: names of Oracle MDM's validation rules in the words. */
const rules: readonly MeterRule[] = [
  {
    mark: 'tamper', least: 1, leastShare: 0,
    title: (count) => `${meters(count)} tampered with`,
    cause: 'The meters report an opened cover, a magnet, a broken seal or reversed flow.',
    consequence: 'Consumption is not measured rightly; danger where a cover is open.',
    action: 'Have revenue protection inspect them.',
  },
  {
    mark: 'stuck', least: 1, leastShare: 0,
    title: (count) => `${meters(count)} stuck`,
    cause: 'The register has stood still although the customer usually consumes (zero consumption).',
    consequence: 'Consumption is not billed.',
    action: 'Plan an exchange.',
  },
  {
    mark: 'suspect', least: 1, leastShare: 0,
    title: (count) => `${meters(count)} with a falling register`,
    cause: 'A register went backwards (negative consumption): reversed, exchanged without notice, or a wrong reading.',
    consequence: 'Its readings are not used.',
    action: 'Compare with the exchange list; inspect.',
  },
  {
    mark: 'stale', least: 5, leastShare: 0.01,
    title: (count) => `${meters(count)} silent`,
    cause: 'No reading for three of their intervals: radio, collector or power.',
    consequence: 'Sums of the zone are incomplete.',
    action: 'Check the collector of this area; then the meters.',
  },
];

function condition(state: UtilitiesState, zone: ZoneState, rule: MeterRule): Condition[] {
  const count = state.table.countOf(zone.index, rule.mark);
  if (count < rule.least || count < rule.leastShare * zone.meterRows.length) return [];
  const where = whereIs(zone);
  return [{
    rule: `maintenance.meters.${rule.mark}`,
    domain: 'maintenance',
    priority: 4,
    ...where,
    title: `${rule.title(count)} in ${where.name}`,
    cause: rule.cause,
    consequence: rule.consequence,
    action: rule.action,
    evidence: [{ label: 'Meters', text: `${describeCount(count)} of ${describeCount(zone.meterRows.length)}` }, { label: 'Which', text: listMeters(state, zone, rule.mark) }],
    onDelayMs: 60_000,
    offDelayMs: 300_000,
  }];
}

/** Sick meters, as work for maintenance, never as an alarm of the network. */
export const meterConditions = (state: UtilitiesState): Condition[] => state.zones.flatMap((zone) => rules.flatMap((rule) => condition(state, zone, rule)));
