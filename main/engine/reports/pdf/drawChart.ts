import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import type { EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import SvgToPdf from 'svg-to-pdfkit';
import { ink } from './Sheet.ts';
import type { Sheet } from './Sheet.ts';

echarts.use([BarChart, LineChart, GridComponent, MarkLineComponent, SVGRenderer]);

export type Box = { x: number; y: number; width: number; height: number };

const label = { color: ink.second, fontSize: 7, fontFamily: 'Inter' } as const;

/** A chart as SVG text, drawn without a screen. */
function renderSvg(option: EChartsCoreOption, width: number, height: number): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: 'Inter' }, ...option });
    return chart.renderToSVGString();
  } finally {
    // The chart's timer would keep the process alive.
    chart.dispose();
  }
}

/** Draws a chart into a box as vectors; `alt` says in words what it shows. */
function drawChart(sheet: Sheet, option: EChartsCoreOption, { x, y, width, height }: Box, alt: string): void {
  const svg = renderSvg(option, width, height);
  sheet.tag(
    'Figure',
    () => {
      sheet.doc.save();
      SvgToPdf(sheet.doc, svg, x, y, { width, height, assumePt: true, fontCallback: () => 'text' });
      sheet.doc.restore();
    },
    { alt },
  );
}

const timeAxis = (hours: readonly { at: number; text: string }[]): object => {
  const texts = new Map(hours.map(({ at, text }) => [at, text]));
  return {
    type: 'category',
    boundaryGap: true,
    axisLine: { lineStyle: { color: ink.rule, width: 0.5 } },
    axisTick: {
      show: true,
      alignWithLabel: false,
      length: 3,
      lineStyle: { color: ink.rule, width: 0.5 },
      interval: (index: number) => texts.has(index),
    },
    axisLabel: {
      ...label,
      interval: (index: number) => texts.has(index),
      formatter: (_value: string, index: number) => texts.get(index) ?? '',
      hideOverlap: true,
      margin: 5,
    },
  };
};

const valueAxis = (most: number | undefined): object => ({
  type: 'value',
  min: 0,
  ...(most !== undefined && { max: most, interval: most > 30 ? 10 : 5 }),
  splitNumber: 2,
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: label,
  splitLine: { lineStyle: { color: ink.hairline, width: 0.4 } },
});

/** One value per ten minutes; `hours` are the places to label on the axis. */
type Course = { values: readonly (number | null)[]; hours: readonly { at: number; text: string }[]; alt: string };

/** Alarms by ten minutes as bars, with the limit above which they are a flood. What is not known is hatched. */
export function drawBars(sheet: Sheet, { values, hours, alt }: Course, limit: number, box: Box): void {
  const most = 5 * Math.ceil(Math.max(limit + 5, ...values.map((value) => value ?? 0)) / 5);
  const unknown = {
    color: '#ffffff',
    decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 3], rotation: 0.8, color: ink.rule },
    borderColor: ink.hairline,
    borderWidth: 0.3,
  };
  drawChart(
    sheet,
    {
      aria: { enabled: false },
      grid: { left: 22, right: 4, top: 6, bottom: 16 },
      xAxis: { ...timeAxis(hours), data: values.map((_, index) => String(index)) },
      yAxis: valueAxis(most),
      series: [
        {
          type: 'bar',
          barCategoryGap: '18%',
          data: values.map((value) =>
            value === null
              ? { value: most, itemStyle: unknown }
              : { value, itemStyle: { color: value > limit ? ink.text : ink.rule } },
          ),
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: ink.text, width: 0.6, type: [3, 2] },
            data: [{ yAxis: limit }],
          },
        },
      ],
    },
    box,
    alt,
  );
}

/** One value over the shift as a line; a gap stays a gap. */
export function drawCourse(sheet: Sheet, { values, hours, alt }: Course, box: Box): void {
  drawChart(
    sheet,
    {
      grid: { left: 34, right: 4, top: 6, bottom: 16 },
      xAxis: { ...timeAxis(hours), boundaryGap: false, data: values.map((_, index) => String(index)) },
      yAxis: valueAxis(undefined),
      series: [
        {
          type: 'line',
          data: [...values],
          connectNulls: false,
          showSymbol: false,
          lineStyle: { color: ink.text, width: 0.9 },
          areaStyle: { color: ink.wash },
        },
      ],
    },
    box,
    alt,
  );
}
