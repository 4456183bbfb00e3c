import type { ReactNode } from 'react';
import { CommandDialog } from '../../client/CommandDialog.tsx';
import { useClient } from '../../client/hooks.ts';
import styles from '../../ui/dialogs.module.css';
import { useAttempt } from '../../ui/useAttempt.ts';

/** Gives this workstation an identity of its own, where another machine runs under the present one. */
export function IdentityDialog({ onClose }: { onClose: () => void }): ReactNode {
  const client = useClient();
  const attempt = useAttempt();
  const renew = async (): Promise<void> => {
    if (await attempt.run(() => client.request('desk.renewIdentity', {}))) onClose();
  };
  return (
    <CommandDialog
      title="An identity of its own"
      width={440}
      command="desk.renewIdentity"
      submit="Give it one"
      attempt={attempt}
      isMissing={false}
      onSubmit={renew}
      onClose={onClose}
    >
      <p className={styles['hint']}>
        This workstation starts anew as another one of the same desk. The other machine keeps the present identity.
        Accounts, incidents and shifts stay shared.
      </p>
    </CommandDialog>
  );
}
