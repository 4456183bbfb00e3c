import type { ReactNode } from 'react';
import { useCountyData } from '../../client/hooks.ts';
import { BarClock } from './BarClock.tsx';
import styles from './WallHead.module.css';

/** Shows whose picture it is, whether it is real, and the local time of the county. */
export function WallHead(): ReactNode {
  const { profile } = useCountyData();
  return (
    <header className={styles['head']}>
      <h1>{profile?.name ?? 'Beacon'}</h1>
      {profile?.simulated === true && <span className={styles['simulated']}>Simulated</span>}
      <BarClock />
    </header>
  );
}
