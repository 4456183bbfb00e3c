import { useState } from 'react';
import type { ReactNode } from 'react';
import { MINUTE_MS } from '../../../shared/base/durations.ts';
import { isClosed, isOverdue } from '../../../shared/citizens/serviceRequest.ts';
import type { ServiceRequest } from '../../../shared/citizens/serviceRequest.ts';
import { serviceOf } from '../../../shared/citizens/services.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useNow, useStream } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { AnswerDialog } from './AnswerDialog.tsx';
import { ReleaseDialog } from './ReleaseDialog.tsx';
import { requestStateNames } from './requestWords.ts';

/** The most requests that the table shows; the others come up as these are answered. */
const MOST_ROWS = 200;

/** Open requests first, the earliest promised day before the others; then the newest closed ones. */
const sorted = (requests: Iterable<ServiceRequest>): ServiceRequest[] =>
  [...requests].sort(
    (a, b) =>
      Number(isClosed(a.state)) - Number(isClosed(b.state)) ||
      (isClosed(a.state) ? b.changedAtMs - a.changedAtMs : a.expectedAtMs - b.expectedAtMs),
  );

/** What citizens asked for, with the answers to it. */
export function RequestTable(): ReactNode {
  const requests = useStream('serviceRequests');
  const [opened, setOpened] = useState<{ kind: 'answer' | 'release'; request: ServiceRequest }>();
  const rows = sorted(requests?.values() ?? []);
  const close = (): void => setOpened(undefined);
  return (
    <PageSection title="Requests of citizens">
      {rows.length === 0 && <p className={styles['hint']}>There are no requests.</p>}
      {rows.length > 0 && (
        <table className={styles['table']}>
          <thead>
            <tr>
              <th>Number</th>
              <th>What</th>
              <th>State</th>
              <th>Promised by</th>
              <th>
                <span className={styles['spoken']}>What to do</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST_ROWS).map((request) => (
              <RequestRow key={request.number} request={request} onOpen={(kind) => setOpened({ kind, request })} />
            ))}
          </tbody>
        </table>
      )}
      {opened?.kind === 'answer' && <AnswerDialog request={opened.request} onClose={close} />}
      {opened?.kind === 'release' && <ReleaseDialog request={opened.request} onClose={close} />}
    </PageSection>
  );
}

type RowProps = { request: ServiceRequest; onOpen: (kind: 'answer' | 'release') => void };

function RequestRow({ request, onOpen }: RowProps): ReactNode {
  const time = useLocalTime();
  const nowMs = useNow(MINUTE_MS);
  const { number, serviceCode, text, address, state, reason, expectedAtMs, followers, incidentId, verdict } = request;
  return (
    <tr data-quiet={isClosed(state)}>
      <th scope="row">
        {number}
        <small>{time.dateTime(request.receivedAtMs)}</small>
      </th>
      <td>
        {serviceOf(serviceCode).name.en}
        <small>{[address, text].filter(Boolean).join(': ')}</small>
        {followers > 0 && <small>{followers} others see it, too</small>}
      </td>
      <td>
        {requestStateNames[state]}
        {reason !== undefined && <small>{reason}</small>}
        {verdict !== undefined && (
          <small>
            {verdict.isFixed ? 'Fixed' : 'Not fixed'}, says the reporter. {verdict.text}
          </small>
        )}
        {incidentId !== undefined && <small>{incidentId}</small>}
      </td>
      <td>
        {time.dateTime(expectedAtMs)}
        {nowMs !== undefined && isOverdue(request, nowMs) && <small>Overdue</small>}
      </td>
      <td className={styles['actions']}>
        <CommandButton command="serviceRequest.answer" tone="quiet" onPress={() => onOpen('answer')}>
          Answer …
        </CommandButton>
        <CommandButton command="serviceRequest.release" tone="quiet" onPress={() => onOpen('release')}>
          {request.releasedText === undefined ? 'Publish words …' : 'Published words …'}
        </CommandButton>
      </td>
    </tr>
  );
}
