import { init } from 'echarts/core';
import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

/**
 * Holds an ECharts instance: it is made once, resized with its box, and given each new option. The kinds of charts that
 * the option names have to be registered.
 */
export function ChartCanvas({
  option,
  label,
  className,
}: {
  option: EChartsCoreOption;
  label: string;
  className: string | undefined;
}): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  useEffect(() => {
    if (box.current === null) return undefined;
    const made = init(box.current, null, { renderer: 'canvas' });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => chart.current?.setOption(option, { notMerge: true }), [option]);
  return <div ref={box} className={className} role="img" aria-label={label} />;
}
