import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Account } from '../../../shared/people/account.ts';
import { passwordFault } from '../../../shared/people/passwordFault.ts';
import { CommandDialog } from '../../client/CommandDialog.tsx';
import styles from '../../ui/dialogs.module.css';
import { TextInput } from '../../ui/TextInput.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import type { Act } from './usePeopleList.ts';

/** Sets another password for somebody who forgot theirs. */
export function PasswordDialog({
  account,
  act,
  onClose,
}: {
  account: Account;
  act: Act;
  onClose: () => void;
}): ReactNode {
  const [password, setPassword] = useState('');
  const attempt = useAttempt();
  const wrong = password === '' ? undefined : passwordFault(password, account.name);
  const save = async (): Promise<void> => {
    if (await attempt.run(() => act('people.setPassword', { accountId: account.id, password }))) onClose();
  };
  return (
    <CommandDialog
      title={`A new password for ${account.name}`}
      width={400}
      command="people.setPassword"
      submit="Set it"
      attempt={attempt}
      isMissing={password === ''}
      wrong={wrong}
      onSubmit={save}
      onClose={onClose}
    >
      <p className={styles['hint']}>
        Tell it to {account.name} in person, who has to choose another one at the next sign-in. It lifts a lock and ends
        the sessions of {account.name}.
      </p>
      <TextInput
        label="New password, at least ten characters"
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        autoFocus
      />
    </CommandDialog>
  );
}
