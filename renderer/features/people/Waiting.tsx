import type { ReactNode } from 'react';
import { Blank } from '../../ui/Blank.tsx';
import styles from './SignInPage.module.css';

/** Shown before the engine has sent anything. */
export function Waiting(): ReactNode {
  return (
    <main className={styles['page']} data-testid="waiting">
      <Blank title="Connecting to the engine …">
        It starts, or this machine has lost it. The screen goes on by itself.
      </Blank>
    </main>
  );
}
