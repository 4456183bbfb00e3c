import type { EChartsCoreOption } from 'echarts/core';
import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { toDisplay } from '../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../shared/base/display.ts';
import { isUsable, qualityOfCode } from '../../../shared/base/quality.ts';
import { quantities } from '../../../shared/base/quantities.ts';
import { formatNumber } from '../../ui/formatNumber.ts';
import type { LocalTime } from '../../ui/formatTime.ts';
import type { Palette } from '../../ui/tokens.ts';
import { timeTicks } from './timeTicks.ts';

type Series = RequestOutput<'series.query'>;
type Column = readonly (number | null)[] | undefined;
type HistoryRange = { fromMs: number; toMs: number };
type HistoryStyle = {
  palette: Palette;
  font: string;
  units: DisplayUnits;
  time: LocalTime;
  timeZone: string;
  asRate: boolean;
};

/** The unit of a quantity as it is drawn: a counter's consumption is per hour, so energy becomes power. */
export function drawnUnit(quantity: Series['quantity'], asRate: boolean): { unit: string; digits: number } {
  const { unit, digits } = quantities[quantity];
  if (!asRate) return { unit, digits };
  return { unit: unit === 'kWh' ? 'kW' : `${unit}/h`, digits };
}

/**
 * A chart of one series: the line breaks at gaps, merged points show their range as a band, doubtful points are hollow
 * dots.
 */
export function historyOption(series: Series, range: HistoryRange, style: HistoryStyle): EChartsCoreOption {
  const { palette, font, units, time, timeZone } = style;
  const { unit, digits } = drawnUnit(series.quantity, style.asRate);
  const shown = toDisplay(0, unit, digits, units);
  const convert = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : toDisplay(value, unit, digits, units).value;
  const points = (column: Column, isKept: (index: number) => boolean): [number, number | null][] =>
    series.atMs.map((atMs, index) => [atMs, isKept(index) ? convert(column?.[index]) : null]);
  const isGood = (index: number): boolean => isUsable(qualityOfCode(series.quality[index] ?? 0));
  const ticks = timeTicks(range.fromMs, range.toMs, timeZone);
  return {
    animation: false,
    textStyle: { fontFamily: font },
    grid: { left: 48, right: 12, top: 12, bottom: 24 },
    xAxis: timeAxis(range, ticks, palette, time),
    yAxis: valueAxis(palette, shown.digits),
    tooltip: tooltip(palette, time, (value) => `${formatNumber(value, shown.digits)} ${shown.unit}`),
    series: [
      ...band(points(series.min, isGood), points(series.max, isGood), palette),
      {
        name: 'value',
        type: 'line',
        data: points(series.value, isGood),
        showSymbol: false,
        connectNulls: false,
        sampling: 'lttb',
        lineStyle: { color: palette.text, width: 1.5 },
        itemStyle: { color: palette.text },
      },
      {
        name: 'doubtful',
        type: 'scatter',
        data: points(series.value, (index) => !isGood(index)),
        symbolSize: 5,
        itemStyle: { color: 'transparent', borderColor: palette.bad, borderWidth: 1 },
      },
    ],
  };
}

function timeAxis(
  range: HistoryRange,
  ticks: { atMs: number; isMidnight: boolean }[],
  palette: Palette,
  time: LocalTime,
): object {
  const midnights = new Set(ticks.filter(({ isMidnight }) => isMidnight).map(({ atMs }) => atMs));
  const values = ticks.map(({ atMs }) => atMs);
  return {
    type: 'value',
    min: range.fromMs,
    max: range.toMs,
    axisLine: { lineStyle: { color: palette.line } },
    axisTick: { customValues: values, lineStyle: { color: palette.line } },
    splitLine: { show: false },
    axisLabel: {
      customValues: values,
      hideOverlap: true,
      color: palette['text-3'],
      fontSize: 11,
      formatter: (atMs: number) => (midnights.has(atMs) ? time.date(atMs) : time.short(atMs)),
    },
  };
}

function valueAxis(palette: Palette, digits: number): object {
  return {
    type: 'value',
    scale: true,
    splitNumber: 4,
    axisLabel: {
      color: palette['text-3'],
      fontSize: 11,
      formatter: (value: number) => formatNumber(value, Number.isInteger(value) ? 0 : Math.max(1, digits)),
    },
    splitLine: { lineStyle: { color: palette.line, opacity: 0.6 } },
  };
}

function tooltip(palette: Palette, time: LocalTime, format: (value: number) => string): object {
  return {
    trigger: 'axis',
    confine: true,
    transitionDuration: 0,
    padding: [4, 8],
    backgroundColor: palette.raised,
    borderColor: palette.line,
    textStyle: { color: palette.text, fontSize: 12 },
    axisPointer: { lineStyle: { color: palette['text-3'] } },
    formatter: (items: { seriesName: string; value: [number, number | null] }[]) => {
      const item = items.find(
        ({ seriesName, value }) => (seriesName === 'value' || seriesName === 'doubtful') && value[1] !== null,
      );
      const at = items[0]?.value[0];
      if (at === undefined) return '';
      const value = item?.value[1] ?? undefined;
      return `${time.dateTime(at)}<br>${value === undefined ? 'no data' : format(value)}${item?.seriesName === 'doubtful' ? ' (doubtful)' : ''}`;
    },
  };
}

/** Two stacked lines, the lower one invisible: the way to draw a band in ECharts. */
function band(low: [number, number | null][], high: [number, number | null][], palette: Palette): object[] {
  if (low.every(([, value]) => value === null)) return [];
  const height = high.map(([atMs, value], index): [number, number | null] => {
    const floor = low[index]?.[1] ?? null;
    return [atMs, value === null || floor === null ? null : value - floor];
  });
  const line = {
    type: 'line',
    showSymbol: false,
    silent: true,
    stack: 'band',
    stackStrategy: 'all',
    lineStyle: { opacity: 0 },
  };
  return [
    { ...line, name: 'low', data: low },
    { ...line, name: 'band', data: height, areaStyle: { color: palette['text-3'], opacity: 0.25 } },
  ];
}
