import { useState } from 'react';
import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { useSeat } from '../../client/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import { passwordPairFault } from './passwordPairFault.ts';
import styles from './SignInPage.module.css';

type Props = { name: string; oldPassword: string; onBack: () => void };

/**
 * Shown to a person whose password was chosen by an administrator, who knows it: only another one lets that person in.
 */
export function OwnPasswordForm({ name, oldPassword, onBack }: Props): ReactNode {
  const seat = useSeat();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const { isBusy, fault, run } = useAttempt();
  const wrong = passwordPairFault(name, password, again, 'The two passwords differ.');
  return (
    <Form
      className={styles['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => seat.choosePassword(oldPassword, password));
      }}
    >
      <h2>A password of your own</h2>
      <p>An administrator chose the present one for you. Nobody but you is to know the next.</p>
      <TextInput
        label="New password, at least ten characters"
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        autoFocus
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
      <Button type="submit" tone="strong" isDisabled={isBusy || again === '' || wrong !== undefined}>
        {isBusy ? 'Checking …' : 'Go on'}
      </Button>
      <Button tone="quiet" onPress={onBack}>
        Sign in as somebody else
      </Button>
    </Form>
  );
}
