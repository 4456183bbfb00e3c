import type { ReactNode } from 'react';
import { useRefusal } from './refusal.ts';
import styles from './Refused.module.css';

/** The reason over a disabled button, which itself is told of no pointer. */
export function Refused({ children }: { children: ReactNode }): ReactNode {
  const refusal = useRefusal();
  if (refusal === undefined) return children;
  return (
    <span className={styles['refused']} title={refusal}>
      {children}
    </span>
  );
}
