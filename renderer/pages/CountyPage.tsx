import type { ReactNode } from 'react';
import { CountyFiles } from '../features/county/CountyFiles.tsx';
import styles from './AdministrationPage.module.css';

/** The county in use, as it was loaded. */
export function CountyPage(): ReactNode {
  return (
    <div className={styles['page']}>
      <CountyFiles />
    </div>
  );
}
