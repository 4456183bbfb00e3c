import type { ReactNode } from 'react';
import { ApiKeyTable } from '../features/citizens/ApiKeyTable.tsx';
import { Backups } from '../features/desk/Backups.tsx';
import { DeskAdministration } from '../features/desk/DeskAdministration.tsx';
import { DisplayTable } from '../features/desk/DisplayTable.tsx';
import { NotificationTests } from '../features/desk/NotificationTests.tsx';
import { RightsTest } from '../features/desk/RightsTest.tsx';
import { PeopleAdministration } from '../features/people/PeopleAdministration.tsx';
import styles from './AdministrationPage.module.css';

/** The people, displays and workstations of the control room, and the programs that post requests of citizens. */
export function AdministrationPage(): ReactNode {
  return (
    <div className={styles['page']}>
      <PeopleAdministration />
      <DisplayTable />
      <DeskAdministration />
      <ApiKeyTable />
      <Backups />
      <NotificationTests />
      <RightsTest />
    </div>
  );
}
