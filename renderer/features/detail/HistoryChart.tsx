import { LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { RequestOutput } from '../../../shared/contract/contract.ts';
import type { Detail } from '../../../shared/contract/historyRequests.ts';
import { useCountyData, usePictureNow } from '../../client/hooks.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { useDisplayUnits } from '../../client/useDisplayUnits.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { Blank } from '../../ui/Blank.tsx';
import { ChartCanvas } from '../../ui/ChartCanvas.tsx';
import { usePalette } from '../../ui/usePalette.ts';
import styles from './HistoryChart.module.css';
import { historyOption, resolutionWords } from './historyOption.ts';

register([LineChart, ScatterChart, GridComponent, TooltipComponent, CanvasRenderer]);

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
type LoadedProps = Span & { forecast?: RequestOutput<'series.forecast'>; untilMs?: number };

function LoadedChart({ series, fromMs, toMs, forecast, untilMs = toMs }: LoadedProps): ReactNode {
  const { deviceId, quantity, asRate } = series;
  const answer = useAnswer('series.query', { deviceId, quantity, asRate, fromMs, toMs, maxPoints: MAX_POINTS });
  const units = useDisplayUnits();
  const time = useLocalTime();
  const timeZone = useCountyData().profile?.timeZone ?? 'UTC';
  const palette = usePalette();
  const option = useMemo(() => {
    return answer.state === 'done'
      ? historyOption(
          answer.value,
          { fromMs, toMs: untilMs },
          { palette, font: getComputedStyle(document.body).fontFamily, units, time, timeZone, asRate },
          forecast,
        )
      : undefined;
  }, [answer, fromMs, untilMs, units, time, timeZone, asRate, palette, forecast]);
  const isEmpty = answer.state === 'done' && answer.value.value.every((value) => value === null);
  return (
    <figure className={styles['chart']} data-state={answer.state}>
      {option !== undefined && !isEmpty && (
        <ChartCanvas option={option} label={`History of ${series.label}`} className={styles['canvas']} />
      )}
      {isEmpty && <Blank title="No data in this range." />}
      {answer.state === 'failed' && <Blank title="The history could not be read.">{answer.message}</Blank>}
      {answer.state === 'done' && !isEmpty && (
        <figcaption className={styles['resolution']}>{resolutionWords(answer.value, { fromMs, toMs })}</figcaption>
      )}
      {option !== undefined && forecast !== undefined && (
        <p className={styles['resolution']}>Dashed: forecast, with the band of four values in five</p>
      )}
    </figure>
  );
}
