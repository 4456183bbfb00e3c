import { useState } from 'react';
import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { useSeat } from '../../client/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import { useReadable } from '../../ui/useReadable.ts';
import { OwnPasswordForm } from './OwnPasswordForm.tsx';
import styles from './SignInPage.module.css';

type Known = { name: string; password: string };
type Props = { lockedBy: string | undefined; demonstration: readonly Known[] };

/** Asks for name and password, and for another password where somebody else chose that one. */
export function SignInForm(props: Props): ReactNode {
  const [awaited, setAwaited] = useState<Known>();
  return awaited === undefined ? (
    <EntryForm {...props} onAwaited={setAwaited} />
  ) : (
    <OwnPasswordForm name={awaited.name} oldPassword={awaited.password} onBack={() => setAwaited(undefined)} />
  );
}

/** The names of people who were here last are one press away. */
function EntryForm({ lockedBy, demonstration, onAwaited }: Props & { onAwaited: (as: Known) => void }): ReactNode {
  const seat = useSeat();
  const lastNames = useReadable(seat.lastNames);
  const [name, setName] = useState(lockedBy ?? '');
  const [password, setPassword] = useState('');
  const { isBusy, fault, run } = useAttempt();
  const enter = async (as: Known): Promise<void> => {
    const isDone = await run(async () => {
      if (await seat.signIn(as.name, as.password)) onAwaited(as);
    });
    if (!isDone) setPassword('');
  };
  const others = lastNames.filter((each) => each !== name);
  return (
    <Form
      className={styles['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        void enter({ name, password });
      }}
    >
      <h2>{lockedBy === undefined ? 'Sign in' : `Locked by ${lockedBy}`}</h2>
      <TextInput
        label="Name"
        value={name}
        onChange={setName}
        autoComplete="username"
        autoFocus={lockedBy === undefined}
      />
      {others.length > 0 && (
        <div className={styles['names']} role="group" aria-label="Here last">
          {others.map((each) => (
            <Button key={each} tone="quiet" onPress={() => setName(each)}>
              {each}
            </Button>
          ))}
        </div>
      )}
      <TextInput
        key={name === lockedBy ? 'locked' : 'free'}
        label="Password"
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        autoFocus={lockedBy !== undefined && name === lockedBy}
      />
      <p className={styles['fault']} role="alert">
        {fault}
      </p>
      <Button type="submit" tone="strong" isDisabled={isBusy || name.trim() === '' || password === ''}>
        {isBusy ? 'Checking …' : 'Sign in'}
      </Button>
      {demonstration.length === 0 && <Hint />}
      {demonstration.length > 0 && (
        <Demonstration known={demonstration} isBusy={isBusy} onChoose={(as) => void enter(as)} />
      )}
    </Form>
  );
}

/** Says what to do for a person who cannot sign in. */
function Hint(): ReactNode {
  return (
    <p className={styles['hint']}>
      No account, or the password forgotten? An administrator of this county makes accounts and sets passwords, on the
      page Administration.
    </p>
  );
}

type DemonstrationProps = { known: readonly Known[]; isBusy: boolean; onChoose: (as: Known) => void };

/** Says what is true of the simulated county only: anybody may sign in, as any of its people. */
function Demonstration({ known, isBusy, onChoose }: DemonstrationProps): ReactNode {
  return (
    <div className={styles['demonstration']}>
      <p>This county is simulated, so its passwords are no secret. Come in as</p>
      <ul>
        {known.map(({ name, password }) => (
          <li key={name}>
            <Button isDisabled={isBusy} onPress={() => onChoose({ name, password })}>
              {name}
            </Button>
            <code>{password}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
