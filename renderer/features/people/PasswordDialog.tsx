import { useState } from 'react';
import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import type { Account } from '../../../shared/people/account.ts';
import { passwordFault } from '../../../shared/people/passwordFault.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { Button } from '../../ui/Button.tsx';
import styles from '../../ui/dialogs.module.css';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import type { Act } from './usePeopleList.ts';

/** Another password for somebody who forgot theirs. */
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
  const { isBusy, fault, run } = useAttempt();
  const wrong = password === '' ? undefined : passwordFault(password, account.name);
  const save = async (): Promise<void> => {
    if (await run(() => act('people.setPassword', { accountId: account.id, password }))) onClose();
  };
  return (
    <ModalDialog title={`A new password for ${account.name}`} width={400} onClose={onClose}>
      <Form
        className={styles['form'] ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p className={styles['hint']}>
          Tell it to {account.name} in person; it can be changed in the menu behind the own name. It lifts a lock and
          ends the sessions of {account.name}.
        </p>
        <TextInput
          label="New password, at least ten characters"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
          autoFocus
        />
        <p className={styles['fault']} role="alert">
          {fault ?? wrong}
        </p>
        <footer className={styles['footer']}>
          <Button onPress={onClose}>Cancel</Button>
          <CommandButton
            command="people.setPassword"
            type="submit"
            tone="strong"
            isDisabled={isBusy || password === '' || wrong !== undefined}
          >
            Set it
          </CommandButton>
        </footer>
      </Form>
    </ModalDialog>
  );
}
