import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useClient } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../../ui/dialogs.module.css';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';

/** Makes a one-time code and shows it; the code can be seen only here. */
export function CodeDialog({ onClose }: { onClose: () => void }): ReactNode {
  const client = useClient();
  const time = useLocalTime();
  const [made, setMade] = useState<{ code: string; expiresAtMs: number }>();
  const { fault, run } = useAttempt();
  useEffect(() => {
    const timer = window.setTimeout(() => void run(async () => setMade(await client.request('desk.makeCode', {}))), 0);
    return () => window.clearTimeout(timer);
    // The code is made once, when the dialog opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <ModalDialog title="A code for one workstation" width={440} onClose={onClose}>
      <div className={styles['form']}>
        <p className={styles['hint']}>
          Type it at the new workstation under Administration, Join a desk. It is good for one workstation
          {made === undefined ? '' : ` until ${time.clock(made.expiresAtMs)}`}, as long as Beacon runs here.
        </p>
        <code className={styles['secret']}>{made?.code ?? '…'}</code>
        <p className={styles['fault']} role="alert">
          {fault}
        </p>
        <footer className={styles['footer']}>
          <Button tone="strong" onPress={onClose}>
            Done
          </Button>
        </footer>
      </div>
    </ModalDialog>
  );
}
