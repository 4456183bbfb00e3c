import { useState } from 'react';
import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { useSeat } from '../../client/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import { passwordPairFault } from './passwordPairFault.ts';
import styles from './SignInPage.module.css';

/** Shown at the first start, when no password exists yet: the person at the screen makes the first administrator. */
export function SetUpForm(): ReactNode {
  const seat = useSeat();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const { isBusy, fault, run } = useAttempt();
  const wrong = passwordPairFault(name, password, again, 'The two passwords differ.');
  return (
    <Form
      className={styles['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => seat.setUp(name, password));
      }}
    >
      <h2>The first administrator</h2>
      <p>This is the first start here. Make the account of the person who administers Beacon. What comes next:</p>
      <ol className={styles['steps']}>
        <li>
          Make an account for each of the others on the page <b>Administration</b>, or join the desk of a workstation
          that is there already.
        </li>
        <li>
          See at the top right whether data arrives: <b>No data yet</b> names what Beacon still waits for.
        </li>
        <li>
          Keep this password where it is found again. Another administrator can set a new one; alone, only the machine
          itself can: <code>npm run engine -- reset-password NAME</code>
        </li>
      </ol>
      <TextInput label="Name" value={name} onChange={setName} autoComplete="username" autoFocus />
      <TextInput
        label="Password, at least ten characters"
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
      />
      <TextInput label="The same again" type="password" value={again} onChange={setAgain} autoComplete="new-password" />
      <p className={styles['fault']} role="alert">
        {fault ?? wrong}
      </p>
      <Button
        type="submit"
        tone="strong"
        isDisabled={isBusy || name.trim() === '' || again === '' || wrong !== undefined}
      >
        Make the account
      </Button>
    </Form>
  );
}
