import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import styles from './dialogs.module.css';
import { ModalDialog } from './ModalDialog.tsx';

type Props = {
  title: string;
  secret: string;
  onClose: () => void;
  /** What the secret is for, and who may have it. */
  children: ReactNode;
};

/** Shows a secret that was just made, and copies it: nobody can see it again later. */
export function SecretDialog({ title, secret, onClose, children }: Props): ReactNode {
  return (
    <ModalDialog title={title} width={440} onClose={onClose}>
      <div className={styles['form']}>
        <p className={styles['hint']}>{children}</p>
        <code className={styles['secret']}>{secret}</code>
        <footer className={styles['footer']}>
          <Button onPress={() => void navigator.clipboard.writeText(secret)}>Copy</Button>
          <Button tone="strong" onPress={onClose}>
            Done
          </Button>
        </footer>
      </div>
    </ModalDialog>
  );
}
