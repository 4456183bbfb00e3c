import { LineChart, ScatterChart } from 'echarts/charts';
import { DataZoomInsideComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { use as register } from 'echarts/core';
import type { ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { RequestOutput } from '../../../shared/contract/contract.ts';
import type { Detail } from '../../../shared/contract/historyRequests.ts';
import { useCountyData, usePictureNow } from '../../client/hooks.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { useDisplayUnits } from '../../client/useDisplayUnits.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { Blank } from '../../ui/Blank.tsx';
import { ChartCanvas } from '../../ui/ChartCanvas.tsx';
import { saveFile, saveText } from '../../ui/saveFile.ts';
import { usePalette } from '../../ui/usePalette.ts';
import { chartCsv } from './chartCsv.ts';
import { fittedRange, zoomedIn } from './chartRange.ts';
import type { HistoryRange } from './chartRange.ts';
import { ChartTools } from './ChartTools.tsx';
import styles from './HistoryChart.module.css';
import { historyOption, resolutionWords } from './historyOption.ts';
import type { HistoryStyle } from './historyOption.ts';

register([LineChart, ScatterChart, GridComponent, TooltipComponent, DataZoomInsideComponent, CanvasRenderer]);

const HOUR_MS = 3_600_000;
/** The most points to request: a chart of this width has no more pixels. */
const MAX_POINTS = 800;
/**
 * The time range advances in steps of one point, but at most twice a minute, so that the chart is not requested at
 * every tick.
 */
const SHORTEST_STEP_MS = 30_000;

/** A forecast of two days is not worth drawing beside a year. */
const LONGEST_WITH_FORECAST_H = 720;
const FORECAST_MS = 48 * HOUR_MS;
const FORECAST_REFRESH_MS = 300_000;

const WEEK_MS = 168 * HOUR_MS;
/** Of a longer range, the week before is part of it. */
const LONGEST_WITH_WEEK_MS = 48 * HOUR_MS;

type Props = { series: Detail['series'][number]; hours: number };

/** Shows one series over the last hours, and says what each of its points is. */
export function HistoryChart({ series, hours }: Props): ReactNode {
  const nowMs = usePictureNow(Math.max(SHORTEST_STEP_MS, (hours * HOUR_MS) / MAX_POINTS));
  if (nowMs === undefined) return <div className={styles['chart']} />;
  const span = { series, fromMs: nowMs - hours * HOUR_MS, toMs: nowMs };
  const hasForecast = series.hasForecast === true && hours <= LONGEST_WITH_FORECAST_H;
  return hasForecast ? <ChartWithForecast {...span} /> : <LoadedChart {...span} />;
}

/** Adds the time to come, as far as there is a forecast, and half as much as is shown of the past. */
function ChartWithForecast(span: Span): ReactNode {
  const answer = useAnswer(
    'series.forecast',
    { deviceId: span.series.deviceId, quantity: span.series.quantity },
    FORECAST_REFRESH_MS,
  );
  const untilMs = span.toMs + Math.min(FORECAST_MS, (span.toMs - span.fromMs) / 2);
  if (answer.state !== 'done' || answer.value.atMs.length === 0) return <LoadedChart {...span} />;
  return <LoadedChart {...span} forecast={answer.value} untilMs={untilMs} />;
}

type Span = { series: Props['series']; fromMs: number; toMs: number };
type LoadedProps = Span & { forecast?: RequestOutput<'series.forecast'> | undefined; untilMs?: number };

function LoadedChart(props: LoadedProps): ReactNode {
  const { series, fromMs, toMs, forecast, untilMs = toMs } = props;
  const { deviceId, quantity, asRate } = series;
  const [isWeekWanted, wantWeek] = useState(false);
  const [zoom, setZoom] = useState<HistoryRange>();
  const [chart, setChart] = useState<ECharts | null>(null);
  const question = { deviceId, quantity, asRate, maxPoints: MAX_POINTS };
  const answer = useAnswer('series.query', { ...question, fromMs, toMs });
  const isShort = toMs - fromMs <= LONGEST_WITH_WEEK_MS;
  const before = useAnswer(
    'series.query',
    isWeekWanted && isShort ? { ...question, fromMs: fromMs - WEEK_MS, toMs: untilMs - WEEK_MS } : undefined,
  );
  const weekAgo = before.state === 'done' ? before.value : undefined;
  const style = useChartStyle(asRate);
  const points = answer.state === 'done' ? answer.value : undefined;
  const whole = useMemo(() => points && fittedRange({ fromMs, toMs: untilMs }, points), [points, fromMs, untilMs]);
  const option = useMemo(
    () => points && whole && historyOption(points, whole, style, { forecast, weekAgo, zoom }),
    [points, whole, style, forecast, weekAgo, zoom],
  );
  const isEmpty = points?.value.every((value) => value === null) === true;
  return (
    <figure className={styles['chart']} data-state={answer.state}>
      {option !== undefined && !isEmpty && (
        <ChartCanvas
          option={option}
          label={`History of ${series.label}`}
          className={styles['canvas']}
          onChart={setChart}
          onZoom={setZoom}
        />
      )}
      {isEmpty && <Blank title="No data in this range." />}
      {answer.state === 'failed' && <Blank title="The history could not be read.">{answer.message}</Blank>}
      {points !== undefined && whole !== undefined && !isEmpty && (
        <div className={styles['foot']}>
          <figcaption className={styles['resolution']}>{resolutionWords(points, { fromMs, toMs })}</figcaption>
          <ChartTools
            isZoomed={zoom !== undefined}
            onZoomIn={() => setZoom(zoomedIn(zoom ?? whole))}
            onWhole={() => setZoom(undefined)}
            hasWeekAgo={isShort ? isWeekWanted : undefined}
            onWeekAgo={wantWeek}
            onCsv={() => saveText(`${series.label}.csv`, 'text/csv', chartCsv(points, series.label, style))}
            onPicture={() => savePicture(chart, series.label, style.palette.panel)}
          />
        </div>
      )}
      {option !== undefined && forecast !== undefined && (
        <p className={styles['resolution']}>Dashed: forecast, with the band of four values in five</p>
      )}
    </figure>
  );
}

function useChartStyle(asRate: boolean): HistoryStyle {
  const units = useDisplayUnits();
  const time = useLocalTime();
  const timeZone = useCountyData().profile?.timeZone ?? 'UTC';
  const palette = usePalette();
  return useMemo(
    () => ({ palette, font: getComputedStyle(document.body).fontFamily, units, time, timeZone, asRate }),
    [palette, units, time, timeZone, asRate],
  );
}

function savePicture(chart: ECharts | null, label: string, backgroundColor: string): void {
  const [, base64] = chart?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor }).split(',') ?? [];
  if (base64 !== undefined) saveFile(`${label}.png`, 'image/png', base64);
}
