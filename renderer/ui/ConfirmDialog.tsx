import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { ModalDialog } from './ModalDialog.tsx';
import styles from './dialogs.module.css';
import { useAttempt } from './useAttempt.ts';

type Props = {
  title: string;
  /** The word on the button. */ word: string;
  run: () => Promise<unknown>;
  onClose: () => void;
  /** Says what the step does. */ children: ReactNode;
};

/** Describes the effect of a step before it is taken. */
export function ConfirmDialog({ title, word, run, onClose, children }: Props): ReactNode {
  const attempt = useAttempt();
  const confirm = async (): Promise<void> => {
    if (await attempt.run(() => run())) onClose();
  };
  return (
    <ModalDialog title={title} width={400} onClose={onClose}>
      <div className={styles['form']}>
        <p className={styles['hint']}>{children}</p>
        <p className={styles['fault']} role="alert">
          {attempt.fault}
        </p>
        <footer className={styles['footer']}>
          <Button onPress={onClose}>Cancel</Button>
          <Button tone="strong" isDisabled={attempt.isBusy} onPress={() => void confirm()}>
            {word}
          </Button>
        </footer>
      </div>
    </ModalDialog>
  );
}
