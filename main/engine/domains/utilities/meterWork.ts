import type { WorkItem } from '../../../../shared/contract/historyRequests.ts';
import { describeQuantity } from '../../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../../shared/base/display.ts';
import { burstRule } from '../../../../shared/utilities/continuousFlow.ts';
import type { MeterMark, MeterTable } from './MeterTable.ts';
import type { UtilitiesState } from './UtilitiesState.ts';
import { whereIs } from './whereIs.ts';

type Kind = {
  mark: MeterMark;
  task: string;
  reason: (table: MeterTable, row: number, units: DisplayUnits) => string;
  sinceMs: (table: MeterTable, row: number) => number;
};

const flow = (table: MeterTable, row: number, units: DisplayUnits): string => {
  const liters = table.leakLitersPerHour(row);
  return Number.isNaN(liters) ? '' : `, at least ${describeQuantity(liters / 1000, 'm³/h', 3, units)}`;
};
const markedAtMs = (mark: MeterMark) => (table: MeterTable, row: number) => table.markedAtMs(row, mark);

/** What is to be done at meters, the most serious first. */
const kinds: readonly Kind[] = [
  {
    mark: 'highUse',
    task: 'Tell the customer today.',
    reason: (table, row, units) => `Flow of a burst pipe for eight hours${flow(table, row, units)}`,
    sinceMs: (table, row) => table.flowSinceMs(row, burstRule.litersPerHour),
  },
  {
    mark: 'tamper',
    task: 'Have revenue protection inspect it.',
    reason: () => 'Tampered with: an opened cover, a magnet, a broken seal or reversed flow',
    sinceMs: markedAtMs('tamper'),
  },
  {
    mark: 'suspect',
    task: 'Compare with the exchange list.',
    reason: () => 'Register ran backwards',
    sinceMs: markedAtMs('suspect'),
  },
  {
    mark: 'stuck',
    task: 'Plan an exchange.',
    reason: () => 'Register stands still although the customer consumes',
    sinceMs: (table, row) => table.movedAtMs(row),
  },
  {
    mark: 'leak',
    task: 'Tell the customer.',
    reason: (table, row, units) => `Water flows in every hour${flow(table, row, units)}`,
    sinceMs: (table, row) => table.flowSinceMs(row),
  },
];

/** One item per meter, with the most serious of its reasons. Silent meters are a matter of their collector. */
export function meterWork(state: UtilitiesState, units: DisplayUnits): WorkItem[] {
  const { table, zones } = state;
  const done = new Set<number>();
  return kinds.flatMap(({ mark, task, reason, sinceMs }) =>
    zones.flatMap((zone) =>
      table.countOf(zone.index, mark) === 0
        ? []
        : [...zone.meterRows].flatMap((row): WorkItem[] => {
            const meter = table.meters[row];
            if (meter === undefined || !table.has(row, mark) || done.has(row)) return [];
            done.add(row);
            const since = sinceMs(table, row);
            return [
              {
                subject: { kind: 'meter', id: meter.id },
                title: meter.id,
                place: meter.address ?? whereIs(zone).name,
                lon: meter.lon,
                lat: meter.lat,
                ...(Number.isFinite(since) && { sinceMs: since }),
                reason: reason(table, row, units),
                task,
              },
            ];
          }),
    ),
  );
}
