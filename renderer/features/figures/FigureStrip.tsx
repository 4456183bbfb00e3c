import type { ReactNode } from 'react';
import { useStream } from '../../live/hooks.ts';
import { FigureTile } from './FigureTile.tsx';
import styles from './FigureStrip.module.css';

const PLACEHOLDERS = 6;

/** The county in a handful of numbers, each with its context. */
export function FigureStrip({ isAgeAlwaysShown = false }: { isAgeAlwaysShown?: boolean }): ReactNode {
  const figures = useStream('figures');
  return (
    <section className={styles['strip']} aria-label="Key figures">
      {figures === undefined && Array.from({ length: PLACEHOLDERS }, (_, tile) => <div key={tile} className={styles['placeholder']} role="presentation" />)}
      {figures?.length === 0 && <p className={styles['empty']}>No figures yet: they appear with the first data.</p>}
      {figures?.map((figure) => <FigureTile key={figure.id} figure={figure} isAgeAlwaysShown={isAgeAlwaysShown} />)}
    </section>
  );
}
