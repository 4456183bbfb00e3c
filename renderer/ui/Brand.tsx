import type { ReactNode } from 'react';
import styles from './Brand.module.css';

/** The product's sign and name, as the first heading of the screen. */
export const Brand = (): ReactNode => (
  <h1 className={styles['brand']}>
    <svg viewBox="0 0 16 16" aria-hidden>
      <path d="M8 1 15 8 8 15 1 8z" />
    </svg>
    <span>Beacon</span>
  </h1>
);
