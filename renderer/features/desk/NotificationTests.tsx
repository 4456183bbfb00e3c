import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RequestInput, RequestOutput } from '../../../shared/contract/contract.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useClient } from '../../client/hooks.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';

const REFRESH_MS = 5000;

type Adapters = RequestOutput<'notification.adapters'>;

/** For administrators: which notifications leave by themselves, which workstation sends them, and tests of each way. */
export function NotificationTests(): ReactNode {
  const answer = useAnswer('notification.adapters', {}, REFRESH_MS);
  if (answer.state !== 'done') return null;
  const { hasEmail, webhooks } = answer.value;
  return (
    <PageSection title="Notifications">
      <p className={styles['hint']}>{situationOf(answer.value)}</p>
      {(hasEmail || webhooks.length > 0) && <Senders {...answer.value} />}
    </PageSection>
  );
}

function situationOf({ hasEmail, webhooks, fault, sender }: Adapters): string {
  if (fault !== undefined) return `notifications.json has an error: ${fault}`;
  if (!hasEmail && webhooks.length === 0)
    return 'Nothing is set up to send notifications, so they are tasks of people. docs/running.md says how to change that.';
  const who =
    sender === undefined
      ? 'No workstation leads at present, so none of them would be sent.'
      : `${sender} leads, and would send them.`;
  return `The settings are the same at all workstations of the desk. ${who} A test is sent from this workstation.`;
}

function Senders({ hasEmail, webhooks }: Adapters): ReactNode {
  const client = useClient();
  const [to, setTo] = useState('');
  const [outcome, setOutcome] = useState<string>();
  const { isBusy, fault, run } = useAttempt();
  const test = async (input: RequestInput<'notification.test'>): Promise<void> => {
    setOutcome(undefined);
    await run(async () => setOutcome((await client.request('notification.test', input)).text));
  };
  return (
    <>
      {hasEmail && (
        <p>
          <TextInput label="Address for a test" value={to} onChange={setTo} maxLength={200} />
          <CommandButton
            command="notification.test"
            isDisabled={isBusy || !to.includes('@')}
            onPress={() => void test({ channel: 'email', to: to.trim() })}
          >
            Send a test mail
          </CommandButton>
        </p>
      )}
      {webhooks.map((name) => (
        <p key={name}>
          <CommandButton
            command="notification.test"
            isDisabled={isBusy}
            onPress={() => void test({ channel: 'webhook', to: name })}
          >
            Test the webhook {name}
          </CommandButton>
        </p>
      ))}
      <p role="status">{isBusy ? 'Sending …' : (fault ?? outcome)}</p>
    </>
  );
}
