import type { ReactNode } from 'react';
import type { Detail } from '../../../shared/contract/historyRequests.ts';
import { useSelection } from '../../client/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './RelatedThings.module.css';

const SHOWN = 4;

/** Shows what the selected thing belongs to: its feeder, its link, its route. */
export function RelatedThings({ related }: { related: Detail['related'] }): ReactNode {
  const selection = useSelection();
  if (related.length === 0) return null;
  return (
    <nav className={styles['related']} aria-label="Related">
      {related.slice(0, SHOWN).map(({ subject, label }) => (
        <Button key={`${subject.kind}:${subject.id}`} tone="quiet" onPress={() => selection.select(subject)}>
          {label}
        </Button>
      ))}
    </nav>
  );
}
