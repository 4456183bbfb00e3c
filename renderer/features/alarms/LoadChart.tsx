import type { ReactNode } from 'react';
import type { AlarmLoad } from '../../../shared/alarms/alarmLoad.ts';
import { barGeometry } from '../../ui/barGeometry.ts';
import styles from './LoadChart.module.css';
import { loadLimits } from './loadLevel.ts';

const WIDTH = 432;
const HEIGHT = 72;

/**
 * The alarms of the last 24 hours in windows of ten minutes, against the number at which a flood begins. Windows
 * without known data are left empty.
 */
export function LoadChart({ load: { byTenMinutes, knownWindows, maxIn10Min } }: { load: AlarmLoad }): ReactNode {
  const unknown = byTenMinutes.length - knownWindows;
  const { bars, limitY } = barGeometry(
    byTenMinutes.map((count, index) => (index < unknown ? undefined : count)),
    { limit: loadLimits.flood, width: WIDTH, height: HEIGHT },
  );
  const share = (index: number): number => (index / Math.max(1, byTenMinutes.length)) * 100;
  return (
    <figure className={styles['chart']}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Alarms in each 10 minutes of the last 24 hours; the most in any 10 minutes is ${maxIn10Min}`}
      >
        {unknown > 0 && (
          <rect className={styles['unknown']} x="0" y="0" width={(share(unknown) / 100) * WIDTH} height={HEIGHT} />
        )}
        <line className={styles['limit']} x1="0" x2={WIDTH} y1={limitY} y2={limitY} />
        {bars.map(({ isAbove, ...bar }) => (
          <rect key={bar.x} {...bar} data-above={isAbove} />
        ))}
      </svg>
      <figcaption>
        <span>24 h ago</span>
        {unknown > 0 && <span>nothing is known of the first {Math.round(unknown / 6)} h</span>}
        <span>line: {loadLimits.flood} in 10 min, a flood above it</span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}
