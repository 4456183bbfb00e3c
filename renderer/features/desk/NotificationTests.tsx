import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RequestInput, RequestOutput } from '../../../shared/contract/contract.ts';
import type { RightsReport } from '../../../shared/contract/deskRequests.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useClient, useStream } from '../../client/hooks.ts';
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

/** For administrators: what Beacon's account may do at the broker, tried out on request. */
export function RightsTest(): ReactNode {
  const client = useClient();
  const broker = useStream('vitals')?.broker;
  const [report, setReport] = useState<RightsReport>();
  const { isBusy, fault, run } = useAttempt();
  const action = (
    <CommandButton
      command="desk.testRights"
      isDisabled={isBusy}
      onPress={() => void run(async () => setReport(await client.request('desk.testRights', {})))}
    >
      {isBusy ? 'Testing …' : 'Test the rights'}
    </CommandButton>
  );
  return (
    <PageSection title="Broker" action={action}>
      <p className={styles['hint']}>
        {broker?.url} {broker?.state}. The test subscribes to the topics of all feeds and publishes messages that mean
        nothing. Mosquitto takes every subscription and withholds what may not be read: a feed that stays silent is
        named in Feeds.
      </p>
      <p role="status">{fault ?? report?.reason ?? (report === undefined ? '' : summaryOf(report))}</p>
      {report !== undefined && report.topics.length > 0 && <TopicTable topics={report.topics} />}
    </PageSection>
  );
}

function summaryOf({ topics }: RightsReport): string {
  const refused = topics.filter(({ isRefused }) => isRefused).length;
  return refused === 0
    ? 'The broker refused nothing.'
    : `The broker refused ${String(refused)} of ${String(topics.length)} topics.`;
}

function TopicTable({ topics }: Pick<RightsReport, 'topics'>): ReactNode {
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th>Topic</th>
          <th>Right</th>
          <th>Result</th>
        </tr>
      </thead>
      <tbody>
        {topics.map(({ topic, right, isRefused }) => (
          <tr key={`${right} ${topic}`}>
            <th scope="row">{topic}</th>
            <td>{right}</td>
            <td>{isRefused ? 'refused' : 'taken'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
