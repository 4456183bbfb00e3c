import { useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import type { Alarm, ShelveMode } from '../../../shared/alarms/alarm.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { useNow } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { SelectInput } from '../../ui/SelectInput.tsx';
import styles from './ShelveDialog.module.css';
import { shelvable, shelveTimes, shelveWarning } from './shelveRules.ts';
import type { ShelveTime } from './shelveRules.ts';

/** The most alarms that one command accepts. */
const AT_ONCE = 500;

/** Puts alarms out of sight for a time, with a reason. Mount it to open it. */
export function ShelveDialog({ alarms, onClose }: { alarms: readonly Alarm[]; onClose: () => void }): ReactNode {
  const run = useCommand();
  // Keeps the alarms that were selected when the key was pressed, whatever arrives meanwhile.
  const [chosen] = useState(() => shelvable(alarms));
  const [first] = chosen;
  const draft = useDraft(draftKey('alarm.shelve', first?.id ?? '', String(chosen.length)), { reason: '' });
  const { reason } = draft.values;
  const [mode, setMode] = useState<ShelveMode>('timed');
  const [time, setTime] = useState<ShelveTime>('60');
  const forMs = shelveTimes.find(({ id }) => id === time)?.forMs ?? shelveTimes[0].forMs;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    for (let at = 0; at < chosen.length; at += AT_ONCE) {
      const alarmIds = chosen.slice(at, at + AT_ONCE).map(({ id }) => id);
      if ((await run('alarm.shelve', { alarmIds, mode, forMs, reason: reason.trim() })) === undefined) return;
    }
    draft.end();
    onClose();
  };
  return (
    <ModalDialog
      title={chosen.length === 1 && first !== undefined ? `Shelve “${first.title}”` : `Shelve ${chosen.length} alarms`}
      width={460}
      onClose={onClose}
    >
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        <Warnings chosen={chosen} />
        <DraftInput
          label="Reason"
          draft={draft}
          name="reason"
          isRequired
          autoFocus
          maxLength={500}
          placeholder="Why nobody needs to act on it"
        />
        <Modes mode={mode} onChange={setMode} />
        <SelectInput
          label={mode === 'timed' ? 'For' : 'For at most'}
          options={shelveTimes}
          value={time}
          onChange={setTime}
        />
        <footer className={styles['foot']}>
          <BackAt forMs={forMs} />
          <CommandButton
            command="alarm.shelve"
            type="submit"
            tone="strong"
            isDisabled={reason.trim() === '' || chosen.length === 0}
          >
            Shelve
          </CommandButton>
        </footer>
      </form>
    </ModalDialog>
  );
}

function BackAt({ forMs }: { forMs: number }): ReactNode {
  const nowMs = useNow(1000);
  const time = useLocalTime();
  return <p>{nowMs === undefined ? '' : `Back in the list at ${time.short(nowMs + forMs)} at the latest.`}</p>;
}

function Warnings({ chosen }: { chosen: readonly Alarm[] }): ReactNode {
  const warning = shelveWarning(chosen);
  return (
    <>
      {chosen.length === 0 && (
        <p className={styles['warning']}>There is nothing to shelve: what was chosen is over, or hidden already.</p>
      )}
      {warning !== undefined && <p className={styles['warning']}>{warning}</p>}
    </>
  );
}

function Modes({ mode, onChange }: { mode: ShelveMode; onChange: (mode: ShelveMode) => void }): ReactNode {
  return (
    <RadioGroup
      aria-label="Until"
      value={mode}
      onChange={(value) => onChange(value === 'oneShot' ? 'oneShot' : 'timed')}
      className={styles['modes'] ?? ''}
    >
      <Mode mode="timed" name="For a time" words="comes back when it is over, whatever happens meanwhile" />
      <Mode mode="oneShot" name="This once" words="calls again after it has been normal, or when the time is over" />
    </RadioGroup>
  );
}

function Mode({ mode, name, words }: { mode: ShelveMode; name: string; words: string }): ReactNode {
  return (
    <RadioField value={mode}>
      <RadioButton className={styles['mode'] ?? ''}>
        <b>{name}</b>
        <span>{words}</span>
      </RadioButton>
    </RadioField>
  );
}
