import type { ReactNode } from 'react';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './PageSkeleton.module.css';
import type { PageId } from './pageScripts.ts';

/**
 * The panels of a page from left to right and top to bottom, by how many rows each can show; a panel with 0 rows stays
 * plain.
 */
const panels: Record<Exclude<PageId, 'wall'>, readonly number[]> = {
  situation: [8, 0, 4, 0, 0],
  alarms: [0, 0, 12],
  incidents: [0, 12],
  dispatch: [6, 8, 0, 6],
  shift: [6, 8, 5],
  review: [8],
  county: [8, 5],
  impact: [12],
  transit: [10, 8],
  timetable: [5, 8],
  administration: [5, 3, 3],
};

/**
 * Stands in for a page whose script is being loaded: its panels are where they will be, so that nothing moves when it
 * arrives.
 */
export function PageSkeleton({ page }: { page: Exclude<PageId, 'wall'> }): ReactNode {
  return (
    <div className={styles['page']} data-page={page} data-testid="page-skeleton">
      {panels[page].map((rows, place) => (
        <div key={place} className={styles['panel']}>
          {rows > 0 && <Skeleton rows={rows} />}
        </div>
      ))}
    </div>
  );
}
