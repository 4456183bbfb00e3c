import type { ReactNode } from 'react';
import styles from './CheckMark.module.css';

/**
 * Draws the box of a check box: ticked, and ringed when focused, following the state of the CheckboxButton around it.
 */
export const CheckMark = (): ReactNode => <span className={styles['mark']} aria-hidden />;
