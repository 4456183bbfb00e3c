import type { ReactNode } from 'react';
import { DeskAdministration } from '../features/desk/DeskAdministration.tsx';
import { PeopleAdministration } from '../features/people/PeopleAdministration.tsx';
import styles from './AdministrationPage.module.css';

/** The people, displays and workstations of the control room. */
export function AdministrationPage(): ReactNode {
  return (
    <div className={styles['page']}>
      <PeopleAdministration />
      <DeskAdministration />
    </div>
  );
}
