import type { ReactNode } from 'react';
import type { Figure } from '../../../shared/contract/contract.ts';
import { usePictureNow } from '../../client/hooks.ts';
import { useDisplayUnits } from '../../client/useDisplayUnits.ts';
import { formatQuantity } from '../../ui/formatNumber.ts';
import { formatAge } from '../../ui/formatTime.ts';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { describeFigure, isComplete } from './describeFigure.ts';
import styles from './FigureTile.module.css';

/** After a minute without a new value the figure shows its age at a workstation too; the wall always shows it. */
const AGE_FROM_MS = 60_000;

type Props = { figure: Figure; isAgeAlwaysShown?: boolean };

export function FigureTile({ figure, isAgeAlwaysShown = false }: Props): ReactNode {
  const units = useDisplayUnits();
  const nowMs = usePictureNow(1000);
  const shown = formatQuantity(figure.value, figure.unit, figure.digits, units);
  const ageMs = nowMs === undefined ? 0 : nowMs - figure.atMs;
  return (
    <article
      className={styles['tile']}
      data-testid="figure"
      data-figure={figure.id}
      data-abnormal={figure.isAbnormal}
      aria-label={`${figure.label}: ${figure.value === null ? 'not known' : `${shown.text} ${shown.unit}`}`}
    >
      <h3 title={figure.label}>{figure.label}</h3>
      <p className={styles['value']}>
        {figure.isAbnormal && <AbnormalMark figure={figure} />}
        <b>{shown.text}</b>
        {figure.value !== null && <span>{shown.unit}</span>}
      </p>
      <div className={styles['spark']}>
        <Sparkline
          values={figure.spark}
          low={figure.low}
          high={figure.high}
          typical={figure.typical}
          isAbnormal={figure.isAbnormal}
        />
      </div>
      <p className={styles['context']} title={describeFigure(figure, units)}>
        <span>{describeFigure(figure, units)}</span>
        {!isComplete(figure) && <span className={styles['partial']}>{Math.round(figure.present * 100)} % of data</span>}
        {(isAgeAlwaysShown || ageMs >= AGE_FROM_MS) && <span>{formatAge(ageMs)} old</span>}
      </p>
    </article>
  );
}

/** Marks a value above or below the band by shape: a triangle that points up or down. */
function AbnormalMark({ figure }: { figure: Figure }): ReactNode {
  const isLow = figure.low !== undefined && figure.value !== null && figure.value < figure.low;
  return (
    <svg className={styles['mark']} viewBox="0 0 12 12" role="img" aria-label={isLow ? 'Below normal' : 'Above normal'}>
      <path d={isLow ? 'M1 2h10L6 11z' : 'M1 10h10L6 1z'} />
    </svg>
  );
}
