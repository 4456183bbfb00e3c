import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button as AriaButton, ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useConnection } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';
import { useMay } from '../../client/useMay.ts';
import fields from '../../ui/fields.module.css';
import styles from './AssigneeField.module.css';

/** Common positions of a control room; any other name may be typed. */
const positions = ['Operator', 'Dispatcher', 'Supervisor', 'Traffic desk', 'Transit desk', 'Water desk', 'Power desk'];

/** Assigns the incident: to oneself with one press, to a position, or to a name. */
export function AssigneeField({ incident }: { incident: Incident }): ReactNode {
  const run = useCommand();
  const may = useMay('incident.assign');
  const person = useConnection().person?.name ?? '';
  const [text, setText] = useState(incident.assignee ?? '');
  const assign = (assignee: string): void => {
    setText(assignee);
    if (assignee.trim() !== '' && assignee !== incident.assignee)
      void run('incident.assign', { incidentId: incident.id, assignee, expected: incident.assignee ?? null });
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
        onInputChange={setText}
        onChange={(key) => key !== null && assign(String(key))}
        onBlur={() => assign(text)}
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
      {person !== '' && incident.assignee !== person && (
        <CommandButton command="incident.assign" onPress={() => assign(person)}>
          Take it
        </CommandButton>
      )}
    </div>
  );
}
