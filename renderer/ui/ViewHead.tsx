import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './IconButton.tsx';
import styles from './ViewHead.module.css';

type Props = { title: string; backLabel: string; onBack: () => void; children?: ReactNode };

/** The head of a view that was opened from another one, with the way back. */
export function ViewHead({ title, backLabel, onBack, children }: Props): ReactNode {
  return (
    <header className={styles['head']}>
      <IconButton label={backLabel} onPress={onBack}>
        <ArrowLeft size={16} />
      </IconButton>
      <h2>{title}</h2>
      {children}
    </header>
  );
}
