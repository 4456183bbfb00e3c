import { useState } from 'react';
import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { passwordFault } from '../../../shared/people/passwordFault.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useClient } from '../../client/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../../ui/dialogs.module.css';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useTell } from '../../ui/Toasts.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';

/** One's own password, by who knows the old one. */
export function ChangePasswordDialog({ name, onClose }: { name: string; onClose: () => void }): ReactNode {
  const client = useClient();
  const tell = useTell();
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const { isBusy, fault, run } = useAttempt();
  const wrong =
    again === ''
      ? undefined
      : (passwordFault(password, name) ?? (password === again ? undefined : 'The two new passwords differ.'));
  const change = async (): Promise<void> => {
    if (!(await run(() => client.request('people.changePassword', { oldPassword: old, newPassword: password }))))
      return;
    tell('Your password was changed. Other screens that you were signed in at are signed out.');
    onClose();
  };
  return (
    <ModalDialog title="Change my password" width={400} onClose={onClose}>
      <Form
        className={styles['form'] ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <TextInput
          label="Old password"
          type="password"
          value={old}
          onChange={setOld}
          autoComplete="current-password"
          autoFocus
        />
        <TextInput
          label="New password, at least ten characters"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
        />
        <TextInput
          label="The new one again"
          type="password"
          value={again}
          onChange={setAgain}
          autoComplete="new-password"
        />
        <p className={styles['fault']} role="alert">
          {fault ?? wrong}
        </p>
        <footer className={styles['footer']}>
          <Button onPress={onClose}>Cancel</Button>
          <CommandButton
            command="people.changePassword"
            type="submit"
            tone="strong"
            isDisabled={isBusy || old === '' || again === '' || wrong !== undefined}
          >
            Change it
          </CommandButton>
        </footer>
      </Form>
    </ModalDialog>
  );
}
