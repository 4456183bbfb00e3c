import { LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import { use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { Evaluation } from '../../../shared/impact/evaluation.ts';
import { ChartCanvas } from '../../ui/ChartCanvas.tsx';
import { usePalette } from '../../ui/usePalette.ts';
import styles from './EffectChart.module.css';
import { effectOption } from './effectOption.ts';

register([LineChart, GridComponent, MarkAreaComponent, MarkLineComponent, CanvasRenderer]);

/** The weeks before and after a change, and where the mean would have been without it. */
export function EffectChart({ report }: { report: Evaluation }): ReactNode {
  const palette = usePalette();
  const option = useMemo(
    () => effectOption(report, palette, getComputedStyle(document.body).fontFamily),
    [report, palette],
  );
  return (
    <figure className={styles['chart']}>
      <ChartCanvas option={option} label={`Weeks of ${report.planId}`} className={styles['canvas']} />
      <figcaption className={styles['words']}>
        Means of weeks. Band: where the mean after the change would have been without it, in nine of ten cases.
      </figcaption>
    </figure>
  );
}
