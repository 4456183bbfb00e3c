import type { ReactNode } from 'react';
import type { AlarmLoad } from '../../../shared/alarms/alarmLoad.ts';
import styles from './LoadBar.module.css';
import { loadLevel, loadLimits } from './loadLevel.ts';

/** A position's load at a glance: the alarms of the last ten minutes against what one person can handle. */
export function LoadBar({
  load: { last10Min, lastHour, isFlood },
}: {
  load: Pick<AlarmLoad, 'last10Min' | 'lastHour' | 'isFlood'>;
}): ReactNode {
  return (
    <div className={styles['load']} data-level={isFlood ? 'flood' : loadLevel(last10Min)}>
      <p>
        <b>{last10Min}</b> / 10 min · <b>{lastHour}</b> / h{isFlood && <strong>Flood</strong>}
      </p>
      <div className={styles['track']} aria-hidden>
        <i className={styles['fill']} style={{ width: `${Math.min(1, last10Min / loadLimits.flood) * 100}%` }} />
        <i className={styles['limit']} style={{ left: `${(loadLimits.most / loadLimits.flood) * 100}%` }} />
      </div>
    </div>
  );
}
