import { causeGroupOfFeed } from '../../../../shared/alarms/causeGroup.ts';
import { describeCount } from '../../../../shared/base/display.ts';
import type { Condition } from '../kit/Condition.ts';
import { whileJudged } from '../kit/whileJudged.ts';
import type { MeterMark } from './MeterTable.ts';
import type { UtilitiesState } from './UtilitiesState.ts';
import { whereIs } from './whereIs.ts';
import type { ZoneState } from './ZoneState.ts';

type MeterRule = { mark: MeterMark; word: string; cause: string; action: string; least: number; leastShare: number };

/** What makes a meter faulty, the most urgent first; brackets hold Oracle MDM's names of the validation rules. */
const rules: readonly MeterRule[] = [
  {
    mark: 'tamper',
    word: 'tampered with',
    least: 1,
    leastShare: 0,
    cause: 'an opened cover, a magnet, a broken seal, or the meter taken off',
    action: 'have revenue protection inspect those tampered with',
  },
  {
    mark: 'suspect',
    word: 'running backwards',
    least: 1,
    leastShare: 0,
    cause: 'a falling register (negative consumption)',
    action: 'compare falling registers with the exchange list',
  },
  {
    mark: 'stuck',
    word: 'stuck',
    least: 1,
    leastShare: 0,
    cause: 'a register that stands still although the customer consumes (zero consumption)',
    action: 'plan an exchange of stuck ones',
  },
  {
    mark: 'stale',
    word: 'silent',
    least: 5,
    leastShare: 0.01,
    cause: 'no reading for three intervals: radio, collector or power',
    action: 'check the collector of the silent ones',
  },
];

/** Dead-band of the least numbers: half of the number keeps an existing item. */
const KEPT_SHARE = 0.5;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * One work item per zone, however many meters and kinds of trouble: faulty meters are work for maintenance, never an
 * alarm of the network.
 */
export function meterConditions(state: UtilitiesState, nowMs: number): Condition[] {
  return state.zones.flatMap((zone) => condition(state, zone, nowMs));
}

function condition(state: UtilitiesState, zone: ZoneState, nowMs: number): Condition[] {
  const { table, marked } = state;
  // Meters that fell silent keep the alarm that they are part of, which says that nobody judges it any more.
  const counted = rules.map((rule) => {
    const judged = table.countOf(zone.index, rule.mark);
    return { ...rule, judged, count: judged + table.unjudgedOf(zone.index, rule.mark) };
  });
  const enough = (share: number): typeof counted =>
    counted.filter(
      ({ count, least, leastShare }) =>
        count > 0 && count >= share * least && count >= share * leastShare * zone.meterRows.length,
    );
  const [isMuch, found] = enough(1).length > 0 ? [true, enough(1)] : [false, enough(KEPT_SHARE)];
  if (found.length === 0) return [];
  const isJudged = found.some(({ judged }) => judged > 0);
  const where = whereIs(zone);
  const silentFeed = found.every(({ mark }) => mark === 'stale') ? marked.feed(zone, 'stale') : undefined;
  return whileJudged(
    {
      rule: 'maintenance.meters',
      domain: 'maintenance',
      priority: 4,
      ...where.at,
      title: `Meters in ${where.name}: ${found.map(({ word, count }) => `${describeCount(count)} ${word}`).join(', ')}`,
      cause: `${capital(found.map(({ cause }) => cause).join('; '))}.`,
      consequence: 'Consumption is not measured rightly; sums of the zone are incomplete.',
      action: `${capital(found.map(({ action }) => action).join('; '))}.`,
      evidence: found.map(({ mark, word, count }) => ({
        label: `${capital(word)} (${describeCount(count)})`,
        text: marked.names(zone, mark, 'all'),
        isOfHouseholds: true,
      })),
      onDelayMs: 60_000,
      offDelayMs: 300_000,
      isLatching: false,
      ...(silentFeed !== undefined && { causeGroup: causeGroupOfFeed(silentFeed) }),
      ...(!isMuch && { isInDeadband: true }),
    },
    isJudged ? nowMs : Math.max(...found.map(({ mark }) => table.silentSinceMs(zone.meterRows, mark))),
    0,
    nowMs,
  );
}
