import type { ReactNode } from 'react';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useLocalTime } from '../../client/useLocalTime.ts';
import lines from './lines.module.css';
import { Section } from './Section.tsx';
import { useAsk } from './useAsk.ts';

const outcomes = { reached: 'Reached', message: 'Message', noAnswer: 'No answer' } as const;
type Outcome = keyof typeof outcomes;

/** The people to call, and the result of each call. */
export function Contacts({ incident }: { incident: Incident }): ReactNode {
  const ask = useAsk();
  const time = useLocalTime();
  const contacts = incident.playbook?.contacts ?? [];
  if (contacts.length === 0) return null;
  const mayCall = allowedActions(incident).includes('callContact');
  return (
    <Section title="Contacts">
      <ul className={lines['lines']} aria-label="Contacts">
        {contacts.map(({ id, name, phone, email, when }) => {
          const last = incident.calls?.findLast(({ contactId }) => contactId === id);
          return (
            <li key={id}>
              <p>
                <b>{name}</b> {phone ?? email ?? ''}
                <span>
                  {last === undefined ? (when ?? '') : `${outcomes[last.outcome]}, ${time.short(last.atMs)} ${last.by}`}
                </span>
              </p>
              {mayCall && (
                <div className={lines['actions']}>
                  {(Object.keys(outcomes) as Outcome[]).map((outcome) => (
                    <CommandButton
                      key={outcome}
                      command="incident.callContact"
                      tone="quiet"
                      aria-label={`${name}: ${outcomes[outcome]}`}
                      onPress={() =>
                        void ask('incident.callContact', { incidentId: incident.id, contactId: id, outcome })
                      }
                    >
                      {outcomes[outcome]}
                    </CommandButton>
                  ))}
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
