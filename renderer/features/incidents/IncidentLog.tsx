import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { useCommand } from '../../client/useCommand.ts';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { useMay } from '../../client/useMay.ts';
import styles from './IncidentLog.module.css';

const LONGEST_NOTE = 4000;

/** The actions and notes of the incident, newest first, and a field to add a note. */
export function IncidentLog({ incident }: { incident: Incident }): ReactNode {
  const time = useLocalTime();
  return (
    <>
      <NoteForm incidentId={incident.id} />
      <ol className={styles['log']} aria-label="Log">
        {incident.log.toReversed().map((line) => (
          <li key={`${line.incidentId ?? ''} ${line.id}`}>
            <time>{time.clock(line.atMs)}</time>
            <p>
              {line.text}
              <span className={styles['actor']}>
                written by {line.actor}
                {line.incidentId === undefined ? '' : `, in ${line.incidentId}`}
              </span>
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}

function NoteForm({ incidentId }: { incidentId: string }): ReactNode {
  const run = useCommand();
  const may = useMay('incident.note');
  const draft = useDraft(draftKey('incident.note', incidentId), { text: '' });
  const { text } = draft.values;
  const add = async (): Promise<void> => {
    const answer = await run('incident.note', { incidentId, text: text.trim() });
    if (answer !== undefined) draft.end();
  };
  if (may.state === 'hidden') return null;
  return (
    <Form
      className={styles['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void add();
      }}
    >
      <DraftInput
        label="Note"
        isLabelHidden
        placeholder="Add a note …"
        draft={draft}
        name="text"
        maxLength={LONGEST_NOTE}
      />
      <CommandButton command="incident.note" type="submit" isDisabled={text.trim() === ''}>
        Add
      </CommandButton>
    </Form>
  );
}
