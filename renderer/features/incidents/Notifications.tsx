import type { ReactNode } from 'react';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import type { Incident, IncidentNotification } from '../../../shared/incidents/incident.ts';
import type { PlaybookNotification } from '../../../shared/incidents/playbook.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useAnswer } from '../../client/useAnswer.ts';
import { draftKey, useFormOpen } from '../../client/useDraft.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { InlineForm } from './InlineForm.tsx';
import lines from './lines.module.css';
import { notificationWords } from './notificationWords.ts';
import { Section } from './Section.tsx';
import { ifGiven, useAsk } from './useAsk.ts';

/**
 * The recipients outside of the control room who are notified. A message that no recipient's server has accepted is
 * never shown as sent.
 */
export function Notifications({ incident }: { incident: Incident }): ReactNode {
  const items = incident.playbook?.notifications ?? [];
  const told = incident.notifications ?? [];
  const open = items.filter(({ id }) => !told.some((each) => each.id === id));
  if (items.length === 0 && told.length === 0) return null;
  return (
    <Section title="Notifications">
      <ul className={lines['lines']} aria-label="Notifications">
        {told.map((notification) => (
          <Told key={notification.id} incident={incident} notification={notification} />
        ))}
        {open.map((item) => (
          <ToTell key={item.id} incident={incident} item={item} />
        ))}
      </ul>
    </Section>
  );
}

const needsPerson = ({ state }: IncidentNotification): boolean => state === 'byHand' || state === 'uncertain';

function Told({ incident, notification }: { incident: Incident; notification: IncidentNotification }): ReactNode {
  const ask = useAsk();
  const time = useLocalTime();
  const { id, name, to, channel } = notification;
  const mayDo =
    allowedActions(incident).includes('notificationDone') &&
    notification.state !== 'sent' &&
    notification.state !== 'done';
  return (
    <li data-trouble={needsPerson(notification)}>
      <p>
        <b>{name}</b> {channel === 'hand' ? (to ?? '') : `${channel === 'email' ? 'e-mail' : 'webhook'} ${to ?? ''}`}
        <span>{notificationWords(notification, time.short)}</span>
      </p>
      <div className={lines['actions']}>
        {mayDo && (
          <CommandButton
            command="incident.notificationDone"
            tone={needsPerson(notification) ? 'plain' : 'quiet'}
            aria-label={`${name}: told by hand`}
            onPress={() => void ask('incident.notificationDone', { incidentId: incident.id, notificationId: id })}
          >
            Told by hand
          </CommandButton>
        )}
      </div>
    </li>
  );
}

function ToTell({ incident, item }: { incident: Incident; item: PlaybookNotification }): ReactNode {
  const ask = useAsk();
  const adapters = useAnswer('notification.adapters', {});
  const formKey = draftKey('incident.notify', incident.id, item.id);
  const [isOpen, setIsOpen] = useFormOpen(formKey);
  const mayTell = allowedActions(incident).includes('notify');
  const ready = adapters.state === 'done' ? adapters.value : undefined;
  const leaves =
    item.channel === 'email'
      ? ready?.hasEmail === true
      : item.channel === 'webhook' && ready?.webhooks.includes(item.to ?? '') === true;
  return (
    <li>
      <p>
        <b>{item.name}</b> {item.to ?? ''}
        <span>
          {leaves
            ? 'Not told yet'
            : item.channel === 'hand'
              ? 'To be told by a person'
              : 'Nothing is set up to send it: to be told by a person'}
        </span>
      </p>
      {mayTell && !isOpen && (
        <CommandButton
          command="incident.notify"
          tone="quiet"
          aria-label={`Tell ${item.name}`}
          onPress={() => setIsOpen(true)}
        >
          Tell …
        </CommandButton>
      )}
      {isOpen && (
        <InlineForm
          command="incident.notify"
          formKey={formKey}
          fields={[
            {
              name: 'text',
              label: `In other words (empty: “${item.text}”)`,
              isMultiline: true,
              isOptional: true,
              maxLength: 4000,
            },
          ]}
          submit={leaves ? 'Send' : 'Note as a task'}
          onSend={({ text }) =>
            ask('incident.notify', { incidentId: incident.id, itemId: item.id, ...ifGiven('text', text) })
          }
          onClose={() => setIsOpen(false)}
        />
      )}
    </li>
  );
}
