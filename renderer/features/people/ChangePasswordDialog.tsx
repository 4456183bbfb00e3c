import { useState } from 'react';
import type { ReactNode } from 'react';
import { CommandDialog } from '../../client/CommandDialog.tsx';
import { useClient } from '../../client/hooks.ts';
import { TextInput } from '../../ui/TextInput.tsx';
import { useTell } from '../../ui/Toasts.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import { passwordPairFault } from './passwordPairFault.ts';

/** Changes one's own password; it requires the old one. */
export function ChangePasswordDialog({ name, onClose }: { name: string; onClose: () => void }): ReactNode {
  const client = useClient();
  const tell = useTell();
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const attempt = useAttempt();
  const wrong = passwordPairFault(name, password, again, 'The two new passwords differ.');
  const change = async (): Promise<void> => {
    if (
      !(await attempt.run(() => client.request('people.changePassword', { oldPassword: old, newPassword: password })))
    )
      return;
    tell('Your password was changed. Other screens that you were signed in at are signed out.');
    onClose();
  };
  return (
    <CommandDialog
      title="Change my password"
      width={400}
      command="people.changePassword"
      submit="Change it"
      attempt={attempt}
      isMissing={old === '' || again === ''}
      wrong={wrong}
      onSubmit={change}
      onClose={onClose}
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
    </CommandDialog>
  );
}
