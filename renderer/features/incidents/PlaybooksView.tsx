import { useState } from 'react';
import type { ReactNode } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { incidentTypeNames } from '../../../shared/incidents/incidentWords.ts';
import type { PlaybookFault, PlaybookState } from '../../../shared/incidents/playbookState.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useAnswer } from '../../client/useAnswer.ts';
import { DraftInput } from '../../client/DraftInput.tsx';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import { useCommand } from '../../client/useCommand.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { useMay } from '../../client/useMay.ts';
import { Blank } from '../../ui/Blank.tsx';
import { Button } from '../../ui/Button.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';
import styles from './PlaybooksView.module.css';

const REFRESH_MS = 3000;
const originWords = { edited: 'edited here', county: 'of the county', shipped: 'as Beacon comes' } as const;

/** The playbooks, which say what to do about incidents of each type. Everybody reads them; a supervisor edits them. */
export function PlaybooksView({ onBack }: { onBack: () => void }): ReactNode {
  const answer = useAnswer('playbook.list', {}, REFRESH_MS);
  const [chosen, setChosen] = useState('crash');
  if (answer.state === 'loading') return <Skeleton rows={8} height={44} />;
  if (answer.state === 'failed') return <Blank title="The playbooks cannot be read.">{answer.message}</Blank>;
  const { playbooks, strays } = answer.value;
  const shown = playbooks.find(({ type }) => type === chosen) ?? playbooks[0];
  return (
    <section className={styles['view']} aria-label="Playbooks">
      <ViewHead title="Playbooks" backLabel="Back to the board" onBack={onBack}>
        {strays.length > 0 && (
          <p className={styles['trouble']}>Named after no type of incident, and not used: {strays.join(', ')}</p>
        )}
      </ViewHead>
      <div className={styles['columns']}>
        <ListBox
          aria-label="Types of incidents"
          className={styles['types'] ?? ''}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[chosen]}
          onSelectionChange={(keys) =>
            setChosen(playbooks.find(({ type }) => keys !== 'all' && keys.has(type))?.type ?? chosen)
          }
          items={playbooks.map((state) => ({ ...state, id: state.type }))}
        >
          {(state) => (
            <ListBoxItem id={state.id} textValue={incidentTypeNames[state.type]} className={styles['type'] ?? ''}>
              <span>{incidentTypeNames[state.type]}</span>
              <i data-trouble={state.faults.length > 0}>
                {state.faults.length > 0 ? 'has an error' : originWords[state.origin]}
              </i>
            </ListBoxItem>
          )}
        </ListBox>
        {shown !== undefined && <PlaybookEditor key={shown.type} state={shown} />}
      </div>
    </section>
  );
}

/**
 * Edits the text and shows its errors by line. A change of the file on disk is taken over as long as nothing was typed
 * here, and shown beside what was typed.
 */
function PlaybookEditor({ state }: { state: PlaybookState }): ReactNode {
  const run = useCommand();
  const time = useLocalTime();
  const draft = useDraft(draftKey('playbook.save', state.type), { text: state.text });
  const [faults, setFaults] = useState<PlaybookFault[]>();
  const { text } = draft.values;
  const mayEdit = useMay('playbook.save').state === 'allowed';
  const save = async (): Promise<void> => {
    const answer = await run('playbook.save', { type: state.type, text });
    setFaults(answer?.faults);
    if (answer?.faults.length === 0) draft.end();
  };
  return (
    <div className={styles['editor']}>
      <p className={styles['facts']}>
        {state.inUse.checkList.length} checks, {state.inUse.contacts.length} contacts,{' '}
        {state.inUse.notifications.length} notifications in use, {originWords[state.origin]}
        {state.changedAtMs === undefined ? '' : `, changed ${time.yearTime(state.changedAtMs)}`}. Incidents that are
        open keep the one that they were opened with.
      </p>
      <DraftInput
        label={`Playbook ${incidentTypeNames[state.type]} (YAML)`}
        isMultiline
        isReadOnly={!mayEdit}
        draft={draft}
        name="text"
        maxLength={100_000}
      />
      <Faults faults={faults ?? state.faults} isSaved={faults === undefined} />
      <div className={styles['buttons']}>
        <CommandButton
          command="playbook.save"
          tone="strong"
          isDisabled={!draft.isBegun || draft.changed.length > 0}
          onPress={() => void save()}
        >
          Save
        </CommandButton>
        {mayEdit && (
          <Button
            isDisabled={!draft.isBegun}
            onPress={() => {
              draft.end();
              setFaults(undefined);
            }}
          >
            Discard
          </Button>
        )}
      </div>
    </div>
  );
}

function Faults({ faults, isSaved }: { faults: readonly PlaybookFault[]; isSaved: boolean }): ReactNode {
  if (faults.length === 0) return null;
  return (
    <div role="alert" className={styles['trouble']}>
      <p>
        {isSaved ? 'The file has errors; the last good one stays in use.' : 'Nothing was saved: the text has errors.'}
      </p>
      <ul>
        {faults.map(({ line, column, reason }) => (
          <li key={`${line} ${column} ${reason}`}>
            Line {line}, column {column}: {reason}
          </li>
        ))}
      </ul>
    </div>
  );
}
