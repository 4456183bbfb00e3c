import type { ReactNode } from 'react';
import styles from './Blank.module.css';

/** Stands in place of an empty list: one sentence that says whether that is good, and what to do. */
export function Blank({ title, children }: { title: string; children?: ReactNode }): ReactNode {
  return (
    <div className={styles['blank']}>
      <p className={styles['title']}>{title}</p>
      {children !== undefined && <p>{children}</p>}
    </div>
  );
}
