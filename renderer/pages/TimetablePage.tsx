import type { ReactNode } from 'react';
import { TimetableFeeds } from '../features/timetable/TimetableFeeds.tsx';
import styles from './AdministrationPage.module.css';

/** The timetables in use, as they were loaded, and every fault in them. */
export function TimetablePage(): ReactNode {
  return (
    <div className={styles['page']}>
      <TimetableFeeds />
    </div>
  );
}
