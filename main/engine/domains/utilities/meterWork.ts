import type { WorkItem } from '../../../../shared/contract/historyRequests.ts';
import { describeQuantity } from '../../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../../shared/base/display.ts';
import { burstRule } from '../../../../shared/utilities/continuousFlow.ts';
import { describeStatus, statusMeaningIds } from '../../../../shared/utilities/statusWords.ts';
import type { StatusMeaning } from '../../../../shared/utilities/statusWords.ts';
import type { MeterMark, MeterTable } from './MeterTable.ts';
import type { UtilitiesState } from './UtilitiesState.ts';
import { whereIs } from './whereIs.ts';

type Kind = {
  mark: MeterMark;
  /** The status words that say the same: the meter's own word is then the reason. */
  said?: readonly StatusMeaning[];
  task: string;
  reason: (table: MeterTable, row: number, units: DisplayUnits) => string;
  sinceMs: (table: MeterTable, row: number) => number;
};
/** One thing that is to be done at a meter. `rank`: lower is more serious. */
type Finding = { rank: number; reason: string; task: string; sinceMs: number; isOld: boolean };

const flow = (table: MeterTable, row: number, units: DisplayUnits): string => {
  const liters = table.leakLitersPerHour(row);
  return Number.isNaN(liters) ? '' : `, at least ${describeQuantity(liters / 1000, 'm³/h', 3, units)}`;
};
const markedAtMs = (mark: MeterMark) => (table: MeterTable, row: number) => table.markedAtMs(row, mark);

/** What Beacon itself finds at meters, the most serious first; what they say of themselves comes between. */
const kinds: readonly Kind[] = [
  {
    mark: 'highUse',
    said: ['burst'],
    task: 'Tell the customer today.',
    reason: (table, row, units) => `Flow of a burst pipe for eight hours${flow(table, row, units)}`,
    sinceMs: (table, row) => table.flowSinceMs(row, burstRule.litersPerHour),
  },
  {
    mark: 'suspect',
    task: 'Compare with the exchange list.',
    reason: () => 'Register ran backwards',
    sinceMs: markedAtMs('suspect'),
  },
  {
    mark: 'stuck',
    said: ['blocked'],
    task: 'Plan an exchange.',
    reason: () => 'Register stands still although the customer consumes',
    sinceMs: (table, row) => table.movedAtMs(row),
  },
  {
    mark: 'leak',
    said: ['leak'],
    task: 'Tell the customer.',
    reason: (table, row, units) => `Water flows in every hour${flow(table, row, units)}`,
    sinceMs: (table, row) => table.flowSinceMs(row),
  },
];

/** The places of Beacon's own findings among the meanings of status words. */
const rankOf = { highUse: 'burst', suspect: 'removed', stuck: 'blocked', leak: 'leak' } as const;
const UNKNOWN_RANK = statusMeaningIds.length;

function found({ table, status }: UtilitiesState, row: number, units: DisplayUnits): Finding[] {
  return kinds.flatMap(({ mark, said = [], task, reason, sinceMs }): Finding[] =>
    !table.has(row, mark) || status.has(row, ...said)
      ? []
      : [
          {
            rank: statusMeaningIds.indexOf(rankOf[mark as keyof typeof rankOf]),
            reason: reason(table, row, units),
            task,
            sinceMs: sinceMs(table, row),
            isOld: !table.isJudged(row, mark),
          },
        ],
  );
}

function said({ table, status }: UtilitiesState, row: number, nowMs: number): Finding[] {
  const commodity = table.meters[row]?.commodity ?? 'water';
  return status.of(row).flatMap((fact): Finding[] => {
    const { shown, says, task, meaning } = describeStatus(fact.word, commodity);
    const rank = meaning === undefined ? UNKNOWN_RANK : statusMeaningIds.indexOf(meaning);
    if (shown === 'meter') return [];
    return [
      {
        rank,
        reason: says,
        task,
        sinceMs: fact.sinceMs,
        isOld: status.isOld(fact, nowMs) || (fact.kind === 'state' && table.has(row, 'stale')),
      },
    ];
  });
}

/**
 * One item per meter with all of its reasons, the most serious first, and the work of the most serious. Silent meters
 * are a matter of their collector; what they were marked with before is listed last, as no longer judged.
 */
export function meterWork(state: UtilitiesState, units: DisplayUnits, nowMs: number): WorkItem[] {
  const { table, zones, status } = state;
  const rows = new Set(status.rows());
  for (const zone of zones)
    if (kinds.some(({ mark }) => table.countOf(zone.index, mark) + table.unjudgedOf(zone.index, mark) > 0))
      for (const row of zone.meterRows) if (kinds.some(({ mark }) => table.has(row, mark))) rows.add(row);
  const items = [...rows].flatMap((row) => {
    const findings = [...found(state, row, units), ...said(state, row, nowMs)].sort(
      (a, b) => Number(a.isOld) - Number(b.isOld) || a.rank - b.rank,
    );
    const [first] = findings;
    const meter = table.meters[row];
    if (first === undefined || meter === undefined) return [];
    const zone = zones[table.zoneOf[row] ?? -1];
    const reasons = [
      ...new Set(findings.map(({ reason, isOld }) => (isOld ? `${reason} (no longer judged)` : reason))),
    ];
    const item: WorkItem = {
      subject: { kind: 'meter', id: meter.id },
      title: meter.id,
      place: meter.address ?? (zone === undefined ? '' : whereIs(zone).name),
      lon: meter.lon,
      lat: meter.lat,
      ...(Number.isFinite(first.sinceMs) && { sinceMs: first.sinceMs }),
      reason: reasons.join('; '),
      task: first.task,
    };
    return [{ item, row, first }];
  });
  return items
    .sort((a, b) => Number(a.first.isOld) - Number(b.first.isOld) || a.first.rank - b.first.rank || a.row - b.row)
    .map(({ item }) => item);
}
