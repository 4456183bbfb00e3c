import type { ReactNode } from 'react';
import { Form, RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import { incidentTypeSchema } from '../../../shared/incidents/incident.ts';
import { incidentTypeNames } from '../../../shared/incidents/incidentWords.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { useSelection } from '../../client/hooks.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { useDraft } from '../../client/useDraft.ts';
import { useCommand } from '../../client/useCommand.ts';
import { Button } from '../../ui/Button.tsx';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { openingKey } from './draftIncident.ts';
import type { IncidentDraft } from './draftIncident.ts';
import styles from './OpenIncidentDialog.module.css';

const types = incidentTypeSchema.options.map((id) => ({ id, label: incidentTypeNames[id] }));
const priorities = [1, 2, 3, 4] as const;

/**
 * Opens an incident from what is known already: by hand, from an alarm, or from a spot of the map. Escape and a click
 * beside the dialog keep what was typed for the next time; Cancel gives it up.
 */
export function OpenIncidentDialog({ draft, onClose }: { draft: IncidentDraft; onClose: () => void }): ReactNode {
  const run = useCommand();
  const selection = useSelection();
  const form = useDraft(openingKey(draft), {
    title: draft.title,
    place: draft.place,
    type: draft.type,
    priority: String(draft.priority),
  });
  const incident: IncidentDraft = {
    ...draft,
    title: form.values.title,
    place: form.values.place,
    type: types.find(({ id }) => id === form.values.type)?.id ?? draft.type,
    priority: priorities.find((each) => String(each) === form.values.priority) ?? draft.priority,
  };
  const open = async (): Promise<void> => {
    const answer = await run('incident.open', { ...incident, title: incident.title.trim() });
    if (answer === undefined) return;
    selection.select({ kind: 'incident', id: answer.incidentId });
    form.end();
    onClose();
  };
  return (
    <ModalDialog title="Open an incident" width={520} onClose={onClose}>
      <Form
        className={styles['form'] ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <DraftInput label="What" placeholder="What is happening" draft={form} name="title" isRequired autoFocus />
        <div className={styles['pair']}>
          <SelectInput label="Type" options={types} value={incident.type} onChange={(type) => form.set('type', type)} />
          <PriorityChoice
            priority={incident.priority}
            onChange={(priority) => form.set('priority', String(priority))}
          />
        </div>
        <DraftInput label="Where" placeholder="Street, junction, address" draft={form} name="place" />
        <p className={styles['facts']}>{factsOf(incident)}</p>
        <footer className={styles['footer']}>
          <Button
            onPress={() => {
              form.end();
              onClose();
            }}
          >
            Cancel
          </Button>
          <CommandButton command="incident.open" type="submit" tone="strong" isDisabled={incident.title.trim() === ''}>
            Open incident
          </CommandButton>
        </footer>
      </Form>
    </ModalDialog>
  );
}

type ChoiceProps = { priority: IncidentDraft['priority']; onChange: (priority: IncidentDraft['priority']) => void };

function PriorityChoice({ priority, onChange }: ChoiceProps): ReactNode {
  const choose = (value: string): void => onChange(priorities.find((choice) => String(choice) === value) ?? priority);
  return (
    <RadioGroup
      aria-label="Priority"
      orientation="horizontal"
      value={String(priority)}
      onChange={choose}
      className={styles['choice'] ?? ''}
    >
      <span className={styles['label']}>Priority</span>
      <div className={styles['radios']}>
        {priorities.map((value) => (
          <RadioField key={value} value={String(value)} aria-label={`Priority ${value}`}>
            <RadioButton className={styles['radio'] ?? ''}>
              <PriorityMark priority={value} isHollow={value !== priority} />
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}

function factsOf({ lon, lat, alarmIds }: IncidentDraft): string {
  const place = lon === undefined || lat === undefined ? 'Without a place on the map' : 'With its place on the map';
  return alarmIds.length === 0
    ? `${place}.`
    : `${place}, linked to ${alarmIds.length === 1 ? 'its alarm' : `${alarmIds.length} alarms`}.`;
}
