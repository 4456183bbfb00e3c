import { toDisplay } from '../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../shared/base/display.ts';
import { qualityOfCode } from '../../../shared/base/quality.ts';
import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { csv } from '../../../shared/shifts/csv.ts';
import { drawnUnit } from './historyOption.ts';

/** The points of a chart as comma-separated values: times in UTC, values as they are shown. */
export function chartCsv(
  series: RequestOutput<'series.query'>,
  label: string,
  { units, asRate }: { units: DisplayUnits; asRate: boolean },
): string {
  const { unit, digits } = drawnUnit(series.quantity, asRate);
  const shown = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : toDisplay(value, unit, digits, units).value;
  const rows = series.atMs.flatMap((atMs, index) => {
    const value = shown(series.value[index]);
    if (value === null) return [];
    const quality = qualityOfCode(series.quality[index] ?? 0);
    return [[new Date(atMs).toISOString(), value, shown(series.min?.[index]), shown(series.max?.[index]), quality]];
  });
  return csv(['time', `${label} (${toDisplay(0, unit, digits, units).unit})`, 'lowest', 'highest', 'quality'], rows);
}
