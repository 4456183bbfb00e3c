import type { ReactNode } from 'react';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useConnection } from '../../client/hooks.ts';
import { draftKey, useFormOpen } from '../../client/useDraft.ts';
import { InlineForm } from './InlineForm.tsx';
import lines from './lines.module.css';
import { ifGiven, useAsk } from './useAsk.ts';

/** Offers the incident to somebody, and lets that person answer the offer. */
export function Handover({ incident }: { incident: Incident }): ReactNode {
  const formKey = draftKey('incident.offerHandover', incident.id);
  const [isOffering, setIsOffering] = useFormOpen(formKey);
  const ask = useAsk();
  if (incident.handover !== undefined) return <Offer incident={incident} handover={incident.handover} />;
  if (!allowedActions(incident).includes('offerHandover')) return null;
  if (!isOffering)
    return (
      <CommandButton command="incident.offerHandover" tone="quiet" onPress={() => setIsOffering(true)}>
        Hand over …
      </CommandButton>
    );
  return (
    <InlineForm
      command="incident.offerHandover"
      formKey={formKey}
      fields={[
        { name: 'to', label: 'Hand over to', maxLength: 100 },
        { name: 'note', label: 'What to know', isOptional: true },
      ]}
      submit="Offer"
      onSend={({ to = '', note }) =>
        ask('incident.offerHandover', { incidentId: incident.id, to, ...ifGiven('note', note) })
      }
      onClose={() => setIsOffering(false)}
    />
  );
}

function Offer({ incident, handover }: { incident: Incident; handover: NonNullable<Incident['handover']> }): ReactNode {
  const ask = useAsk();
  const me = useConnection().person?.name;
  const formKey = draftKey('incident.answerHandover', handover.offer);
  const [isDeclining, setIsDeclining] = useFormOpen(formKey);
  const answer = { incidentId: incident.id, offer: handover.offer };
  if (isDeclining)
    return (
      <InlineForm
        command="incident.answerHandover"
        formKey={formKey}
        fields={[{ name: 'reason', label: 'Why not?', isOptional: true }]}
        submit="Decline"
        onSend={({ reason }) =>
          ask('incident.answerHandover', { ...answer, isAccepted: false, ...ifGiven('reason', reason) })
        }
        onClose={() => setIsDeclining(false)}
      />
    );
  return (
    <div role="status" aria-label="Handover">
      <p className={lines['none']}>
        {handover.by} offers it to {handover.to}
        {handover.note === undefined ? '' : `: ${handover.note}`}
      </p>
      <div className={lines['actions']}>
        {handover.by !== me && (
          <CommandButton
            command="incident.answerHandover"
            onPress={() => void ask('incident.answerHandover', { ...answer, isAccepted: true })}
          >
            Take it over
          </CommandButton>
        )}
        {handover.to === me && (
          <CommandButton command="incident.answerHandover" tone="quiet" onPress={() => setIsDeclining(true)}>
            Decline …
          </CommandButton>
        )}
        {handover.by === me && (
          <CommandButton
            command="incident.withdrawHandover"
            tone="quiet"
            onPress={() => void ask('incident.withdrawHandover', answer)}
          >
            Take the offer back
          </CommandButton>
        )}
      </div>
    </div>
  );
}
