import type { ReactNode } from 'react';
import { useNow, useStream } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { listNames } from '../../client/freshness.ts';
import type { Freshness } from '../../client/freshness.ts';
import { formatAge } from '../../ui/formatTime.ts';
import { FROZEN_AFTER_MS } from './health.ts';
import styles from './WallTile.module.css';

type Props = { title: string; freshness: Freshness | undefined; children: ReactNode };

/**
 * A tile of the wall with the age of the oldest data that it needs, and the name of the feed that is silent. It works
 * as a dead-man's switch: when the engine's picture itself is too old, the whole tile greys out and says since when.
 */
export function WallTile({ title, freshness, children }: Props): ReactNode {
  const vitals = useStream('vitals');
  const nowMs = useNow(1000);
  const time = useLocalTime();
  const isDead =
    nowMs !== undefined && vitals !== undefined && nowMs - vitals.nowMs > FROZEN_AFTER_MS * vitals.clockSpeed;
  return (
    <section className={styles['tile']} data-dead={isDead} data-testid="wall-tile" aria-label={title}>
      <header className={styles['head']}>
        <h2>{title}</h2>
        <TileAge freshness={freshness} nowMs={nowMs} />
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

function TileAge({ freshness, nowMs }: { freshness: Freshness | undefined; nowMs: number | undefined }): ReactNode {
  if (freshness?.oldestAtMs === undefined || nowMs === undefined) return <span>no data yet</span>;
  const { oldestAtMs, silent } = freshness;
  return (
    <span data-silent={silent.length > 0}>
      {silent.length > 0 && <b>{listNames(silent)} silent, </b>}
      {formatAge(nowMs - oldestAtMs)} old
    </span>
  );
}
