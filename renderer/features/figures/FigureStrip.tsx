import type { ReactNode } from 'react';
import { useStream } from '../../client/hooks.ts';
import styles from './FigureStrip.module.css';
import { FigureTile } from './FigureTile.tsx';

/**
 * The figures that fit in one line and can be read in five seconds; the others stand on the pages of their subjects.
 */
const shown: readonly string[] = [
  'trafficDelay',
  'busesOnTime',
  'headwayAdherence',
  'electricityLoad',
  'waterInflow',
  'customersOut',
  'meterFaults',
];

/** The county in a handful of numbers, each with its context. */
export function FigureStrip({ isAgeAlwaysShown = false }: { isAgeAlwaysShown?: boolean }): ReactNode {
  const all = useStream('figures');
  const figures = all?.filter(({ id }) => shown.includes(id));
  return (
    <section className={styles['strip']} aria-label="Key figures">
      {figures === undefined &&
        Array.from({ length: shown.length }, (_, tile) => (
          <div key={tile} className={styles['placeholder']} role="presentation" />
        ))}
      {figures?.length === 0 && <p className={styles['empty']}>No figures yet: they appear with the first data.</p>}
      {figures?.map((figure) => (
        <FigureTile key={figure.id} figure={figure} isAgeAlwaysShown={isAgeAlwaysShown} />
      ))}
    </section>
  );
}
