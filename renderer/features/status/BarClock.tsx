import type { ReactNode } from 'react';
import { useNow } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import styles from './BarClock.module.css';

/** The county's time, with its zone: a control room and its vendor are rarely in the same one. */
export function BarClock(): ReactNode {
  const nowMs = useNow(1000);
  const time = useLocalTime();
  if (nowMs === undefined) return <span className={styles['clock']} />;
  return (
    <time className={styles['clock']} dateTime={new Date(nowMs).toISOString()}>
      <span>{time.date(nowMs)}</span>
      <b>{time.clock(nowMs)}</b>
      <span>{time.zone(nowMs)}</span>
    </time>
  );
}
