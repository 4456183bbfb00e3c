import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import styles from './ErrorBoundary.module.css';

/** Stands in place of a part whose script could not be loaded, and says what to do. */
export function LoadFailure({ name, onRetry }: { name: string; onRetry: () => void }): ReactNode {
  return (
    <div className={styles['fault']} role="alert">
      <p className={styles['title']}>{name} could not be loaded.</p>
      <p>
        The rest of the screen goes on. Load it again when the engine is back; after an upgrade of Beacon, reload the
        window.
      </p>
      <div className={styles['choices']}>
        <Button onPress={onRetry}>Load it again</Button>
        <Button onPress={() => window.location.reload()}>Reload the window</Button>
      </div>
    </div>
  );
}
