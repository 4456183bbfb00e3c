import type { ReactNode } from 'react';
import { Label, Meter } from 'react-aria-components';
import { useNow } from '../../live/hooks.ts';
import { alarmLoad, loadLimits } from './alarmLoad.ts';
import styles from './LoadMeter.module.css';
import { useAlarmOnsets } from './useAlarmOnsets.ts';

const EVERY_MS = 5000;

const levelWords = { calm: 'within target', busy: 'at the limit', high: 'above the limit', flood: 'alarm flood' } as const;

/** How hard the list is working the operator: onsets of the last ten minutes against what one person can handle. */
export function LoadMeter(): ReactNode {
  const nowMs = useNow(EVERY_MS);
  const onsets = useAlarmOnsets();
  if (nowMs === undefined) return <div className={styles['meter']} />;
  const { lastTenMinutes, lastHour, level } = alarmLoad(onsets, nowMs);
  return (
    <Meter className={styles['meter'] ?? ''} value={lastTenMinutes} maxValue={loadLimits.flood} valueLabel={`${lastTenMinutes}, ${levelWords[level]}`} data-level={level}>
      <Label>Load</Label>
      <div className={styles['track']} aria-hidden>
        <i className={styles['fill']} style={{ width: `${Math.min(1, lastTenMinutes / loadLimits.flood) * 100}%` }} />
        <i className={styles['limit']} style={{ left: `${(loadLimits.most / loadLimits.flood) * 100}%` }} />
      </div>
      <span className={styles['value']}>
        <b>{lastTenMinutes}</b> / 10 min · <b>{lastHour}</b> / h
      </span>
    </Meter>
  );
}
