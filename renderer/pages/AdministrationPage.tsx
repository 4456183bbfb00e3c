import type { ReactNode } from 'react';
import { ApiKeyTable } from '../features/citizens/ApiKeyTable.tsx';
import { DeskAdministration } from '../features/desk/DeskAdministration.tsx';
import { PeopleAdministration } from '../features/people/PeopleAdministration.tsx';
import styles from './AdministrationPage.module.css';

/** The people, displays and workstations of the control room, and the programs that post requests of citizens. */
export function AdministrationPage(): ReactNode {
  return (
    <div className={styles['page']}>
      <PeopleAdministration />
      <DeskAdministration />
      <ApiKeyTable />
    </div>
  );
}
