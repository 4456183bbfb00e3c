import type { ReactNode } from 'react';
import type { SeatState } from '../../client/seat.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { Brand } from '../../ui/Brand.tsx';
import { SetUpForm } from './SetUpForm.tsx';
import { SignInForm } from './SignInForm.tsx';
import styles from './SignInPage.module.css';

type Away = Extract<SeatState, { state: 'away' }>;
const ASK_EVERY_MS = 5000;

/** Everything that a screen shows while nobody is signed in. */
export function SignInPage({ away }: { away: Away }): ReactNode {
  const welcome = useAnswer('people.welcome', {}, ASK_EVERY_MS);
  return (
    <main className={styles['page']}>
      <section className={styles['box']} aria-label="Sign in">
        <Brand />
        {away.reason !== undefined && <p className={styles['reason']}>{away.reason}</p>}
        {welcome.state === 'done' &&
          (welcome.value.isSetUpDue ? (
            <FirstStart canSetUp={welcome.value.canSetUp} />
          ) : (
            <SignInForm lockedBy={away.lockedBy} demonstration={welcome.value.demonstration} />
          ))}
        {welcome.state === 'failed' && <p className={styles['reason']}>{welcome.message}</p>}
      </section>
    </main>
  );
}

function FirstStart({ canSetUp }: { canSetUp: boolean }): ReactNode {
  return canSetUp ? (
    <SetUpForm />
  ) : (
    <p className={styles['reason']}>
      There is no account yet. The first administrator is made at the workstation itself: open Beacon there, by its
      address at 127.0.0.1 and not by the name of the machine.
    </p>
  );
}
