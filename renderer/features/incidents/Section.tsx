import type { ReactNode } from 'react';
import styles from './Section.module.css';

/** A part of an incident's page under its heading. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <section className={styles['section']} aria-label={title}>
      <h4>
        {title}
        <span>{aside}</span>
      </h4>
      {children}
    </section>
  );
}
