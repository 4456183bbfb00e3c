import type { EChartsCoreOption } from 'echarts/core';
import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { toDisplay } from '../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../shared/base/display.ts';
import { isUsable, qualityOfCode } from '../../../shared/base/quality.ts';
import { quantities } from '../../../shared/base/quantities.ts';
import { formatNumber } from '../../ui/formatNumber.ts';
import type { LocalTime } from '../../ui/formatTime.ts';
import type { Palette } from '../../ui/tokens.ts';
import type { HistoryRange } from './chartRange.ts';
import { timeTicks } from './timeTicks.ts';
import type { TimeTick } from './timeTicks.ts';

type Series = RequestOutput<'series.query'>;
type Forecast = RequestOutput<'series.forecast'>;
type Column = readonly (number | null)[] | undefined;
const HALF_HOUR_MS = 1_800_000;
const WEEK_MS = 604_800_000;
const SHORTEST_SEEN_MS = 60_000;
/** For ranges longer than this, samples are requested only of a series without hourly values. */
const LONG_MS = 8 * 86_400_000;

/** How a chart is drawn for this person and county. */
export type HistoryStyle = {
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
 * What is drawn beside the series: its forecast, and the same time of the week before. `zoom` is what is seen of all.
 */
type More = { forecast?: Forecast | undefined; weekAgo?: Series | undefined; zoom?: HistoryRange | undefined };

/**
 * A chart of one series: the line breaks at gaps, merged points show their range as a band, doubtful points are hollow
 * dots. A forecast is dashed, within its band.
 */
export function historyOption(
  series: Series,
  range: HistoryRange,
  style: HistoryStyle,
  { forecast, weekAgo, zoom }: More = {},
): EChartsCoreOption {
  const { palette, font, units, time, timeZone } = style;
  const { unit, digits } = drawnUnit(series.quantity, style.asRate);
  const shown = toDisplay(0, unit, digits, units);
  const convert = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : toDisplay(value, unit, digits, units).value;
  const points = (column: Column, isKept: (index: number) => boolean): [number, number | null][] =>
    series.atMs.map((atMs, index) => [atMs, isKept(index) ? convert(column?.[index]) : null]);
  const isGood = (index: number): boolean => isUsable(qualityOfCode(series.quality[index] ?? 0));
  const ticks = timeTicks((zoom ?? range).fromMs, (zoom ?? range).toMs, timeZone);
  return {
    animation: false,
    textStyle: { fontFamily: font },
    grid: { left: 48, right: 12, top: 12, bottom: 24 },
    xAxis: timeAxis(range, ticks, palette, labelOf(time, timeZone)),
    yAxis: valueAxis(palette, shown.digits),
    dataZoom: [inside(zoom ?? range)],
    tooltip: tooltip(
      palette,
      whenOf(series.resolution, time, timeZone),
      (value) => `${formatNumber(value, shown.digits)} ${shown.unit}`,
    ),
    series: [
      ...(weekAgo === undefined ? [] : [lineOfWeekAgo(weekAgo, convert, palette)]),
      ...band('band', points(series.min, isGood), points(series.max, isGood), palette),
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
      ...(forecast === undefined ? [] : forecastLines(forecast, convert, palette)),
    ],
  };
}

/** Zooms with Ctrl and the wheel, since the wheel alone scrolls the page, and moves with the mouse. */
const inside = ({ fromMs, toMs }: HistoryRange): object => ({
  type: 'inside',
  filterMode: 'none',
  startValue: fromMs,
  endValue: toMs,
  zoomOnMouseWheel: 'ctrl',
  minValueSpan: SHORTEST_SEEN_MS,
});

/** The usable values of the same time of the week before. */
const lineOfWeekAgo = (
  { atMs, value, quality }: Series,
  convert: (value: number | null | undefined) => number | null,
  palette: Palette,
): object => ({
  name: 'weekAgo',
  type: 'line',
  data: atMs.map((at, index) => [
    at + WEEK_MS,
    isUsable(qualityOfCode(quality[index] ?? 0)) ? convert(value[index]) : null,
  ]),
  showSymbol: false,
  connectNulls: false,
  silent: true,
  lineStyle: { color: palette['text-3'], width: 1 },
  itemStyle: { color: palette['text-3'] },
});

/** What is to come; the mean of an hour is drawn in its middle. */
function forecastLines(
  { stepMs, atMs, value, low, high }: Forecast,
  convert: (value: number | undefined) => number | null,
  palette: Palette,
): object[] {
  const points = (column: readonly number[]): [number, number | null][] =>
    atMs.map((beginMs, index) => [beginMs + stepMs / 2, convert(column[index])]);
  return [
    ...band('forecastBand', points(low), points(high), palette),
    {
      name: 'forecast',
      type: 'line',
      data: points(value),
      showSymbol: false,
      lineStyle: { color: palette['text-2'], width: 1.5, type: 'dashed' },
      itemStyle: { color: palette['text-2'] },
    },
  ];
}

/** Formats the label of a tick: "14:03", "Mon 23 Nov", "November", "2026". */
function labelOf(time: LocalTime, timeZone: string): (tick: TimeTick) => string {
  const month = new Intl.DateTimeFormat('en-GB', { timeZone, month: 'long' });
  const year = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric' });
  return ({ atMs, begins }) => {
    switch (begins) {
      case 'time':
        return time.short(atMs);
      case 'day':
        return time.date(atMs);
      case 'month':
        return month.format(atMs);
      case 'year':
        return year.format(atMs);
    }
  };
}

/**
 * Formats the time of a point: the mean of an hour or a day is drawn in the middle of its period, and is named by the
 * whole period.
 */
function whenOf(resolution: Series['resolution'], time: LocalTime, timeZone: string): (atMs: number) => string {
  const year = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric' });
  switch (resolution) {
    case 'samples':
    case 'quarterHour':
      return (atMs) => time.dateTime(atMs);
    case 'hour':
      return (atMs) => `${time.dateTime(atMs - HALF_HOUR_MS)}–${time.short(atMs + HALF_HOUR_MS)}`;
    case 'day':
      return (atMs) => `${time.date(atMs)} ${year.format(atMs)}`;
  }
}

/** What each point of a chart is, in words. */
export function resolutionWords({ resolution, of }: Series, range: HistoryRange): string {
  const whose = of === 'link' ? ' of its link' : '';
  switch (resolution) {
    case 'samples':
      return range.toMs - range.fromMs > LONG_MS ? 'Samples, which are kept for some weeks' : 'Samples';
    case 'quarterHour':
      return 'Means of a quarter hour';
    case 'hour':
      return `Means of an hour${whose}; band: lowest and highest quarter hour`;
    case 'day':
      return `Means of a day${whose}; band: lowest and highest quarter hour`;
  }
}

function timeAxis(range: HistoryRange, ticks: TimeTick[], palette: Palette, label: (tick: TimeTick) => string): object {
  const labels = new Map(ticks.map((tick) => [tick.atMs, label(tick)]));
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
      formatter: (atMs: number) => labels.get(atMs) ?? '',
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

/** What the tooltip adds to the value of a series; other series are not named in it. */
const noteOf: Readonly<Record<string, string>> = { value: '', doubtful: ' (doubtful)', forecast: ' (forecast)' };

function tooltip(palette: Palette, when: (atMs: number) => string, format: (value: number) => string): object {
  return {
    trigger: 'axis',
    // Drawn on the canvas: text of data never becomes HTML.
    renderMode: 'richText',
    confine: true,
    transitionDuration: 0,
    padding: [4, 8],
    backgroundColor: palette.raised,
    borderColor: palette.line,
    textStyle: { color: palette.text, fontSize: 12 },
    axisPointer: { lineStyle: { color: palette['text-3'] } },
    formatter: (items: { seriesName: string; value: [number, number | null] }[]) => {
      const item = items.find(({ seriesName, value }) => seriesName in noteOf && value[1] !== null);
      const at = items[0]?.value[0];
      if (at === undefined) return '';
      const value = item?.value[1] ?? undefined;
      const before = items.find(({ seriesName }) => seriesName === 'weekAgo')?.value[1] ?? undefined;
      const words = `${value === undefined ? 'no data' : format(value)}${noteOf[item?.seriesName ?? ''] ?? ''}`;
      return [when(at), words, ...(before === undefined ? [] : [`${format(before)} a week before`])].join('\n');
    },
  };
}

/** Draws a band as two stacked lines, the lower one invisible, because ECharts has no band of its own. */
function band(
  stack: string,
  low: [number, number | null][],
  high: [number, number | null][],
  palette: Palette,
): object[] {
  if (low.every(([, value]) => value === null)) return [];
  const height = high.map(([atMs, value], index): [number, number | null] => {
    const floor = low[index]?.[1] ?? null;
    return [atMs, value === null || floor === null ? null : value - floor];
  });
  const line = {
    type: 'line',
    showSymbol: false,
    silent: true,
    stack,
    stackStrategy: 'all',
    lineStyle: { opacity: 0 },
  };
  return [
    { ...line, name: 'low', data: low },
    { ...line, name: stack, data: height, areaStyle: { color: palette['text-3'], opacity: 0.25 } },
  ];
}
