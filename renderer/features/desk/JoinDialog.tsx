import { useState } from 'react';
import type { ReactNode } from 'react';
import { CommandDialog } from '../../client/CommandDialog.tsx';
import { useClient } from '../../client/hooks.ts';
import styles from '../../ui/dialogs.module.css';
import { TextInput } from '../../ui/TextInput.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';

/** Asks for the code of another desk and joins that desk. */
export function JoinDialog({ onClose }: { onClose: () => void }): ReactNode {
  const client = useClient();
  const [code, setCode] = useState('');
  const attempt = useAttempt();
  const join = async (): Promise<void> => {
    if (await attempt.run(() => client.request('desk.join', { code }))) onClose();
  };
  return (
    <CommandDialog
      title="Join a desk"
      width={440}
      command="desk.join"
      submit="Join"
      attempt={attempt}
      isMissing={code.trim() === ''}
      onSubmit={join}
      onClose={onClose}
    >
      <p className={styles['hint']}>
        This workstation starts anew with the incidents, people and accounts of that desk. What was recorded here before
        is kept as a file and is not shared.
      </p>
      <TextInput
        label="Code"
        placeholder="XXXXX-XXXXX-XXXXX-XXXXX"
        value={code}
        onChange={setCode}
        maxLength={60}
        autoFocus
      />
    </CommandDialog>
  );
}
