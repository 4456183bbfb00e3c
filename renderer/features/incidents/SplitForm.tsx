import { useState } from 'react';
import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField, CheckboxGroup, Label } from 'react-aria-components';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { useStream } from '../../client/hooks.ts';
import { draftKey } from '../../client/useDraft.ts';
import { useCommand } from '../../client/useCommand.ts';
import { CheckMark } from '../../ui/CheckMark.tsx';
import { InlineForm } from './InlineForm.tsx';
import styles from './SplitForm.module.css';

type Thing = { kind: 'alarm' | 'unit'; id: string; label: string };
type Props = { incident: Incident; onClose: () => void; onDone: (incidentId: string) => void };

const keyOf = ({ kind, id }: Thing): string => `${kind} ${id}`;

/** Chooses what goes to a second incident: its alarms and units, under a title of its own. */
export function SplitForm({ incident, onClose, onDone }: Props): ReactNode {
  const run = useCommand();
  const alarms = useStream('alarms');
  const [chosen, setChosen] = useState<string[]>([]);
  const things: Thing[] = [
    ...incident.alarmIds.map((id) => ({
      kind: 'alarm' as const,
      id,
      label: alarms?.get(id)?.title ?? 'An alarm that is over',
    })),
    ...incident.unitIds.map((id) => ({ kind: 'unit' as const, id, label: id })),
  ];
  const chosenOf = (kind: Thing['kind']): string[] =>
    things.filter((thing) => thing.kind === kind && chosen.includes(keyOf(thing))).map(({ id }) => id);
  const split = async ({ title = '' }: Readonly<Record<string, string>>): Promise<boolean> => {
    const { id: incidentId, type, priority, place, lon, lat } = incident;
    const answer = await run('incident.split', {
      incidentId,
      type,
      priority,
      place,
      title,
      alarmIds: chosenOf('alarm'),
      unitIds: chosenOf('unit'),
      ...(lon !== undefined && lat !== undefined && { lon, lat }),
    });
    if (answer !== undefined) onDone(answer.incidentId);
    return answer !== undefined;
  };
  return (
    <InlineForm
      command="incident.split"
      formKey={draftKey('incident.split', incident.id)}
      fields={[{ name: 'title', label: 'What the second incident is', maxLength: 200 }]}
      submit="Split"
      onSend={split}
      onClose={onClose}
    >
      {things.length > 0 && <Choice things={things} chosen={chosen} onChange={setChosen} />}
    </InlineForm>
  );
}

type ChoiceProps = { things: readonly Thing[]; chosen: string[]; onChange: (keys: string[]) => void };

function Choice({ things, chosen, onChange }: ChoiceProps): ReactNode {
  return (
    <CheckboxGroup value={chosen} onChange={onChange} className={styles['things'] ?? ''}>
      <Label>What goes there</Label>
      {things.map((thing) => (
        <CheckboxField key={keyOf(thing)} value={keyOf(thing)}>
          <CheckboxButton className={styles['thing'] ?? ''}>
            <CheckMark />
            {thing.label}
          </CheckboxButton>
        </CheckboxField>
      ))}
    </CheckboxGroup>
  );
}
