import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ServiceRequest } from '../../../shared/citizens/serviceRequest.ts';
import { serviceOf } from '../../../shared/citizens/services.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useStream } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';
import { AnswerDialog } from './AnswerDialog.tsx';
import styles from './IncidentRequests.module.css';
import { requestsOf } from './requestsOf.ts';
import { requestStateNames } from './requestWords.ts';

/** The requests of citizens about an incident, which are answered here. */
export function IncidentRequests({ incident }: { incident: Incident }): ReactNode {
  const requests = useStream('serviceRequests');
  const command = useCommand();
  const [opened, setOpened] = useState<ServiceRequest>();
  const rows = requestsOf(incident, requests?.values() ?? []);
  if (rows.length === 0) return null;
  return (
    <section className={styles['requests']} aria-label="Requests of citizens">
      <h4>Requests of citizens</h4>
      <ul>
        {rows.map(({ request, isLinked }) => (
          <li key={request.number}>
            <p>
              <b>{serviceOf(request.serviceCode).name.en}</b> {request.number}, {requestStateNames[request.state]}
              <span>{request.text}</span>
            </p>
            {!isLinked && (
              <CommandButton
                command="serviceRequest.link"
                tone="quiet"
                onPress={() => void command('serviceRequest.link', { number: request.number, incidentId: incident.id })}
              >
                Belongs here
              </CommandButton>
            )}
            <CommandButton command="serviceRequest.answer" tone="quiet" onPress={() => setOpened(request)}>
              Answer …
            </CommandButton>
          </li>
        ))}
      </ul>
      {opened !== undefined && <AnswerDialog request={opened} onClose={() => setOpened(undefined)} />}
    </section>
  );
}
