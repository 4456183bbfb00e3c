import type { MeterMark } from './MeterTable.ts';
import type { UtilitiesState } from './UtilitiesState.ts';
import type { ZoneState } from './ZoneState.ts';

const MOST_NAMED = 5;

/** Up to five meters of the zone that have the mark, by address where there is one. */
export function listMeters({ table }: UtilitiesState, zone: ZoneState, mark: MeterMark): string {
  const names: string[] = [];
  for (const row of zone.meterRows) {
    if (!table.has(row, mark)) continue;
    if (names.length === MOST_NAMED) return `${names.join('; ')}; …`;
    names.push(table.meters[row]?.address ?? table.meters[row]?.id ?? '');
  }
  return names.join('; ');
}
