import { useState } from 'react';
import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField, CheckboxGroup, Label } from 'react-aria-components';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { useStream } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';
import { CheckMark } from '../../ui/CheckMark.tsx';
import { InlineForm } from './InlineForm.tsx';
import styles from './SplitForm.module.css';

/** What goes to a second incident: its alarms and units, under a title of its own. */
export function SplitForm({
  incident,
  onClose,
  onDone,
}: {
  incident: Incident;
  onClose: () => void;
  onDone: (incidentId: string) => void;
}): ReactNode {
  const run = useCommand();
  const alarms = useStream('alarms');
  const [chosen, setChosen] = useState<string[]>([]);
  const things = [
    ...incident.alarmIds.map((id) => ({
      key: `alarm ${id}`,
      id,
      label: alarms?.get(id)?.title ?? 'An alarm that is over',
    })),
    ...incident.unitIds.map((id) => ({ key: `unit ${id}`, id, label: id })),
  ];
  const of = (kind: 'alarm' | 'unit'): string[] =>
    things.filter(({ key }) => key.startsWith(`${kind} `) && chosen.includes(key)).map(({ id }) => id);
  const split = async ({ title = '' }: Readonly<Record<string, string>>): Promise<boolean> => {
    const { id: incidentId, type, priority, place, lon, lat } = incident;
    const answer = await run('incident.split', {
      incidentId,
      type,
      priority,
      place,
      title,
      alarmIds: of('alarm'),
      unitIds: of('unit'),
      ...(lon !== undefined && lat !== undefined && { lon, lat }),
    });
    if (answer !== undefined) onDone(answer.incidentId);
    return answer !== undefined;
  };
  return (
    <InlineForm
      command="incident.split"
      fields={[{ name: 'title', label: 'What the second incident is', maxLength: 200 }]}
      submit="Split"
      onSend={split}
      onClose={onClose}
    >
      {things.length > 0 && (
        <CheckboxGroup value={chosen} onChange={setChosen} className={styles['things'] ?? ''}>
          <Label>What goes there</Label>
          {things.map(({ key, label }) => (
            <CheckboxField key={key} value={key}>
              <CheckboxButton className={styles['thing'] ?? ''}>
                <CheckMark />
                {label}
              </CheckboxButton>
            </CheckboxField>
          ))}
        </CheckboxGroup>
      )}
    </InlineForm>
  );
}
