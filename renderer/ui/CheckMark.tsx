import type { ReactNode } from 'react';
import styles from './CheckMark.module.css';

/** The box of a check box: ticked, and ringed by the focus, as the CheckboxButton around it is. */
export const CheckMark = (): ReactNode => <span className={styles['mark']} aria-hidden />;
