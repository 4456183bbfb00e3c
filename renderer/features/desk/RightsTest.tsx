import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RightsReport } from '../../../shared/contract/deskRequests.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useClient, useStream } from '../../client/hooks.ts';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';

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
