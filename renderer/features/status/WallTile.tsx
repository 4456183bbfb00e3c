import type { ReactNode } from 'react';
import { useNow, useStream } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { formatAge } from '../../ui/formatTime.ts';
import { FROZEN_AFTER_MS } from './health.ts';
import styles from './WallTile.module.css';

type Props = { title: string; children: ReactNode };

/**
 * A tile of the wall with the age of its picture. It works as a dead-man's switch: when the picture is too old, the
 * whole tile greys out and says since when.
 */
export function WallTile({ title, children }: Props): ReactNode {
  const vitals = useStream('vitals');
  const nowMs = useNow(1000);
  const time = useLocalTime();
  const ageMs = vitals === undefined || nowMs === undefined ? undefined : Math.max(0, nowMs - vitals.nowMs);
  const isDead = ageMs !== undefined && vitals !== undefined && ageMs > FROZEN_AFTER_MS * vitals.clockSpeed;
  return (
    <section className={styles['tile']} data-dead={isDead} data-testid="wall-tile" aria-label={title}>
      <header className={styles['head']}>
        <h2>{title}</h2>
        <span>{ageMs === undefined ? 'no data yet' : `${formatAge(ageMs)} old`}</span>
      </header>
      <div className={styles['body']}>{children}</div>
      {isDead && (
        <p className={styles['dead']} role="alert">
          <span>Not live since {time.clock(vitals.nowMs)}</span>
        </p>
      )}
    </section>
  );
}
