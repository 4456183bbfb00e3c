import { ChevronDown, ChevronUp } from 'lucide-react';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from './IconButton.tsx';
import styles from './Panel.module.css';

type Props = {
  title: string;
  /** A count beside the title. */
  aside?: ReactNode;
  actions?: ReactNode;
  isFolded: boolean;
  onFold: (isFolded: boolean) => void;
  children: ReactNode;
};

/** A column that floats above the map and folds away to its header. */
export function Panel({ title, aside, actions, isFolded, onFold, children }: Props): ReactNode {
  const headingId = useId();
  return (
    <section className={styles['panel']} data-folded={isFolded} aria-labelledby={headingId}>
      <header className={styles['header']}>
        <h2 id={headingId}>{title}</h2>
        <span className={styles['aside']}>{aside}</span>
        {actions}
        <IconButton
          label={isFolded ? `Unfold ${title.toLowerCase()}` : `Fold ${title.toLowerCase()}`}
          aria-expanded={!isFolded}
          onPress={() => onFold(!isFolded)}
        >
          {isFolded ? <ChevronDown size={16} /> : <ChevronUp size={16} />}
        </IconButton>
      </header>
      {!isFolded && <div className={styles['body']}>{children}</div>}
    </section>
  );
}
