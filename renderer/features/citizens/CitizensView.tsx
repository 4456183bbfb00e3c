import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './CitizensView.module.css';
import { PolicyTable } from './PolicyTable.tsx';
import { RequestTable } from './RequestTable.tsx';

/** What citizens ask for, and what they are shown. */
export function CitizensView({ onBack }: { onBack: () => void }): ReactNode {
  return (
    <section className={styles['view']} aria-label="Citizens">
      <header className={styles['head']}>
        <IconButton label="Back to the board" onPress={onBack}>
          <ArrowLeft size={16} />
        </IconButton>
        <h2>Citizens</h2>
      </header>
      <RequestTable />
      <PolicyTable />
    </section>
  );
}
