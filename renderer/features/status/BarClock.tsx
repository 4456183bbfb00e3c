import type { ReactNode } from 'react';
import { useNow } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import styles from './BarClock.module.css';

/**
 * The county's time with its zone, because a person who supports Beacon from elsewhere is rarely in the same zone as
 * the control room.
 */
export function BarClock(): ReactNode {
  const nowMs = useNow(1000);
  const time = useLocalTime();
  if (nowMs === undefined) return <span className={styles['clock']} />;
  return (
    <time className={styles['clock']} dateTime={new Date(nowMs).toISOString()}>
      <span className={styles['date']}>{time.date(nowMs)}</span>
      <b>{time.clock(nowMs)}</b>
      <span className={styles['zone']}>{time.zone(nowMs)}</span>
    </time>
  );
}
