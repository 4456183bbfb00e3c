import { init } from 'echarts/core';
import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

type Props = {
  option: EChartsCoreOption;
  label: string;
  className: string | undefined;
  /** Called with the chart when it is made, and with null when it is gone. */
  onChart?: (chart: ECharts | null) => void;
  /** Called with the ends of what is seen, UTC ms, after the person has zoomed or moved. */
  onZoom?: (seen: { fromMs: number; toMs: number }) => void;
};

const REST_MS = 200;

/**
 * Holds an ECharts instance: it is made once, resized with its box, and given each new option. The kinds of charts that
 * the option names have to be registered.
 */
export function ChartCanvas({ option, label, className, onChart, onZoom }: Props): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  useEffect(() => {
    if (box.current === null) return undefined;
    const made = init(box.current, null, { renderer: 'canvas' });
    chart.current = made;
    onChart?.(made);
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
      onChart?.(null);
    };
  }, [onChart]);
  useEffect(() => {
    const made = chart.current;
    made?.setOption(option, { notMerge: true });
    let rest = 0;
    const zoomed = (): void => {
      window.clearTimeout(rest);
      // A new option in the middle of a drag would end it.
      rest = window.setTimeout(() => {
        const seen = seenOf(made);
        if (seen !== undefined) onZoom?.(seen);
      }, REST_MS);
    };
    made?.on('datazoom', zoomed);
    return () => {
      window.clearTimeout(rest);
      made?.off('datazoom', zoomed);
    };
  }, [option, onZoom]);
  return <div ref={box} className={className} role="img" aria-label={label} />;
}

function seenOf(chart: ECharts | null): { fromMs: number; toMs: number } | undefined {
  const [zoom] = (chart?.getOption()['dataZoom'] ?? []) as { startValue?: number; endValue?: number }[];
  return zoom?.startValue === undefined || zoom.endValue === undefined
    ? undefined
    : { fromMs: zoom.startValue, toMs: zoom.endValue };
}
