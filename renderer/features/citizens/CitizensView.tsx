import type { ReactNode } from 'react';
import { ViewHead } from '../../ui/ViewHead.tsx';
import styles from './CitizensView.module.css';
import { PolicyTable } from './PolicyTable.tsx';
import { RequestTable } from './RequestTable.tsx';
import { ServiceFigures } from './ServiceFigures.tsx';

/** What citizens ask for, and what they are shown. */
export function CitizensView({ onBack }: { onBack: () => void }): ReactNode {
  return (
    <section className={styles['view']} aria-label="Citizens">
      <ViewHead title="Citizens" backLabel="Back to the board" onBack={onBack} />
      <RequestTable />
      <ServiceFigures />
      <PolicyTable />
    </section>
  );
}
