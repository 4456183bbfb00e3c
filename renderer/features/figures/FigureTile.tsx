import type { ReactNode } from 'react';
import type { Figure } from '../../../shared/contract/contract.ts';
import { freshnessOfFigures, listNames } from '../../client/freshness.ts';
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
  const freshness = freshnessOfFigures([figure]);
  const { oldestAtMs, silent } = freshness;
  const ageMs = nowMs === undefined || oldestAtMs === undefined ? undefined : nowMs - oldestAtMs;
  const isAgeShown = ageMs !== undefined && (isAgeAlwaysShown || ageMs >= AGE_FROM_MS);
  return (
    <article
      className={styles['tile']}
      data-testid="figure"
      data-figure={figure.id}
      data-abnormal={figure.isAbnormal}
      data-silent={silent.length > 0}
      aria-label={nameOf(figure, `${shown.text} ${shown.unit}`, silent)}
    >
      <h3 title={figure.label}>{figure.label}</h3>
      <p className={styles['value']}>
        {figure.deviation && <AbnormalMark deviation={figure.deviation} />}
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
      <p
        className={styles['context']}
        title={[...silent.map((name) => `${name} silent`), describeFigure(figure, units)].join(', ')}
      >
        {silent.length > 0 && <b className={styles['silent']}>{listNames(silent)} silent</b>}
        {isAgeShown && <span className={styles['age']}>{formatAge(ageMs)} old</span>}
        {oldestAtMs === undefined && <span>no data yet</span>}
        <span className={styles['usual']}>{describeFigure(figure, units)}</span>
        {oldestAtMs !== undefined && !isComplete(figure) && (
          <span className={styles['partial']}>{Math.round(figure.present * 100)} % of data</span>
        )}
      </p>
    </article>
  );
}

function nameOf({ label, value, deviation }: Figure, shown: string, silent: readonly string[]): string {
  const state = deviation === undefined ? '' : `, ${marks[deviation].label.toLowerCase()}`;
  const source = silent.length === 0 ? '' : `, ${listNames(silent)} silent`;
  return `${label}: ${value === null ? 'not known' : shown}${state}${source}`;
}

const marks: Record<NonNullable<Figure['deviation']>, { label: string; path: string }> = {
  above: { label: 'Above normal', path: 'M1 10h10L6 1z' },
  below: { label: 'Below normal', path: 'M1 2h10L6 11z' },
  part: { label: 'Abnormal in a part of the county', path: 'M6 1l5 5-5 5-5-5z' },
};

/** Marks by shape on which side of normal the figure is: a triangle, or a diamond for a part of the county. */
function AbnormalMark({ deviation }: { deviation: NonNullable<Figure['deviation']> }): ReactNode {
  const { label, path } = marks[deviation];
  return (
    <svg className={styles['mark']} viewBox="0 0 12 12" role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}
