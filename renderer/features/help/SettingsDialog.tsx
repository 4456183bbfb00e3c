import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { chooseKey, keyFor } from '../../ui/keyChoice.ts';
import dialogs from '../../ui/dialogs.module.css';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { setPreferences, usePreferences } from '../../ui/preferences.ts';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './help.module.css';
import { keyActions } from './keyActions.ts';
import type { HelpPage, KeyAction } from './keyActions.ts';

const themes = [
  { id: 'dark', label: 'Dark' },
  { id: 'daylight', label: 'Daylight' },
] as const;
const unitChoices = [
  { id: 'county', label: 'Local custom' },
  { id: 'us', label: 'Miles and gallons' },
  { id: 'metric', label: 'Metric' },
] as const;
const keySwitch = [
  { id: 'on', label: 'On' },
  { id: 'off', label: 'Off' },
] as const;

/** The choices of the person at this workstation: theme, units, and the keys that are a single character. */
export function SettingsDialog({ pages, onClose }: { pages: readonly HelpPage[]; onClose: () => void }): ReactNode {
  const { theme, units, areKeysOn, keys } = usePreferences();
  return (
    <ModalDialog title="Settings of this workstation" width={560} onClose={onClose}>
      <div className={styles['help']} tabIndex={0} role="region" aria-label="Settings">
        <div className={styles['choices']}>
          <SelectInput
            label="Theme"
            options={themes}
            value={theme}
            onChange={(next) => setPreferences({ theme: next })}
          />
          <SelectInput
            label="Units"
            options={unitChoices}
            value={units}
            onChange={(next) => setPreferences({ units: next })}
          />
          <SelectInput
            label="Single-character keys"
            options={keySwitch}
            value={areKeysOn ? 'on' : 'off'}
            onChange={(next) => setPreferences({ areKeysOn: next === 'on' })}
          />
        </div>
        {areKeysOn && <KeyFields actions={keyActions(pages)} />}
      </div>
      <footer className={`${dialogs['footer']} ${styles['footer']}`}>
        {Object.keys(keys).length > 0 && (
          <Button tone="quiet" onPress={() => setPreferences({ keys: {} })}>
            Usual keys
          </Button>
        )}
        <Button tone="strong" onPress={onClose}>
          Close
        </Button>
      </footer>
    </ModalDialog>
  );
}

/** A field for each key. A character that does something else already is refused. */
function KeyFields({ actions }: { actions: readonly KeyAction[] }): ReactNode {
  const choice = usePreferences();
  const [fault, setFault] = useState('');
  const change = (action: KeyAction, text: string): void => {
    const key = text.trim().slice(-1).toLowerCase();
    const other = actions.find((each) => each !== action && keyFor(each.usual, choice) === key);
    setFault(other === undefined ? '' : `${key.toUpperCase()} is the key for “${other.label}”.`);
    if (key !== '' && other === undefined) setPreferences({ keys: chooseKey(choice, action.usual, key).keys });
  };
  return (
    <>
      <ul className={styles['fields']}>
        {actions.map((action) => (
          <li key={action.usual}>
            <span>{action.label}</span>
            <TextInput
              label={`Key for ${action.label}`}
              isLabelHidden
              maxLength={2}
              value={keyFor(action.usual, choice).toUpperCase()}
              onChange={(text) => change(action, text)}
            />
          </li>
        ))}
      </ul>
      <p className={dialogs['fault']} role="alert">
        {fault}
      </p>
    </>
  );
}
