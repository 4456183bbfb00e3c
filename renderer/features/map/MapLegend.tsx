import type { ReactNode } from 'react';
import { useSelection, useStream } from '../../client/hooks.ts';
import { useReadable } from '../../ui/useReadable.ts';
import { FLOW_LIMITS } from './flowClass.ts';
import styles from './MapLegend.module.css';

const percent = (ratio: number): string => String(Math.round(ratio * 100));
const first = percent(FLOW_LIMITS[0]);
const last = percent(FLOW_LIMITS[FLOW_LIMITS.length - 1] ?? 0);

/** Explains the colours of the layers that are switched on, and of no others. */
export function MapLegend(): ReactNode {
  const layers = useReadable(useSelection().layers);
  const open = [...(useStream('incidents')?.values() ?? [])].filter(({ status }) => status !== 'resolved');
  const hasClosures = layers.closures && open.some(({ closures = [] }) => closures.length > 0);
  const hasDiversions = layers.closures && open.some(({ diversions = [] }) => diversions.length > 0);
  if (!layers.traffic && !layers.heatmap && !layers.vehicles && !hasClosures && !hasDiversions) return null;
  return (
    <dl className={styles['legend']} aria-label="Legend">
      {(layers.traffic || layers.heatmap) && (
        <div className={styles['entry']}>
          <dt>Speed, % of free flow</dt>
          <dd className={styles['flow']}>
            {first}
            {FLOW_LIMITS.map((limit, i) => (
              <span
                key={limit}
                className={styles['swatch']}
                style={{ background: `var(--flow-${i + 1})`, height: 3 + i }}
              />
            ))}
            {last}
          </dd>
        </div>
      )}
      {layers.traffic && (
        <div className={styles['entry']}>
          <dt>No good data</dt>
          <dd>
            <span className={styles['dotted']} />
          </dd>
        </div>
      )}
      <RoadEntries hasClosures={hasClosures} hasDiversions={hasDiversions} />
      {layers.vehicles && (
        <div className={styles['entry']}>
          <dt>Late, minutes</dt>
          <dd>
            <span className={styles['ring']} /> +7
          </dd>
        </div>
      )}
      {layers.vehicles && (
        <div className={styles['entry']}>
          <dt>Bunched</dt>
          <dd>
            <svg className={styles['bunched']} viewBox="-7 -8 14 20" aria-hidden>
              <path d="M0 -7 5.2 6 0 3 -5.2 6ZM-5.2 7.4 0 4.4 5.2 7.4V10.6L0 7.6 -5.2 10.6Z" />
            </svg>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** Explains closed roads and diversions while there are any. */
function RoadEntries({ hasClosures, hasDiversions }: { hasClosures: boolean; hasDiversions: boolean }): ReactNode {
  return (
    <>
      {hasClosures && (
        <div className={styles['entry']}>
          <dt>Closed</dt>
          <dd>
            <span className={styles['closed']} />
          </dd>
        </div>
      )}
      {hasDiversions && (
        <div className={styles['entry']}>
          <dt>Diversion</dt>
          <dd>
            <span className={styles['diversion']}>→</span>
          </dd>
        </div>
      )}
    </>
  );
}
