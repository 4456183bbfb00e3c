import type { ReactNode } from 'react';
import { Label, Meter } from 'react-aria-components';
import { useStream } from '../../client/hooks.ts';
import { loadLevel, loadLimits } from './loadLevel.ts';
import styles from './LoadMeter.module.css';

const levelWords = {
  calm: 'within target',
  busy: 'at the limit',
  high: 'above the limit',
  flood: 'alarm flood',
} as const;

/**
 * Shows how heavily the list loads the operator: alarms raised in the last ten minutes against what one person can
 * handle.
 */
export function LoadMeter(): ReactNode {
  const load = useStream('vitals')?.alarmLoad;
  if (load === undefined) return <div className={styles['meter']} />;
  const { last10Min, lastHour } = load;
  const level = loadLevel(last10Min);
  return (
    <Meter
      className={styles['meter'] ?? ''}
      value={last10Min}
      maxValue={loadLimits.flood}
      valueLabel={`${last10Min}, ${levelWords[level]}`}
      data-level={level}
    >
      <Label>Load</Label>
      <div className={styles['track']} aria-hidden>
        <i className={styles['fill']} style={{ width: `${Math.min(1, last10Min / loadLimits.flood) * 100}%` }} />
        <i className={styles['limit']} style={{ left: `${(loadLimits.most / loadLimits.flood) * 100}%` }} />
      </div>
      <span className={styles['value']}>
        <b>{last10Min}</b> / 10 min · <b>{lastHour}</b> / h
      </span>
    </Meter>
  );
}
