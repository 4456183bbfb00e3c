import type { EChartsCoreOption } from 'echarts/core';
import { mean } from '../../../shared/base/statistics/percentile.ts';
import { dayOfText, textOfDay } from '../../../shared/impact/dayText.ts';
import type { Evaluation } from '../../../shared/impact/evaluation.ts';
import type { Palette } from '../../ui/tokens.ts';

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

type Level = { low: number; middle: number; high: number };

/**
 * What the mean after the change would have been without it, with its 90 % range: the mean that was measured, less the
 * effect. Undefined where there is no result.
 */
export function withoutChange({ plan, place, result }: Evaluation): Level | undefined {
  if ('fault' in result) return undefined;
  const after = mean(place.samples.filter(({ day }) => day >= dayOfText(plan.afterDay)).map(({ value }) => value));
  const at = (share: number): number => after / (1 + share);
  return { low: at(result.high90), middle: at(result.share), high: at(result.low90) };
}

/** The means of weeks, by the middle of each. */
export function weekMeans({ place, plan }: Pick<Evaluation, 'place' | 'plan'>): [number, number][] {
  const start = dayOfText(plan.startDay);
  const weeks = new Map<number, number[]>();
  for (const { day, value } of place.samples) {
    const week = Math.floor((day - start) / WEEK_DAYS);
    weeks.set(week, [...(weeks.get(week) ?? []), value]);
  }
  return [...weeks].map(([week, values]) => [(start + (week + 0.5) * WEEK_DAYS) * DAY_MS, mean(values)]);
}

/** A chart of the weeks before and after a change, with the band in which the mean would have been without it. */
export function effectOption(report: Evaluation, palette: Palette, font: string): EChartsCoreOption {
  const { plan, toDay } = report;
  const level = withoutChange(report);
  const [from, to] = [plan.afterDay, toDay].map((text) => dayOfText(text) * DAY_MS);
  const band = level && [
    [
      { xAxis: from, yAxis: level.low },
      { xAxis: to, yAxis: level.high },
    ],
  ];
  const words = { color: palette['text-2'], fontFamily: font };
  return {
    animation: false,
    textStyle: { fontFamily: font },
    grid: { left: 56, right: 12, top: 24, bottom: 24 },
    xAxis: {
      type: 'time',
      axisLabel: { ...words, formatter: (atMs: number) => textOfDay(Math.floor(atMs / DAY_MS)), hideOverlap: true },
      axisLine: { lineStyle: { color: palette.line } },
    },
    yAxis: { type: 'value', scale: true, axisLabel: words, splitLine: { lineStyle: { color: palette.line } } },
    series: [
      {
        type: 'line',
        data: weekMeans(report),
        symbol: 'none',
        lineStyle: { color: palette.text, width: 1.5 },
        markArea: { silent: true, itemStyle: { color: palette['text-3'], opacity: 0.35 }, data: band ?? [] },
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: palette['text-2'], type: 'dashed' },
          label: { ...words, formatter: 'start' },
          data: [{ xAxis: dayOfText(plan.startDay) * DAY_MS }],
        },
      },
    ],
  };
}
