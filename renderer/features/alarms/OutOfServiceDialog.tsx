import { useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import { useCommand } from '../../client/useCommand.ts';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import styles from './ShelveDialog.module.css';

/** Takes an alarm out of service until somebody returns it. Mount it to open it. */
export function OutOfServiceDialog({ alarm: asked, onClose }: { alarm: Alarm; onClose: () => void }): ReactNode {
  const run = useCommand();
  // Keeps the alarm for which the dialog was opened, even if another one is selected meanwhile.
  const [alarm] = useState(asked);
  const draft = useDraft(draftKey('alarm.takeOutOfService', alarm.id), { reason: '' });
  const { reason } = draft.values;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if ((await run('alarm.takeOutOfService', { alarmId: alarm.id, reason: reason.trim() })) === undefined) return;
    draft.end();
    onClose();
  };
  return (
    <ModalDialog title={`Take “${alarm.title}” out of service`} width={460} onClose={onClose}>
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        <p className={styles['warning']}>
          It will not call again until a supervisor returns it to service: no time ends this.
        </p>
        <DraftInput
          label="Reason"
          draft={draft}
          name="reason"
          isRequired
          autoFocus
          maxLength={500}
          placeholder="What is wrong with the device, and who repairs it"
        />
        <footer className={styles['foot']}>
          <span />
          <CommandButton command="alarm.takeOutOfService" type="submit" tone="strong" isDisabled={reason.trim() === ''}>
            Take out of service
          </CommandButton>
        </footer>
      </form>
    </ModalDialog>
  );
}
