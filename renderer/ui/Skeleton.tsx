import type { ReactNode } from 'react';
import styles from './Skeleton.module.css';

/** Rows in the shape of what is being loaded. */
export function Skeleton({ rows, height = 52 }: { rows: number; height?: number }): ReactNode {
  return (
    <div className={styles['skeleton']} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles['row']} style={{ height, opacity: 1 - row / (rows + 1) }}>
          <i />
          <div>
            <b />
            <b />
          </div>
        </div>
      ))}
    </div>
  );
}
