import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { DraftConflict } from '../../client/DraftInput.tsx';
import { useConnection } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import { useMay } from '../../client/useMay.ts';
import fields from '../../ui/fields.module.css';
import styles from './AssigneeField.module.css';

/** Common positions of a control room; any other name may be typed. */
const positions = ['Operator', 'Dispatcher', 'Supervisor', 'Traffic desk', 'Transit desk', 'Water desk', 'Power desk'];

/**
 * Assigns the incident: to oneself with one press, to a position, or to a name. A name that was typed and not sent, or
 * that was refused because somebody else has the incident by now, stays in the field.
 */
export function AssigneeField({ incident }: { incident: Incident }): ReactNode {
  const run = useCommand();
  const may = useMay('incident.assign');
  const person = useConnection().person?.name ?? '';
  const draft = useDraft(draftKey('incident.assign', incident.id), { assignee: incident.assignee ?? '' });
  const text = draft.values.assignee;
  const isDisputed = draft.changed.length > 0;
  const assign = async (assignee: string): Promise<void> => {
    const expected = incident.assignee ?? null;
    if (assignee.trim() === '' || assignee === incident.assignee) draft.end();
    else if ((await run('incident.assign', { incidentId: incident.id, assignee, expected })) !== undefined) draft.end();
  };
  const options = [...new Set([person, ...positions])].filter((name) => name !== '').map((name) => ({ id: name }));
  return (
    <div className={styles['assign']}>
      <ComboBox
        aria-label="Assigned to"
        className={styles['combo'] ?? ''}
        allowsCustomValue
        isDisabled={may.state !== 'allowed'}
        menuTrigger="focus"
        defaultItems={options}
        inputValue={text}
        onInputChange={(typed) => draft.set('assignee', typed)}
        onChange={(key) => key !== null && void assign(String(key))}
        onBlur={() => !isDisputed && void assign(text)}
      >
        <div className={styles['entry']}>
          <Input className={fields['input'] ?? ''} placeholder="Nobody yet" />
          <AriaButton className={styles['open'] ?? ''}>
            <ChevronDown size={16} aria-hidden />
          </AriaButton>
        </div>
        <Popover className={fields['popover'] ?? ''} offset={4}>
          <ListBox className={fields['list'] ?? ''} items={options}>
            {({ id }) => (
              <ListBoxItem id={id} textValue={id} className={fields['option'] ?? ''}>
                {id}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      {draft.isBegun && !isDisputed && text.trim() !== '' && (
        <CommandButton command="incident.assign" tone="strong" onPress={() => void assign(text)}>
          Assign
        </CommandButton>
      )}
      {person !== '' && incident.assignee !== person && (
        <CommandButton command="incident.assign" onPress={() => void assign(person)}>
          Take it
        </CommandButton>
      )}
      <DraftConflict draft={draft} name="assignee" label="Assigned to" />
    </div>
  );
}
