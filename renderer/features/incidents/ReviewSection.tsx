import type { ReactNode } from 'react';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { draftKey, useFormOpen } from '../../client/useDraft.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { InlineForm } from './InlineForm.tsx';
import lines from './lines.module.css';
import { Section } from './Section.tsx';
import { ifGiven, useAsk } from './useAsk.ts';

/** The review after the incident: its outcome, what went well, what should be improved. A supervisor closes it. */
export function ReviewSection({ incident }: { incident: Incident }): ReactNode {
  const time = useLocalTime();
  const { outcome, review } = incident;
  if (outcome === undefined) return null;
  return (
    <Section
      title="Outcome and review"
      aside={review === undefined ? 'to be reviewed' : `closed ${time.yearTime(review.atMs)} by ${review.by}`}
    >
      <ul className={lines['lines']}>
        <li>
          <p>
            <b>Outcome</b> {outcome}
          </p>
        </li>
        {review !== undefined && (
          <li>
            <p>
              <b>Went well</b> {review.wentWell}
            </p>
          </li>
        )}
        {review !== undefined && (
          <li>
            <p>
              <b>To improve</b> {review.toImprove}
            </p>
          </li>
        )}
        {review?.withoutT7 !== undefined && (
          <li>
            <p>
              <b>Without T7</b> {review.withoutT7}
            </p>
          </li>
        )}
      </ul>
      {allowedActions(incident).includes('review') && <ReviewForm incident={incident} />}
    </Section>
  );
}

function ReviewForm({ incident }: { incident: Incident }): ReactNode {
  const ask = useAsk();
  const formKey = draftKey('incident.review', incident.id);
  const [isOpen, setIsOpen] = useFormOpen(formKey);
  if (!isOpen)
    return (
      <CommandButton command="incident.review" onPress={() => setIsOpen(true)}>
        Review and close …
      </CommandButton>
    );
  const needsT7 = incident.milestones.T7 === undefined;
  return (
    <InlineForm
      command="incident.review"
      formKey={formKey}
      fields={[
        { name: 'wentWell', label: 'What went well', isMultiline: true, maxLength: 4000 },
        { name: 'toImprove', label: 'What is to be improved', isMultiline: true, maxLength: 4000 },
        ...(needsT7 ? [{ name: 'withoutT7', label: 'Why is it not known when all was normal again (T7)?' }] : []),
      ]}
      submit="Review and close"
      onSend={({ wentWell = '', toImprove = '', withoutT7 }) =>
        ask('incident.review', { incidentId: incident.id, wentWell, toImprove, ...ifGiven('withoutT7', withoutT7) })
      }
      onClose={() => setIsOpen(false)}
    />
  );
}
